//! Files and folders that only whoever runs Hearth may read. A file is never half there.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

/// Writes a file that nobody else may read (mode 0600, whatever the umask). It is written beside its place and moved there, so that a program
/// that is killed meanwhile leaves the old file, or none. Whoever calls it is the only one who writes there
/// ([`crate::lock`]).
///
/// # Errors
/// What the system says.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // What an earlier run left may have been readable.
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = options.open(&new)?;
    close(&file)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)
}

/// Takes an open file from everybody else (mode 0600).
///
/// # Errors
/// What the system says.
pub fn close(file: &fs::File) -> io::Result<()> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// Makes a folder that nobody else may look into (mode 0700, whatever the umask), and those that it lies in, as far as
/// they are not there. What is there stays as it is.
///
/// # Errors
/// What the system says.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match (builder.create(path), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            folder(parent)?;
            builder.create(path)?;
        }
        (Err(error), _) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => return Ok(()),
        (made, _) => made?,
    }
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_and_private_whatever_an_earlier_run_left() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.key");
        fs::write(dir.path().join("a.new"), "half").unwrap();
        for text in ["first", "second"] {
            write(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_is_private_with_those_made_for_it_and_what_was_there_stays() {
        let mode =
            |path: &Path| std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o777;
        let dir = tempfile::tempdir().unwrap();
        let open = dir.path().join("open");
        fs::create_dir(&open).unwrap();
        fs::set_permissions(&open, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        for _ in 0..2 {
            folder(&open.join("a/b")).unwrap();
            folder(&open).unwrap();
        }
        assert_eq!([&open, &open.join("a"), &open.join("a/b")].map(|path| mode(path)), [0o755, 0o700, 0o700]);
        fs::write(open.join("file"), "").unwrap();
        assert!(folder(&open.join("file")).is_err() && folder(&open.join("file/below")).is_err());
    }
}
