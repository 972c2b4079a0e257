//! What the store keeps of uploaded files.

use shared::Timestamp;
use shared::command::Actor;
use shared::file::Attachment;
use shared::id::FileId;

use super::{Store, StoreError};

impl Store {
    /// Keeps a file; `false` if one of this id is there.
    pub async fn put_file(
        &self,
        file: &Attachment,
        (person, at): (Actor, Timestamp),
        contents: &[u8],
    ) -> Result<bool, StoreError> {
        ask!(self, engine => engine.put_file(file, (person, at), contents).await)
    }

    /// Deletes the files that were uploaded before a time and never went along with anything; how many.
    pub async fn sweep_files(&self, before: Timestamp) -> Result<u64, StoreError> {
        ask!(self, engine => engine.sweep_files(before).await)
    }

    /// What a file is called, and how large it is.
    pub async fn file(&self, id: FileId) -> Result<Option<Attachment>, StoreError> {
        ask!(self, engine => engine.file(id).await)
    }

    /// One of the pieces that a file is kept in, counted from 0; `None` after the last one.
    pub async fn file_part(&self, id: FileId, nth: i64) -> Result<Option<Vec<u8>>, StoreError> {
        ask!(self, engine => engine.file_part(id, nth).await)
    }
}
