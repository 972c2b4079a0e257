//! Writing a batch: one transaction, sent to the connection as a whole.

use serde::Serialize;
use shared::Timestamp;

use super::{Sqlite, integer, name};
use crate::store::{Batch, Kind, StoreError, Verdict};

/// How far behind its last command a browser's verdicts are kept: further than any queue that is sent again.
const KEPT_VERDICTS: i64 = 10_000;

macro_rules! put {
    ($table:literal, $rows:literal) => {
        concat!(
            "INSERT INTO ",
            $table,
            " (scope, id, seq, gone, body)
              SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value -> 4 FROM json_each(",
            $rows,
            ") WHERE true
              ON CONFLICT (scope, id) DO UPDATE SET seq = excluded.seq, gone = excluded.gone, body = excluded.body
              WHERE excluded.seq > ",
            $table,
            ".seq;"
        )
    };
}

/// The whole transaction as one text, so that it is one errand to the connection's thread: each costs more than what
/// it does. Rows come as JSON, one text per table; no text, no rows. The journal's numbers are given by the writer:
/// one that is taken means that another process wrote, and fails the batch.
const COMMIT: &str = concat!(
    "BEGIN IMMEDIATE;
     INSERT INTO journal (seq, prev, scope, command_id, actor, at, command, changes)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value -> 6, value -> 7
       FROM json_each($1);
     INSERT INTO journal_subject (subject, seq) SELECT value ->> 0, value ->> 1 FROM json_each($2);
     INSERT INTO client (id, person, done, at)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each($3) WHERE true
       ON CONFLICT (id, person) DO UPDATE SET done = excluded.done, at = excluded.at;
     INSERT INTO verdict (client, person, number, rejection)
       SELECT value ->> 0, value ->> 1, value ->> 2, nullif(value -> 3, 'null') FROM json_each($4) WHERE true
       ON CONFLICT DO NOTHING;",
    put!("company", "$5"),
    put!("department", "$6"),
    put!("person", "$7"),
    put!("project", "$8"),
    put!("board_column", "$9"),
    put!("task", "$10"),
    put!("comment", "$11"),
    "COMMIT"
);

/// The order in which [`COMMIT`] takes the kinds.
const KINDS: [Kind; 7] =
    [Kind::Company, Kind::Department, Kind::Person, Kind::Project, Kind::Column, Kind::Task, Kind::Comment];

impl Sqlite {
    pub(in crate::store) async fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        let mut query = sqlx::query(COMMIT);
        for rows in written(batch)? {
            query = query.bind(rows.text());
        }
        let mut connection = self.writer.acquire().await?;
        if let Err(error) = query.execute(&mut *connection).await {
            // Where it failed before it began, there is nothing to roll back; that error says nothing then.
            let _ = sqlx::query("ROLLBACK").execute(&mut *connection).await;
            return Err(error.into());
        }
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

/// The rows in the order in which [`COMMIT`] takes them.
fn written(batch: &Batch) -> Result<Vec<Rows>, StoreError> {
    let mut journal = Rows::default();
    let mut subjects = Rows::default();
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
    let mut done = Rows::default();
    for (key, number) in &batch.done {
        done.row(&(key.client, key.person, number, batch.at))?;
    }
    let mut verdicts = Rows::default();
    for (key, number, verdict) in &batch.verdicts {
        let rejection = match verdict {
            Verdict::Unchanged => None,
            Verdict::Refused(rejection) => Some(rejection),
        };
        verdicts.row(&(key.client, key.person, number, rejection))?;
    }
    let mut all = vec![journal, subjects, done, verdicts];
    for kind in KINDS {
        let mut things = Rows::default();
        for row in batch.rows.iter().filter(|row| row.kind == kind) {
            let head = (name(row.scope), &row.id, integer(row.seq), u8::from(row.gone));
            things.row_with(&head, &row.body)?;
        }
        all.push(things);
    }
    Ok(all)
}

/// Many rows as one JSON text, an array of arrays, for `json_each`.
#[derive(Default)]
struct Rows(Vec<u8>);

impl Rows {
    fn row(&mut self, row: &impl Serialize) -> Result<(), StoreError> {
        self.0.push(if self.0.is_empty() { b'[' } else { b',' });
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

    /// The text; none if there are no rows.
    fn text(mut self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        self.0.push(b']');
        // What serde_json wrote is UTF-8; were it not, SQLite would refuse it as JSON.
        Some(String::from_utf8(self.0).unwrap_or_default())
    }
}
