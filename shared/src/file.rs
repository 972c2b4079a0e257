//! Files that were uploaded: what commands say of them. Their contents are the server's.

use serde::{Deserialize, Serialize};

use crate::id::FileId;
use crate::text::{NAME, required_line, seen};
use crate::{Field, Reason, Rejection};

/// The largest file, in bytes.
pub const LARGEST_FILE: u64 = 20 * 1024 * 1024;
/// How many files go along with one thing.
pub const MOST_FILES: usize = 20;
/// The longest name of a file, in characters: those of most systems fit.
const LONGEST_NAME: usize = NAME * 2;
/// The longest ending that is kept when a name is shortened, in characters with its dot.
const LONGEST_ENDING: usize = 16;

/// A file that goes along with something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Which.
    pub id: FileId,
    /// What it was called where it came from.
    pub name: String,
    /// Its media type, as the browser named it.
    pub media_type: String,
    /// How large it is, in bytes.
    pub size: u64,
}

/// What a file is called here: as where it came from, without what nobody sees, which could show another ending than the
/// name has. One that is too long keeps its ending.
pub fn file_name(name: &str) -> String {
    let name = seen(&name.chars().filter(|c| !c.is_control()).collect::<String>());
    let length = name.chars().count();
    if length <= LONGEST_NAME {
        return name;
    }
    let ending = name.rfind('.').map_or("", |dot| &name[dot..]);
    let ending = if ending.chars().count() > LONGEST_ENDING { "" } else { ending };
    let kept: String = name.chars().take(LONGEST_NAME - 1 - ending.chars().count()).collect();
    format!("{}…{ending}", seen(&kept))
}

/// The files of something, each with a name, none too large, and not too many.
pub fn checked_attachments(files: &[Attachment]) -> Result<Vec<Attachment>, Rejection> {
    if files.len() > MOST_FILES {
        return Err(Rejection::of(Field::Attachments, Reason::TooMany { max: MOST_FILES }));
    }
    files.iter().map(checked).collect()
}

fn checked(file: &Attachment) -> Result<Attachment, Rejection> {
    if file.size > LARGEST_FILE {
        return Err(Rejection::of(Field::Attachments, Reason::FileTooLarge { max: LARGEST_FILE }));
    }
    Ok(Attachment {
        name: required_line(Field::Attachments, &file_name(&file.name), LONGEST_NAME)?,
        media_type: required_line(Field::Attachments, &file.media_type, NAME)?,
        ..file.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_shows_the_ending_that_it_has() {
        assert_eq!(file_name("bill\u{202E}fdp.exe"), "billfdp.exe");
        assert_eq!(file_name("日志\u{7} 1.txt\u{200B}"), "日志 1.txt");
        assert_eq!(file_name("👨\u{200D}👩\u{200D}👧.png"), "👨\u{200D}👩\u{200D}👧.png");
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let long = file_name(&format!("{}.tar.gz", "报".repeat(300)));
        assert_eq!((long.chars().count(), long.ends_with("报….gz")), (LONGEST_NAME, true), "{long}");
        let dotted = file_name(&format!("a.{}", "b".repeat(300)));
        assert_eq!((dotted.chars().count(), dotted.ends_with("b…")), (LONGEST_NAME, true), "{dotted}");
    }
}
