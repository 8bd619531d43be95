//! A private virtual environment with Synapse, matrix-nio and DuckDB, below cargo's target folder.
//!
//! Made once and shared by all tests of a run: a file lock decides who makes it, a stamp a layer says that the layer is
//! complete and of which requirements. Everything is pinned with hashes. A missing Python is an error that says what to
//! install, never a reason to skip a test.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

/// A real homeserver. Its layer is the first in every environment.
const SYNAPSE: Layer =
    Layer { name: "Synapse", requirements: include_str!("../lab/requirements-synapse.txt"), stamp: "synapse.txt" };
/// An independent client.
const NIO: Layer =
    Layer { name: "matrix-nio", requirements: include_str!("../lab/requirements-nio.txt"), stamp: "nio.txt" };
/// An engine that understands SQL.
const DUCKDB: Layer =
    Layer { name: "DuckDB", requirements: include_str!("../lab/requirements-duckdb.txt"), stamp: "duckdb.txt" };
/// The lab's scripts, written beside the environment so that a moved binary still finds them.
const SCRIPTS: &[(&str, &str)] = &[
    ("serve.py", include_str!("../lab/serve.py")),
    ("quicken.py", include_str!("../lab/quicken.py")),
    ("count_poll.py", include_str!("../lab/count_poll.py")),
    ("member.py", include_str!("../lab/member.py")),
    ("logger.py", include_str!("../lab/logger.py")),
    ("twin.py", include_str!("../lab/twin.py")),
];
/// The oldest Python that Synapse runs on.
const OLDEST: (u32, u32) = (3, 10);
const INSTALL_LIMIT: Duration = Duration::from_secs(900);

/// Packages that are installed together.
#[derive(Debug)]
struct Layer {
    /// What they are for.
    name: &'static str,
    /// As pip reads them.
    requirements: &'static str,
    /// The file in the environment that says that they are there, by repeating the requirements.
    stamp: &'static str,
}

/// How far the installation is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, as a phrase for a person.
    pub phase: String,
    /// How many of `total` packages are there.
    pub done: u64,
    /// How many packages there are to get, 0 in a phase that has no count.
    pub total: u64,
}

/// A complete environment.
#[derive(Debug, Clone)]
pub struct Python {
    root: PathBuf,
    scripts: PathBuf,
}

impl Python {
    /// The environment of this build with Synapse and matrix-nio, made when it is missing, out of date or half made; one
    /// line per phase goes to standard error.
    ///
    /// # Errors
    /// When Python or its `venv` module is missing, or the packages cannot be installed.
    pub async fn ready() -> Result<Self> {
        Self::with_layers(&[SYNAPSE, NIO], told()).await
    }

    /// As [`Python::ready`], with DuckDB in place of matrix-nio.
    ///
    /// # Errors
    /// As [`Python::ready`].
    pub async fn with_duckdb() -> Result<Self> {
        Self::with_layers(&[SYNAPSE, DUCKDB], told()).await
    }

    /// As [`Python::ready`], with Synapse alone, telling `report` how far it is.
    ///
    /// # Errors
    /// As [`Python::ready`].
    pub async fn with_synapse(report: impl FnMut(&Progress)) -> Result<Self> {
        Self::with_layers(&[SYNAPSE], report).await
    }

    async fn with_layers(layers: &[Layer], mut report: impl FnMut(&Progress)) -> Result<Self> {
        let lab = target_folder()?.join("hearth-lab");
        fs::create_dir_all(&lab).with_context(|| format!("cannot make the folder {}", lab.display()))?;
        let python = Self { root: lab.join("python"), scripts: lab.join("scripts") };
        let _lock = lock(&lab.join("python.lock"), &mut report).await?;
        python.write_scripts()?;
        if !python.has(&SYNAPSE) {
            python.make(&mut report).await?;
        }
        for layer in layers.iter().filter(|layer| !python.has(layer)) {
            python.install(layer, &mut report).await?;
        }
        Ok(python)
    }

    /// The interpreter.
    #[must_use]
    pub fn interpreter(&self) -> PathBuf {
        self.root.join("bin/python")
    }

    /// A command that runs one of the lab's scripts, with unbuffered output and nothing of the user's Python settings.
    #[must_use]
    pub fn script(&self, name: &str) -> Command {
        let mut command = Command::new(self.interpreter());
        command.arg("-u").arg(self.scripts.join(name)).env("PYTHONNOUSERSITE", "1").env_remove("PYTHONPATH");
        command
    }

    /// A command that runs a module of an installed package.
    #[must_use]
    pub fn module(&self, name: &str) -> Command {
        let mut command = Command::new(self.interpreter());
        command.arg("-m").arg(name).env("PYTHONNOUSERSITE", "1").env_remove("PYTHONPATH");
        command
    }

    fn write_scripts(&self) -> Result<()> {
        fs::create_dir_all(&self.scripts)?;
        for (name, text) in SCRIPTS {
            let path = self.scripts.join(name);
            if fs::read_to_string(&path).is_ok_and(|there| there == *text) {
                continue;
            }
            // Renamed into place: a test that already runs may be starting this very script.
            let fresh = self.scripts.join(format!("{name}.{}", std::process::id()));
            fs::write(&fresh, text)?;
            fs::rename(&fresh, &path)?;
        }
        Ok(())
    }

    fn has(&self, layer: &Layer) -> bool {
        let stamp = fs::read_to_string(self.root.join(layer.stamp));
        self.interpreter().exists() && stamp.is_ok_and(|stamp| stamp == layer.requirements)
    }

    /// Makes an environment with nothing in it.
    async fn make(&self, report: &mut impl FnMut(&Progress)) -> Result<()> {
        report(&Progress { phase: "making a private Python environment".into(), done: 0, total: 0 });
        let system = find_python().await?;
        if self.root.exists() {
            fs::remove_dir_all(&self.root).context("cannot remove an incomplete Python environment")?;
        }
        let mut venv = Command::new(&system);
        venv.args(["-m", "venv"]).arg(&self.root);
        run(venv, |_| {}).await.context("Python could not make a virtual environment")
    }

    async fn install(&self, layer: &Layer, report: &mut impl FnMut(&Progress)) -> Result<()> {
        let name = layer.name;
        let total = layer.requirements.lines().filter(|line| line.contains("==")).count() as u64;
        let installing = |done| Progress { phase: format!("installing {name} (half a minute, once)"), done, total };
        report(&installing(0));
        let list = self.root.join("requirements.txt");
        fs::write(&list, layer.requirements)?;
        let mut pip = self.module("pip");
        pip.args(["install", "--no-input", "--disable-pip-version-check", "--no-deps", "--require-hashes"]);
        // What is never imported need not be compiled, and what comes as source is built with what is there already.
        pip.args(["--no-compile", "--no-build-isolation", "-r"]).arg(&list);
        let mut done = 0;
        run(pip, |line| {
            if line.trim_start().starts_with("Collecting ") {
                done += 1;
                report(&installing(done));
            } else if line.starts_with("Installing collected") {
                report(&Progress { phase: format!("unpacking {name}"), done: total, total });
            }
        })
        .await
        .with_context(|| format!("pip could not install {name} for the lab; it needs the package index, once"))?;
        fs::write(self.root.join(layer.stamp), layer.requirements)?;
        report(&Progress { phase: format!("{name} is installed"), done: total, total });
        Ok(())
    }
}

/// Tells each phase once, on standard error: a reader of a test log should see why the first test takes so long.
fn told() -> impl FnMut(&Progress) {
    let mut last = String::new();
    move |progress| {
        if progress.phase != last {
            let _ = writeln!(std::io::stderr(), "lab: {}", progress.phase);
            last.clone_from(&progress.phase);
        }
    }
}

/// Cargo's target folder of this build: the nearest folder above the running binary that cargo has marked as its own.
pub(crate) fn target_folder() -> Result<PathBuf> {
    let binary = std::env::current_exe().context("cannot tell where this program lies")?;
    if let Some(marked) = binary.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists()) {
        return Ok(marked.to_owned());
    }
    if let Some(named) = std::env::var_os("CARGO_TARGET_DIR") {
        return Ok(PathBuf::from(named));
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    Ok(workspace.join("target"))
}

/// Waits until no other process installs. The lock ends with the file, so with this process at the latest.
async fn lock(path: &Path, report: &mut impl FnMut(&Progress)) -> Result<File> {
    let file = File::create(path).with_context(|| format!("cannot open {}", path.display()))?;
    if file.try_lock().is_ok() {
        return Ok(file);
    }
    let phase = "waiting for another test to finish the Python environment".into();
    report(&Progress { phase, done: 0, total: 0 });
    tokio::task::spawn_blocking(move || file.lock().map(|()| file))
        .await
        .context("the wait for the lock was cut short")?
        .with_context(|| format!("cannot lock {}", path.display()))
}

/// The first Python on the path that is new enough and can make virtual environments.
async fn find_python() -> Result<PathBuf> {
    let (major, minor) = OLDEST;
    let probe = format!("import sys; assert sys.version_info >= ({major}, {minor}); import venv, ensurepip");
    let mut found = false;
    for name in ["python3", "python3.13", "python3.12", "python3.11", "python3.10"] {
        let answer = Command::new(name).args(["-c", &probe]).stdin(Stdio::null()).output().await;
        match answer {
            Ok(output) if output.status.success() => return Ok(PathBuf::from(name)),
            Ok(_) => found = true,
            Err(_) => {}
        }
    }
    if found {
        bail!(
            "the Python on this machine is older than {major}.{minor} or lacks its `venv` module; \
             install it (Debian and Ubuntu: `apt-get install python3-venv`) and try again"
        );
    }
    bail!(
        "Python is needed for the homeserver of the lab and was not found; install Python {major}.{minor} or newer \
         (Debian and Ubuntu: `apt-get install python3 python3-venv`) and try again"
    )
}

/// Runs a command to its end, line by line; its last words are the error when it fails.
async fn run(mut command: Command, mut line: impl FnMut(&str)) -> Result<()> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("the program could not be started")?;
    let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) else {
        bail!("the program has no output");
    };
    let complaints = tokio::spawn(async move {
        let mut lines = BufReader::new(err).lines();
        let mut last = Vec::new();
        while let Ok(Some(text)) = lines.next_line().await {
            last.push(text);
            if last.len() > 12 {
                last.remove(0);
            }
        }
        last.join("\n")
    });
    let work = async {
        let mut lines = BufReader::new(out).lines();
        while let Some(text) = lines.next_line().await? {
            line(&text);
        }
        child.wait().await
    };
    let status = tokio::time::timeout(INSTALL_LIMIT, work)
        .await
        .with_context(|| format!("gave up after {} seconds", INSTALL_LIMIT.as_secs()))??;
    if !status.success() {
        bail!("{status}: {}", complaints.await.unwrap_or_default());
    }
    Ok(())
}
