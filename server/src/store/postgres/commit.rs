//! Writing a batch: the turn is taken by a lock on the journal's head, and one statement writes all of it.

use shared::Timestamp;
use shared::sync::Seq;
use sqlx::Transaction;

use super::{Postgres, WRITE, parsed};
use crate::clock::{compare, machine};
use crate::store::columns::{integer, name, seq};
use crate::store::{Batch, Head, StoreError, Verdict};

/// The turn to write: nobody else's batch is decided or written until it ends.
pub(in crate::store) struct PgTurn(pub(super) Transaction<'static, sqlx::Postgres>);

/// All of a batch, in one errand to the server.
const COMMIT: &str = "WITH head AS (UPDATE journal_head SET last = greatest(last, $1), turns = turns + 1),
     row AS (
       INSERT INTO journal (seq, prev, scope, command_id, actor, at, command, changes)
       SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[],
         $9::text[])),
     subject AS (INSERT INTO journal_subject (subject, seq) SELECT * FROM unnest($10::text[], $11::bigint[])),
     queue AS (
       INSERT INTO client (id, person, done, at)
       SELECT id, person, done, $12 FROM unnest($13::text[], $14::text[], $15::bigint[]) AS given (id, person, done)
       ON CONFLICT (id, person) DO UPDATE SET done = excluded.done, at = excluded.at),
     told AS (
       INSERT INTO verdict (client, person, number, rejection)
       SELECT * FROM unnest($16::text[], $17::text[], $18::bigint[], $19::text[]) ON CONFLICT DO NOTHING)
     INSERT INTO thing AS old (scope, kind, id, seq, gone, body)
     SELECT * FROM unnest($20::text[], $21::text[], $22::text[], $23::bigint[], $24::integer[], $25::text[])
     ON CONFLICT (scope, kind, id) DO UPDATE SET seq = excluded.seq, gone = excluded.gone, body = excluded.body
       WHERE excluded.seq > old.seq";

impl Postgres {
    /// Where the journal ends, as of now.
    pub(in crate::store) async fn head(&self) -> Result<Head, StoreError> {
        let begun = machine();
        let query = concat!("SELECT epoch, last, turns, ", now!(), " FROM journal_head");
        head(begun, sqlx::query_as(query).fetch_one(&self.readers).await?)
    }

    /// Waits for the turn to write.
    pub(in crate::store) async fn turn(&self) -> Result<(PgTurn, Head), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        let begun = machine();
        // The clock is read once the lock is held.
        let query = concat!(
            "WITH head AS MATERIALIZED (SELECT epoch, last, turns FROM journal_head FOR UPDATE)
             SELECT epoch, last, turns, ",
            now!(),
            " FROM head"
        );
        let row = sqlx::query_as(query).fetch_one(&mut *transaction).await?;
        Ok((PgTurn(transaction), head(begun, row)?))
    }
}

impl PgTurn {
    pub(in crate::store) async fn commit(mut self, batch: &Batch) -> Result<(), StoreError> {
        let last = batch.entries.last().map_or(Seq(0), |entry| entry.delta.seq);
        let (mut commands, mut changes) = (Vec::new(), Vec::new());
        for entry in &batch.entries {
            commands.push(serde_json::to_string(&entry.command)?);
            changes.push(serde_json::to_string(&entry.delta.part.changes)?);
        }
        let (mut subjects, mut touched_by) = (Vec::new(), Vec::new());
        for entry in &batch.entries {
            for subject in entry.subjects() {
                subjects.push(subject.to_string());
                touched_by.push(integer(entry.delta.seq));
            }
        }
        let told = batch.verdicts.iter().map(|(_, _, verdict)| rejection(verdict)).collect::<Result<Vec<_>, _>>()?;
        let deltas = || batch.entries.iter().map(|entry| &entry.delta);
        sqlx::query(COMMIT)
            .bind(integer(last))
            .bind(deltas().map(|delta| integer(delta.seq)).collect::<Vec<_>>())
            .bind(deltas().map(|delta| integer(delta.prev)).collect::<Vec<_>>())
            .bind(deltas().map(|delta| name(delta.part.scope)).collect::<Vec<_>>())
            .bind(deltas().map(|delta| delta.command.to_string()).collect::<Vec<_>>())
            .bind(deltas().map(|delta| delta.actor.to_string()).collect::<Vec<_>>())
            .bind(deltas().map(|delta| delta.at.micros()).collect::<Vec<_>>())
            .bind(commands)
            .bind(changes)
            .bind(subjects)
            .bind(touched_by)
            .bind(batch.at.micros())
            .bind(batch.done.iter().map(|(key, _)| key.client.to_string()).collect::<Vec<_>>())
            .bind(batch.done.iter().map(|(key, _)| key.person.to_string()).collect::<Vec<_>>())
            .bind(batch.done.iter().map(|(_, number)| integer(Seq(*number))).collect::<Vec<_>>())
            .bind(batch.verdicts.iter().map(|(key, ..)| key.client.to_string()).collect::<Vec<_>>())
            .bind(batch.verdicts.iter().map(|(key, ..)| key.person.to_string()).collect::<Vec<_>>())
            .bind(batch.verdicts.iter().map(|(_, number, _)| integer(Seq(*number))).collect::<Vec<_>>())
            .bind(told)
            .bind(batch.rows.iter().map(|row| name(row.scope)).collect::<Vec<_>>())
            .bind(batch.rows.iter().map(|row| row.kind.name).collect::<Vec<_>>())
            .bind(batch.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>())
            .bind(batch.rows.iter().map(|row| integer(row.seq)).collect::<Vec<_>>())
            .bind(batch.rows.iter().map(|row| i32::from(row.gone)).collect::<Vec<_>>())
            .bind(batch.rows.iter().map(|row| row.body.as_str()).collect::<Vec<_>>())
            .execute(&mut *self.0)
            .await?;
        Ok(self.0.commit().await?)
    }
}

/// What the head is read as: epoch, last, turns, and the database's time.
type HeadRow = (String, i64, i64, i64);

/// The head, read since `begun`; each look compares the clocks.
fn head(begun: Timestamp, (epoch, last, turns, now): HeadRow) -> Result<Head, StoreError> {
    compare(begun, Timestamp::from_micros(now), machine());
    Ok(Head { epoch: parsed("epoch", &epoch)?, last: seq(last), turns: u64::try_from(turns).unwrap_or_default() })
}

fn rejection(verdict: &Verdict) -> Result<Option<String>, serde_json::Error> {
    match verdict {
        Verdict::Unchanged => Ok(None),
        Verdict::Refused(rejection) => serde_json::to_string(rejection).map(Some),
    }
}
