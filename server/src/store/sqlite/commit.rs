//! Writing a batch: one transaction with one statement per table, each fed by one JSON text.

use serde::Serialize;
use shared::Timestamp;
use sqlx::SqliteConnection;

use super::{Sqlite, integer, name};
use crate::store::{Batch, Kind, StoreError, Verdict};

/// How far behind its last command a browser's verdicts are kept: further than any queue that is sent again.
const KEPT_VERDICTS: i64 = 10_000;

const JOURNAL: &str = "
    INSERT INTO journal (seq, prev, scope, command_id, actor, at, command, changes)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value -> 6, value -> 7
    FROM json_each($1)";

const SUBJECTS: &str = "
    INSERT INTO journal_subject (subject, seq) SELECT value ->> 0, value ->> 1 FROM json_each($1)";

const DONE: &str = "
    INSERT INTO client (id, person, done, at)
    SELECT value ->> 0, value ->> 1, value ->> 2, $2 FROM json_each($1) WHERE true
    ON CONFLICT (id, person) DO UPDATE SET done = excluded.done, at = excluded.at";

const VERDICTS: &str = "
    INSERT INTO verdict (client, person, number, rejection)
    SELECT value ->> 0, value ->> 1, value ->> 2, nullif(value -> 3, 'null') FROM json_each($1) WHERE true
    ON CONFLICT DO NOTHING";

macro_rules! put {
    ($table:literal) => {
        concat!(
            "INSERT INTO ",
            $table,
            " (scope, id, seq, gone, body)
              SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value -> 4 FROM json_each($1) WHERE true
              ON CONFLICT (scope, id) DO UPDATE SET seq = excluded.seq, gone = excluded.gone, body = excluded.body
              WHERE excluded.seq > ",
            $table,
            ".seq"
        )
    };
}

fn put(kind: Kind) -> &'static str {
    match kind {
        Kind::Company => put!("company"),
        Kind::Department => put!("department"),
        Kind::Person => put!("person"),
        Kind::Project => put!("project"),
        Kind::Column => put!("board_column"),
        Kind::Task => put!("task"),
        Kind::Comment => put!("comment"),
    }
}

impl Sqlite {
    pub(in crate::store) async fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let connection = &mut *transaction;
        entries(connection, batch).await?;
        rows(connection, batch).await?;
        clients(connection, batch).await?;
        transaction.commit().await?;
        Ok(())
    }

    pub(in crate::store) async fn forget_clients(&self, before: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM client WHERE at < $1").bind(before.micros()).execute(&mut *transaction).await?;
        sqlx::query(
            "DELETE FROM verdict WHERE number <= coalesce(
               (SELECT done FROM client WHERE client.id = verdict.client AND client.person = verdict.person) - $1,
               number)",
        )
        .bind(KEPT_VERDICTS)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// The journal. Its numbers are given by the writer: a number that is taken means that another process wrote, and
/// fails the batch.
async fn entries(connection: &mut SqliteConnection, batch: &Batch) -> Result<(), StoreError> {
    if batch.entries.is_empty() {
        return Ok(());
    }
    let mut journal = Rows::new();
    let mut subjects = Rows::new();
    for entry in &batch.entries {
        let delta = &entry.delta;
        journal.row(&(
            integer(delta.seq),
            integer(delta.prev),
            name(delta.part.scope),
            delta.command,
            delta.actor,
            delta.at,
            &entry.command,
            &delta.part.changes,
        ))?;
        for subject in entry.subjects() {
            subjects.row(&(subject, integer(delta.seq)))?;
        }
    }
    sqlx::query(JOURNAL).bind(journal.text()).execute(&mut *connection).await?;
    if !subjects.is_empty() {
        sqlx::query(SUBJECTS).bind(subjects.text()).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn rows(connection: &mut SqliteConnection, batch: &Batch) -> Result<(), StoreError> {
    let kinds =
        [Kind::Company, Kind::Department, Kind::Person, Kind::Project, Kind::Column, Kind::Task, Kind::Comment];
    for kind in kinds {
        let mut things = Rows::new();
        for row in batch.rows.iter().filter(|row| row.kind == kind) {
            // The body is JSON already: it goes in as it is.
            let head = (name(row.scope), &row.id, integer(row.seq), u8::from(row.gone));
            things.row_with(&head, &row.body)?;
        }
        if !things.is_empty() {
            sqlx::query(put(kind)).bind(things.text()).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

async fn clients(connection: &mut SqliteConnection, batch: &Batch) -> Result<(), StoreError> {
    let mut done = Rows::new();
    for (key, number) in &batch.done {
        done.row(&(key.client, key.person, number))?;
    }
    if !done.is_empty() {
        sqlx::query(DONE).bind(done.text()).bind(batch.at.micros()).execute(&mut *connection).await?;
    }
    let mut verdicts = Rows::new();
    for (key, number, verdict) in &batch.verdicts {
        let rejection = match verdict {
            Verdict::Unchanged => None,
            Verdict::Refused(rejection) => Some(rejection),
        };
        verdicts.row(&(key.client, key.person, number, rejection))?;
    }
    if !verdicts.is_empty() {
        sqlx::query(VERDICTS).bind(verdicts.text()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Many rows as one JSON text, an array of arrays, for `json_each`.
struct Rows(Vec<u8>);

impl Rows {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn row(&mut self, row: &impl Serialize) -> Result<(), StoreError> {
        self.0.push(if self.is_empty() { b'[' } else { b',' });
        serde_json::to_writer(&mut self.0, row)?;
        Ok(())
    }

    /// A row whose last column is JSON already.
    fn row_with(&mut self, head: &impl Serialize, body: &str) -> Result<(), StoreError> {
        self.row(head)?;
        // The tuple's closing bracket makes room for one column more.
        self.0.pop();
        self.0.push(b',');
        self.0.extend_from_slice(body.as_bytes());
        self.0.push(b']');
        Ok(())
    }

    fn text(mut self) -> String {
        self.0.push(b']');
        String::from_utf8(self.0).unwrap_or_default()
    }
}
