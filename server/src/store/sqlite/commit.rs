//! Writing a batch: one transaction, sent to the connection as a whole.

use serde::Serialize;

use super::Sqlite;
use crate::store::columns::{integer, name};
use crate::store::{Batch, StoreError, Verdict};

/// The whole transaction as one text, so that it is one errand to the connection's thread: each costs more than what
/// it does. Rows come as JSON, one text per table; no text, no rows. Long columns lie in a second parameter, one
/// after the other, and a row says where: SQLite then has no need to read and write them as JSON once more. The
/// journal's numbers are given by the writer: one that is taken means that another process wrote, and fails the batch.
const COMMIT: &str = "BEGIN IMMEDIATE;
     INSERT INTO journal (seq, prev, scope, command_id, actor, at, command, changes)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
         CAST(substr($2, value ->> 6, value ->> 7) AS TEXT), CAST(substr($2, value ->> 8, value ->> 9) AS TEXT)
       FROM json_each($1);
     INSERT INTO journal_subject (subject, seq) SELECT value ->> 0, value ->> 1 FROM json_each($3);
     INSERT INTO client (id, person, done, at)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each($4) WHERE true
       ON CONFLICT (id, person) DO UPDATE SET done = excluded.done, at = excluded.at;
     INSERT INTO verdict (client, person, number, rejection)
       SELECT value ->> 0, value ->> 1, value ->> 2, nullif(value -> 3, 'null') FROM json_each($5) WHERE true
       ON CONFLICT DO NOTHING;
     INSERT INTO thing (scope, kind, id, seq, gone, body)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
         CAST(substr($7, value ->> 5, value ->> 6) AS TEXT)
       FROM json_each($6) WHERE true
       ON CONFLICT (scope, kind, id) DO UPDATE SET seq = excluded.seq, gone = excluded.gone, body = excluded.body
       WHERE excluded.seq > thing.seq;
     COMMIT";

impl Sqlite {
    pub(in crate::store) async fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        let (journal, journal_bodies, subjects) = journal(batch)?;
        let mut query = sqlx::query(COMMIT).bind(journal.text()).bind(journal_bodies.0).bind(subjects.text());
        query = query.bind(done(batch)?.text()).bind(verdicts(batch)?.text());
        let (things, bodies) = things(batch)?;
        query = query.bind(things.text()).bind(bodies.0);
        let mut connection = self.writer.acquire().await?;
        // Where it fails, or nobody waits for its end, the pool cannot tell whether the transaction is over.
        connection.close_on_drop();
        query.execute(&mut *connection).await?;
        tokio::spawn(connection.return_to_pool());
        Ok(())
    }
}

/// The journal's rows, their long columns, and the things that they touched.
fn journal(batch: &Batch) -> Result<(Rows, Bodies, Rows), StoreError> {
    let (mut rows, mut bodies, mut subjects) = (Rows::default(), Bodies::default(), Rows::default());
    for entry in &batch.entries {
        let delta = &entry.delta;
        let command = bodies.put(|bodies| serde_json::to_writer(bodies, &entry.command))?;
        let changes = bodies.put(|bodies| serde_json::to_writer(bodies, &delta.part.changes))?;
        let number = integer(delta.seq);
        rows.row(&(
            number,
            integer(delta.prev),
            name(delta.part.scope),
            delta.command,
            delta.actor,
            delta.at,
            command.0,
            command.1,
            changes.0,
            changes.1,
        ))?;
        for subject in entry.subjects() {
            subjects.row(&(subject, number))?;
        }
    }
    Ok((rows, bodies, subjects))
}

fn done(batch: &Batch) -> Result<Rows, StoreError> {
    let mut rows = Rows::default();
    for (key, number) in &batch.done {
        rows.row(&(key.client, key.person, number, batch.at))?;
    }
    Ok(rows)
}

fn verdicts(batch: &Batch) -> Result<Rows, StoreError> {
    let mut rows = Rows::default();
    for (key, number, verdict) in &batch.verdicts {
        let rejection = match verdict {
            Verdict::Unchanged => None,
            Verdict::Refused(rejection) => Some(rejection),
        };
        rows.row(&(key.client, key.person, number, rejection))?;
    }
    Ok(rows)
}

fn things(batch: &Batch) -> Result<(Rows, Bodies), StoreError> {
    let (mut rows, mut bodies) = (Rows::default(), Bodies::default());
    for row in &batch.rows {
        let (at, length) = bodies.put(|bodies| {
            bodies.extend_from_slice(row.body.as_bytes());
            Ok(())
        })?;
        rows.row(&(name(row.scope), row.kind.name, &row.id, integer(row.seq), u8::from(row.gone), at, length))?;
    }
    Ok((rows, bodies))
}

/// Long columns, one after the other.
#[derive(Default)]
struct Bodies(Vec<u8>);

impl Bodies {
    /// Adds one; answers where it lies, as SQLite counts, and how long it is.
    fn put(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), serde_json::Error>,
    ) -> Result<(usize, usize), StoreError> {
        let before = self.0.len();
        write(&mut self.0)?;
        Ok((before + 1, self.0.len() - before))
    }
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
