//! Files that were uploaded: what commands say of them. Their contents are the server's.

use serde::{Deserialize, Serialize};

use crate::id::FileId;
use crate::text::{NAME, required_line};
use crate::{Field, Reason, Rejection};

/// The largest file, in bytes.
pub const LARGEST_FILE: u64 = 20 * 1024 * 1024;
/// How many files go along with one thing.
pub const MOST_FILES: usize = 20;

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
        name: required_line(Field::Attachments, &file.name, NAME * 2)?,
        media_type: required_line(Field::Attachments, &file.media_type, NAME)?,
        ..file.clone()
    })
}
