//! A report becomes a page, pictures, and words for a room.
//!
//! Takes no network, no system font, no browser and no clock: the same report gives the same bytes everywhere.
//!
//! Every number in it was released before ([`hearth_shared::release`]); `values` says it in words, `claims` says what may
//! be said of a change. The way of a picture: a [`Figure`](hearth_shared::report::Figure) of the report → a scene of marks (`charts`, pure) → SVG or PNG (`paint`, plotters).
//! All words come from `locales/`, where a measure or a picture is known by its id. In code, ids are the constants of
//! [`hearth_shared::report`]; `questions` says which question each of them answers.

mod avatar;
mod charts;
mod claims;
mod experiment;
mod index;
mod l10n;
mod lookup;
mod members;
mod page;
mod paint;
mod pictures;
mod place;
mod questions;
mod room;
mod scales;
mod scene;
mod sentences;
mod text;
mod theme;
mod values;
mod words;

#[cfg(test)]
mod tests;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use hearth_shared::report::Report;

pub use avatar::avatar;
use charts::Size;
pub use index::{Index, write_index};
pub use members::{Upcoming, members_summary};
use page::Neighbours;
pub use paint::PaintError;
pub use room::{RoomPicture, Summary, room_summary};
use theme::Theme;
use words::Words;

/// The report could not be rendered or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A picture could not be painted.
    #[error(transparent)]
    Paint(#[from] PaintError),
    /// A file could not be written.
    #[error("could not write {}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// What [`write`] wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The page, `index.html`.
    pub page: PathBuf,
    /// The pictures, in the order of the page.
    pub pictures: Vec<WrittenPicture>,
}

/// One picture's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPicture {
    /// The figure's id.
    pub id: String,
    /// What it shows, in words.
    pub alt: String,
    /// `<id>.svg`.
    pub svg: PathBuf,
    /// `<id>.png`, two pixels for one.
    pub png: PathBuf,
}

/// Writes the report's page and pictures in `language` into `dir`, which is made where it is missing.
///
/// Pictures that cannot be drawn (too few people, nothing known) have no file; the page says why. Where reports of the
/// month before and the year before lie beside `dir`, the page links to them.
///
/// # Errors
///
/// Where a picture cannot be painted or a file cannot be written.
pub fn write(report: &Report, language: &str, dir: &Path) -> Result<Written, Error> {
    let words = Words::of(language);
    fs::create_dir_all(dir).map_err(|source| Error::Write { path: dir.to_owned(), source })?;
    let save = |name: String, bytes: &[u8]| {
        let path = dir.join(name);
        match fs::write(&path, bytes) {
            Ok(()) => Ok(path),
            Err(source) => Err(Error::Write { path, source }),
        }
    };
    let page = save("index.html".to_owned(), page::page(report, &Neighbours::beside(report, dir), &words)?.as_bytes())?;
    let (mut written, all) = (Vec::new(), pictures::pictures(report, &words));
    for (file, png) in room::files(&all, &words)? {
        save(file.to_owned(), &png)?;
    }
    for picture in all.into_iter().filter(|picture| is_file_name(&picture.id)) {
        let svg = picture.svg(&words, Theme::Light, Size::Wide)?;
        let png = picture.png(&words, Theme::Light, Size::Wide)?;
        if let (Some(svg), Some(png)) = (svg, png) {
            let svg = save(format!("{}.svg", picture.id), svg.as_bytes())?;
            let png = save(format!("{}.png", picture.id), &png)?;
            written.push(WrittenPicture { id: picture.id, alt: picture.says, svg, png });
        }
    }
    Ok(Written { page, pictures: written })
}

/// The report's page in `language`, which needs nothing beside itself.
///
/// # Errors
///
/// Where a picture cannot be painted.
pub fn page(report: &Report, language: &str) -> Result<String, Error> {
    Ok(page::page(report, &Neighbours::default(), &Words::of(language))?)
}

/// Ids come with the report: only what is a plain name becomes a file's name.
fn is_file_name(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-')
}
