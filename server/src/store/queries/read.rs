//! Reading: scopes as they stand, the journal, and what browsers have done.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::TryStreamExt as _;
use shared::id::CommandId;
use shared::state::{Part, Things};
use shared::sync::{Cursor, Delta, Seq};
use shared::{Scope, Timestamp};
use uuid::Uuid;

use super::{Connection, Engine, MOMENT, WRITE};
use crate::store::columns::{JournalRow, delta, integer, json, name, parsed, scope, seq};
use crate::store::{Backlog, ClientKey, Known, Loaded, StoreError, Verdict};

/// How far behind its last command a browser's verdicts are kept: further than any queue that is sent again.
const KEPT_VERDICTS: i64 = 10_000;

impl Engine {
    pub(in crate::store) async fn last(&self) -> Result<Seq, StoreError> {
        last(&mut *self.readers.acquire().await?).await
    }

    pub(in crate::store) async fn journal_since(&self, after: Seq, limit: u32) -> Result<Vec<Arc<Delta>>, StoreError> {
        let rows: Vec<JournalRow> = sqlx::query_as(
            "SELECT scope, seq, prev, command_id, actor, at, changes FROM journal
             WHERE seq > $1 ORDER BY seq LIMIT $2",
        )
        .bind(integer(after))
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(|row| delta(row).map(Arc::new)).collect()
    }

    pub(in crate::store) async fn load(&self, scope: Scope) -> Result<Loaded, StoreError> {
        // One transaction: all its reads see the same moment.
        let mut moment = self.readers.begin_with(MOMENT).await?;
        load(&mut moment, scope).await
    }

    pub(in crate::store) async fn load_light(&self) -> Result<(Seq, Vec<(Scope, Loaded)>), StoreError> {
        let mut moment = self.readers.begin_with(MOMENT).await?;
        let mut scopes = Vec::new();
        for (begins, many) in Scope::light_names() {
            if many {
                scopes.extend(all_of(&mut moment, begins).await?);
            } else {
                let scope = scope(begins)?;
                scopes.push((scope, load(&mut moment, scope).await?));
            }
        }
        Ok((last(&mut moment).await?, scopes))
    }

    pub(in crate::store) async fn journal_after(
        &self,
        scope: Scope,
        (after, upto): (Seq, Seq),
        limit: u32,
    ) -> Result<Vec<Arc<Delta>>, StoreError> {
        let rows: Vec<JournalRow> = sqlx::query_as(
            "SELECT scope, seq, prev, command_id, actor, at, changes FROM journal
             WHERE scope = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4",
        )
        .bind(name(scope))
        .bind(integer(after))
        .bind(integer(upto))
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(|row| delta(row).map(Arc::new)).collect()
    }

    pub(in crate::store) async fn backlog(
        &self,
        scope: Scope,
        after: Seq,
        limit: u32,
    ) -> Result<Option<Backlog>, StoreError> {
        let (emptied, rows, bytes): (i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT coalesce(max(seq), 0) FROM snapshot WHERE scope = $1), count(*), coalesce(sum(bytes), 0)
             FROM (SELECT octet_length(changes) AS bytes FROM journal
              WHERE scope = $1 AND seq > $2 ORDER BY seq LIMIT $3) AS rows",
        )
        .bind(name(scope))
        .bind(integer(after))
        .bind(i64::from(limit))
        .fetch_one(&self.readers)
        .await?;
        let (rows, bytes) = (u32::try_from(rows).unwrap_or(u32::MAX), u64::try_from(bytes).unwrap_or_default());
        Ok((seq(emptied) <= after).then_some(Backlog { rows, bytes }))
    }

    pub(in crate::store) async fn activity(
        &self,
        scope: Scope,
        subject: Uuid,
        before: Option<Seq>,
        limit: u32,
    ) -> Result<Vec<Arc<Delta>>, StoreError> {
        // The scope is asked for too: ids are made by callers, and another board may know the same one.
        let rows: Vec<JournalRow> = sqlx::query_as(
            "SELECT j.scope, j.seq, j.prev, j.command_id, j.actor, j.at, j.changes
             FROM journal_subject s JOIN journal j ON j.seq = s.seq
             WHERE s.subject = $1 AND s.seq < $2 AND j.scope = $3 ORDER BY s.seq DESC LIMIT $4",
        )
        .bind(subject.to_string())
        .bind(before.map_or(i64::MAX, integer))
        .bind(name(scope))
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(|row| delta(row).map(Arc::new)).collect()
    }

    pub(in crate::store) async fn find(&self, commands: &[CommandId]) -> Result<Vec<Known>, StoreError> {
        let ids: Vec<_> = commands.iter().map(|id| [id]).collect();
        let rows: Vec<(String, String, String, i64)> = sqlx::query_as(concat!(
            "SELECT command_id, actor, scope, seq FROM journal WHERE ",
            among!("command_id", "$1"),
            " ORDER BY seq"
        ))
        .bind(serde_json::to_string(&ids)?)
        .fetch_all(&self.readers)
        .await?;
        let known = |(command, actor, at, number): (String, String, String, i64)| {
            Ok(Known {
                command: parsed("a command's id", &command)?,
                actor: parsed("an actor", &actor)?,
                row: Cursor { scope: scope(&at)?, upto: seq(number) },
            })
        };
        rows.into_iter().map(known).collect()
    }

    pub(in crate::store) async fn done(&self, clients: &[ClientKey]) -> Result<Vec<(ClientKey, u64)>, StoreError> {
        let keys: Vec<_> = clients.iter().map(|key| (key.client, key.person)).collect();
        let rows: Vec<(String, String, i64)> = sqlx::query_as(concat!(
            "SELECT client.id, client.person, client.done FROM ",
            each!("$1"),
            " JOIN client ON client.id = value ->> 0 AND client.person = value ->> 1"
        ))
        .bind(serde_json::to_string(&keys)?)
        .fetch_all(&self.readers)
        .await?;
        let known = |(client, person, done): (String, String, i64)| {
            let key = ClientKey { client: parsed("a client", &client)?, person: parsed("a person", &person)? };
            Ok((key, u64::try_from(done).unwrap_or_default()))
        };
        rows.into_iter().map(known).collect()
    }

    pub(in crate::store) async fn verdict(
        &self,
        client: ClientKey,
        number: u64,
    ) -> Result<Option<Verdict>, StoreError> {
        let told: Option<Option<String>> =
            sqlx::query_scalar("SELECT rejection FROM verdict WHERE client = $1 AND person = $2 AND number = $3")
                .bind(client.client.to_string())
                .bind(client.person.to_string())
                .bind(integer(Seq(number)))
                .fetch_optional(&self.readers)
                .await?;
        let verdict = |rejection: Option<String>| match rejection {
            None => Ok(Verdict::Unchanged),
            Some(text) => Ok(Verdict::Refused(json("a refusal", &text)?)),
        };
        told.map(verdict).transpose()
    }

    pub(in crate::store) async fn forget_clients(&self, before: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
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

/// What a thing is read as: kind, id, body.
type ThingRow = (String, String, String);

/// All scopes of a sort that were ever written to, by the name that theirs begin with. None of them has numbers.
async fn all_of(moment: &mut Connection, begins: &str) -> Result<Vec<(Scope, Loaded)>, StoreError> {
    // From ':' to what comes right after it.
    let (from, to) = (format!("{begins}:"), format!("{begins};"));
    let places: Vec<(String, i64)> = sqlx::query_as(
        "SELECT place.scope, (SELECT max(seq) FROM journal WHERE journal.scope = place.scope)
         FROM (SELECT DISTINCT scope FROM thing WHERE scope >= $1 AND scope < $2) AS place",
    )
    .bind(&from)
    .bind(&to)
    .fetch_all(&mut *moment)
    .await?;
    let mut gathered = Gathered { upto: places.into_iter().collect(), scopes: Vec::new() };
    let mut rows = sqlx::query_as::<_, (String, String, String, String)>(
        "SELECT scope, kind, id, body FROM thing WHERE scope >= $1 AND scope < $2 AND gone = 0 ORDER BY scope",
    )
    .bind(&from)
    .bind(&to)
    .fetch(&mut *moment);
    // One scope after the other: the texts of thousands of them at once would take several times the memory of what is
    // made of them, and the process would keep it.
    let (mut here, mut things) = (String::new(), Vec::new());
    while let Some((place, kind, id, body)) = rows.try_next().await? {
        if place != here {
            gathered.add(&here, &things)?;
            things.clear();
            here = place;
        }
        things.push((kind, id, body));
    }
    gathered.add(&here, &things)?;
    // Of those that are left nothing is there any more.
    for place in gathered.upto.keys().cloned().collect::<Vec<_>>() {
        gathered.add(&place, &[])?;
    }
    Ok(gathered.scopes)
}

/// Scopes of a sort, as one after the other is put together.
struct Gathered {
    /// The last numbers of those that are still to come.
    upto: BTreeMap<String, i64>,
    scopes: Vec<(Scope, Loaded)>,
}

impl Gathered {
    /// Adds a scope with its things; one that is none of them is passed over.
    fn add(&mut self, place: &str, things: &[ThingRow]) -> Result<(), StoreError> {
        let Some(upto) = self.upto.remove(place) else { return Ok(()) };
        let scope = scope(place)?;
        self.scopes.push((scope, Loaded { part: part(scope, things, None)?, upto: seq(upto) }));
        Ok(())
    }
}

async fn last(connection: &mut Connection) -> Result<Seq, StoreError> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(seq) FROM journal").fetch_one(connection).await?;
    Ok(seq(last.unwrap_or_default()))
}

async fn load(moment: &mut Connection, scope: Scope) -> Result<Loaded, StoreError> {
    let upto: Option<i64> = sqlx::query_scalar("SELECT max(seq) FROM journal WHERE scope = $1")
        .bind(name(scope))
        .fetch_one(&mut *moment)
        .await?;
    let Some(upto) = upto else { return Ok(Loaded { part: None, upto: Seq::default() }) };
    let rows: Vec<ThingRow> = sqlx::query_as("SELECT kind, id, body FROM thing WHERE scope = $1 AND gone = 0")
        .bind(name(scope))
        .fetch_all(&mut *moment)
        .await?;
    let mut highest = None;
    for kind in scope.numbered() {
        let of_kind: Option<i64> = sqlx::query_scalar(concat!(
            "SELECT max(",
            number!("body"),
            ") FROM thing WHERE scope = $1 AND kind = $2 AND gone = 1"
        ))
        .bind(name(scope))
        .bind(kind.name)
        .fetch_one(&mut *moment)
        .await?;
        highest = highest.max(of_kind);
    }
    Ok(Loaded { part: part(scope, &rows, highest)?, upto: seq(upto) })
}

/// Puts a scope together from its things, and from the highest number of those that are gone.
fn part(scope: Scope, rows: &[ThingRow], highest: Option<i64>) -> Result<Option<Part>, StoreError> {
    let mut things = Things::default();
    for (kind, id, body) in rows {
        things.add(kind, id, body);
    }
    things.add_gone(u32::try_from(highest.unwrap_or_default()).unwrap_or_default());
    Part::read(scope, &things)
        .map_err(|why| StoreError::Damaged { what: "a scope's things", why: format!("{scope}: {why}") })
}
