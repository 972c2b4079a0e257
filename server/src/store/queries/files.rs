//! Uploaded files.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use std::collections::BTreeSet;

use futures_util::TryStreamExt as _;
use shared::Timestamp;
use shared::command::Actor;
use shared::file::Attachment;
use shared::id::FileId;

use super::{Engine, MOMENT, WRITE};
use crate::store::StoreError;

/// How large a piece is, in bytes.
const CHUNK: usize = 256 * 1024;

impl Engine {
    pub(in crate::store) async fn put_file(
        &self,
        file: &Attachment,
        (person, at): (Actor, Timestamp),
        contents: &[u8],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        let new = sqlx::query(
            "INSERT INTO file (id, name, media_type, size, person, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT DO NOTHING",
        )
        .bind(file.id.to_string())
        .bind(&file.name)
        .bind(&file.media_type)
        .bind(i64::try_from(file.size).unwrap_or(i64::MAX))
        .bind(person.to_string())
        .bind(at.micros())
        .execute(&mut *transaction)
        .await?;
        if new.rows_affected() == 0 {
            return Ok(false);
        }
        for (nth, chunk) in contents.chunks(CHUNK).enumerate() {
            sqlx::query("INSERT INTO file_chunk (file, nth, bytes) VALUES ($1, $2, $3)")
                .bind(file.id.to_string())
                .bind(i64::try_from(nth).unwrap_or(i64::MAX))
                .bind(chunk)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    pub(in crate::store) async fn file(&self, id: FileId) -> Result<Option<Attachment>, StoreError> {
        let row: Option<(String, String, i64)> =
            sqlx::query_as("SELECT name, media_type, size FROM file WHERE id = $1")
                .bind(id.to_string())
                .fetch_optional(&self.readers)
                .await?;
        Ok(row.map(|(name, media_type, size)| {
            let size = u64::try_from(size).unwrap_or_default();
            Attachment { id, name, media_type, size }
        }))
    }

    pub(in crate::store) async fn file_part(&self, id: FileId, nth: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let part = sqlx::query_scalar("SELECT bytes FROM file_chunk WHERE file = $1 AND nth = $2")
            .bind(id.to_string())
            .bind(nth)
            .fetch_optional(&self.readers)
            .await?;
        Ok(part)
    }

    pub(in crate::store) async fn sweep_files(&self, before: Timestamp) -> Result<u64, StoreError> {
        let left_out = self.left_out(before).await?;
        for id in &left_out {
            // One by one: nobody waits long for their turn to write.
            let mut transaction = self.writer.begin_with(WRITE).await?;
            for delete in ["DELETE FROM file_chunk WHERE file = $1", "DELETE FROM file WHERE id = $1"] {
                sqlx::query(delete).bind(id).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
        }
        Ok(left_out.len() as u64)
    }

    /// The files of before a time that no thing names, be it there or gone.
    async fn left_out(&self, before: Timestamp) -> Result<BTreeSet<String>, StoreError> {
        let mut moment = self.readers.begin_with(MOMENT).await?;
        let old: Vec<String> = sqlx::query_scalar("SELECT id FROM file WHERE at < $1")
            .bind(before.micros())
            .fetch_all(&mut *moment)
            .await?;
        let mut left_out = BTreeSet::from_iter(old);
        if left_out.is_empty() {
            return Ok(left_out);
        }
        // Whatever has files names their media types; a new kind of thing needs no line here.
        let mut bodies = sqlx::query_scalar::<_, String>("SELECT body FROM thing WHERE body LIKE '%\"media_type\"%'")
            .fetch(&mut *moment);
        while let Some(body) = bodies.try_next().await? {
            for text in body.split('"') {
                left_out.remove(text);
            }
        }
        drop(bodies);
        Ok(left_out)
    }
}
