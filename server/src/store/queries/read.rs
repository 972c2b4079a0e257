//! Reading: scopes as they stand, the journal, and what browsers have done.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use shared::id::{CommandId, ProjectId};
use shared::inbox::{Inbox, Mark};
use shared::incident::{Entry, Incident, Incidents, Policy, Report, Room, Roster, Shift};
use shared::knowledge::{Article, ArticleCard, Revision};
use shared::organisation::{Company, Department, Person};
use shared::project::Project;
use shared::project::board::{Board, Column};
use shared::project::task::{Comment, Task};
use shared::state::Part;
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
        for scope in [Scope::Company, Scope::Incidents] {
            scopes.push((scope, load(&mut moment, scope).await?));
        }
        let projects: Vec<(i64, String)> =
            sqlx::query_as("SELECT seq, body FROM project WHERE gone = 0").fetch_all(&mut *moment).await?;
        for (upto, body) in projects {
            let project: Arc<Project> = json("a project", &body)?;
            let loaded = Loaded { upto: seq(upto), part: Some(Part::Project(project.clone())) };
            scopes.push((Scope::Project(project.id), loaded));
        }
        scopes.extend(inboxes(&mut moment).await?);
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
    let part = match scope {
        Scope::Company => Some(Part::Company(Arc::new(company(moment).await?))),
        Scope::Project(id) => project(moment, id).await?.map(Part::Project),
        Scope::Board(_) => Some(Part::Board(Arc::new(board(moment, scope).await?))),
        Scope::Incidents => Some(Part::Incidents(Arc::new(incidents(moment).await?))),
        Scope::Room(_) => Some(Part::Room(Arc::new(room(moment, scope).await?))),
        Scope::Article(_) => article(moment, scope).await?.map(|article| Part::Article(Arc::new(article))),
        Scope::Inbox(_) => Some(Part::Inbox(Arc::new(inbox(moment, scope).await?))),
    };
    Ok(Loaded { part, upto: seq(upto) })
}

async fn company(moment: &mut Connection) -> Result<Company, StoreError> {
    let scope = Scope::Company;
    let info = bodies("SELECT body FROM company WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let departments: Vec<Department> =
        bodies("SELECT body FROM department WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let people: Vec<Person> = bodies("SELECT body FROM person WHERE scope = $1 AND gone = 0", scope, moment).await?;
    Ok(Company {
        info: info.into_iter().next().unwrap_or_default(),
        departments: departments.into_iter().map(|department| (department.id, department)).collect(),
        people: people.into_iter().map(|person| (person.id, person)).collect(),
    })
}

async fn project(moment: &mut Connection, id: ProjectId) -> Result<Option<Arc<Project>>, StoreError> {
    let found = bodies("SELECT body FROM project WHERE scope = $1 AND gone = 0", Scope::Project(id), moment).await?;
    Ok(found.into_iter().next())
}

async fn board(moment: &mut Connection, scope: Scope) -> Result<Board, StoreError> {
    let columns: Vec<Column> =
        bodies("SELECT body FROM board_column WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let tasks: Vec<Arc<Task>> = bodies("SELECT body FROM task WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let comments: Vec<Arc<Comment>> =
        bodies("SELECT body FROM comment WHERE scope = $1 AND gone = 0", scope, moment).await?;
    // Of tasks that are gone the number stays taken.
    let highest: Option<i64> =
        sqlx::query_scalar(concat!("SELECT max(", number!("body"), ") FROM task WHERE scope = $1 AND gone = 1"))
            .bind(name(scope))
            .fetch_one(&mut *moment)
            .await?;
    let highest = u32::try_from(highest.unwrap_or_default()).unwrap_or_default();
    Ok(Board::from_rows(columns, tasks, comments, highest))
}

async fn incidents(moment: &mut Connection) -> Result<Incidents, StoreError> {
    let scope = Scope::Incidents;
    let policy: Vec<Policy> =
        bodies("SELECT body FROM incident_policy WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let shifts: Vec<Shift> = bodies("SELECT body FROM shift WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let all: Vec<Arc<Incident>> =
        bodies("SELECT body FROM incident WHERE scope = $1 AND gone = 0", scope, moment).await?;
    Ok(Incidents {
        policy: policy.into_iter().next().unwrap_or_default(),
        roster: Roster { shifts: shifts.into_iter().map(|shift| (shift.id, shift)).collect() },
        all: all.into_iter().map(|incident| (incident.id, incident)).collect(),
    })
}

async fn room(moment: &mut Connection, scope: Scope) -> Result<Room, StoreError> {
    let entries: Vec<Arc<Entry>> =
        bodies("SELECT body FROM room_entry WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let report: Vec<Report> =
        bodies("SELECT body FROM room_report WHERE scope = $1 AND gone = 0", scope, moment).await?;
    Ok(Room {
        entries: entries.into_iter().map(|entry| ((entry.at, entry.id), entry)).collect(),
        report: report.into_iter().next().unwrap_or_default(),
    })
}

async fn article(moment: &mut Connection, scope: Scope) -> Result<Option<Article>, StoreError> {
    let cards: Vec<ArticleCard> =
        bodies("SELECT body FROM article WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let Some(card) = cards.into_iter().next() else { return Ok(None) };
    let revisions: Vec<Arc<Revision>> =
        bodies("SELECT body FROM article_revision WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let revisions = revisions.into_iter().map(|revision| (revision.number, revision)).collect();
    Ok(Some(Article { card, revisions }))
}

async fn inbox(moment: &mut Connection, scope: Scope) -> Result<Inbox, StoreError> {
    let rows: Vec<(String, String)> = sqlx::query_as("SELECT id, body FROM inbox_mark WHERE scope = $1 AND gone = 0")
        .bind(name(scope))
        .fetch_all(moment)
        .await?;
    let marks = rows.into_iter().map(|(key, body)| Ok((key, json::<Mark>("a mark", &body)?)));
    Ok(Inbox { marks: marks.collect::<Result<_, StoreError>>()? })
}

/// The inboxes of all those who have ever said something of theirs.
async fn inboxes(moment: &mut Connection) -> Result<Vec<(Scope, Loaded)>, StoreError> {
    let rows: Vec<(String, String, i64, i64, String)> =
        sqlx::query_as("SELECT scope, id, seq, CAST(gone AS BIGINT), body FROM inbox_mark").fetch_all(moment).await?;
    let mut inboxes: BTreeMap<Scope, (i64, Inbox)> = BTreeMap::new();
    for (place, key, number, gone, body) in rows {
        // A mark that is gone says all the same how far the inbox has come.
        let (upto, inbox) = inboxes.entry(scope(&place)?).or_default();
        *upto = number.max(*upto);
        if gone == 0 {
            inbox.marks.insert(key, json("a mark", &body)?);
        }
    }
    let loaded = |(upto, inbox)| Loaded { upto: seq(upto), part: Some(Part::Inbox(Arc::new(inbox))) };
    Ok(inboxes.into_iter().map(|(scope, found)| (scope, loaded(found))).collect())
}

async fn bodies<T: DeserializeOwned>(
    sql: &'static str,
    scope: Scope,
    moment: &mut Connection,
) -> Result<Vec<T>, StoreError> {
    let rows: Vec<String> = sqlx::query_scalar(sql).bind(name(scope)).fetch_all(moment).await?;
    rows.iter().map(|body| json("a thing", body)).collect()
}
