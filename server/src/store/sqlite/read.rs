//! Reading: scopes as they stand, the journal, and what browsers have done.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use shared::command::ScopedChanges;
use shared::id::{CommandId, ProjectId};
use shared::organisation::{Company, Department, Person};
use shared::project::Project;
use shared::project::board::{Board, Column};
use shared::project::task::{Comment, Task};
use shared::state::Part;
use shared::sync::{Cursor, Delta, Seq};
use shared::{Scope, Timestamp};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::{Sqlite, integer, json, name, parsed, scope, seq};
use crate::store::{Backlog, ClientKey, Known, Loaded, StoreError, Verdict};

/// What a row of the journal is read as: seq, prev, command, actor, at, changes.
type JournalRow = (i64, i64, String, String, i64, String);

impl Sqlite {
    pub(in crate::store) async fn last(&self) -> Result<Seq, StoreError> {
        last(&mut *self.readers.acquire().await?).await
    }

    pub(in crate::store) async fn load(&self, scope: Scope) -> Result<Loaded, StoreError> {
        // One transaction: all its reads see the same moment.
        let mut moment = self.readers.begin().await?;
        load(&mut moment, scope).await
    }

    pub(in crate::store) async fn load_light(&self) -> Result<(Seq, Vec<(Scope, Loaded)>), StoreError> {
        let mut moment = self.readers.begin().await?;
        let mut scopes = vec![(Scope::Company, load(&mut moment, Scope::Company).await?)];
        let projects: Vec<(i64, String)> =
            sqlx::query_as("SELECT seq, body FROM project WHERE gone = 0").fetch_all(&mut *moment).await?;
        for (upto, body) in projects {
            let project: Arc<Project> = json("a project", &body)?;
            let loaded = Loaded { upto: seq(upto), part: Some(Part::Project(project.clone())) };
            scopes.push((Scope::Project(project.id), loaded));
        }
        Ok((last(&mut moment).await?, scopes))
    }

    pub(in crate::store) async fn journal_after(
        &self,
        scope: Scope,
        after: Seq,
        limit: u32,
    ) -> Result<Vec<Arc<Delta>>, StoreError> {
        let rows: Vec<JournalRow> = sqlx::query_as(
            "SELECT seq, prev, command_id, actor, at, changes FROM journal
             WHERE scope = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        )
        .bind(name(scope))
        .bind(integer(after))
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(|row| delta(scope, row)).collect()
    }

    pub(in crate::store) async fn backlog(&self, scope: Scope, after: Seq, limit: u32) -> Result<Backlog, StoreError> {
        let (rows, bytes): (i64, i64) = sqlx::query_as(
            "SELECT count(*), coalesce(sum(bytes), 0) FROM
             (SELECT length(changes) AS bytes FROM journal WHERE scope = $1 AND seq > $2 ORDER BY seq LIMIT $3)",
        )
        .bind(name(scope))
        .bind(integer(after))
        .bind(limit)
        .fetch_one(&self.readers)
        .await?;
        Ok(Backlog { rows: u32::try_from(rows).unwrap_or(u32::MAX), bytes: u64::try_from(bytes).unwrap_or_default() })
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
            "SELECT j.seq, j.prev, j.command_id, j.actor, j.at, j.changes
             FROM journal_subject s JOIN journal j ON j.seq = s.seq
             WHERE s.subject = $1 AND s.seq < $2 AND j.scope = $3 ORDER BY s.seq DESC LIMIT $4",
        )
        .bind(subject.to_string())
        .bind(before.map_or(i64::MAX, integer))
        .bind(name(scope))
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(|row| delta(scope, row)).collect()
    }

    pub(in crate::store) async fn find(&self, commands: &[CommandId]) -> Result<Vec<Known>, StoreError> {
        let rows: Vec<(String, String, String, i64)> = sqlx::query_as(
            "SELECT command_id, actor, scope, seq FROM journal
             WHERE command_id IN (SELECT value FROM json_each($1)) ORDER BY seq",
        )
        .bind(serde_json::to_string(commands)?)
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
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT client.id, client.person, client.done FROM json_each($1) AS wanted
             JOIN client ON client.id = wanted.value ->> 0 AND client.person = wanted.value ->> 1",
        )
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
}

async fn last(connection: &mut SqliteConnection) -> Result<Seq, StoreError> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(seq) FROM journal").fetch_one(connection).await?;
    Ok(seq(last.unwrap_or_default()))
}

async fn load(moment: &mut SqliteConnection, scope: Scope) -> Result<Loaded, StoreError> {
    let upto: Option<i64> = sqlx::query_scalar("SELECT max(seq) FROM journal WHERE scope = $1")
        .bind(name(scope))
        .fetch_one(&mut *moment)
        .await?;
    let Some(upto) = upto else { return Ok(Loaded { part: None, upto: Seq::default() }) };
    let part = match scope {
        Scope::Company => Some(Part::Company(Arc::new(company(moment).await?))),
        Scope::Project(id) => project(moment, id).await?.map(Part::Project),
        Scope::Board(_) => Some(Part::Board(Arc::new(board(moment, scope).await?))),
    };
    Ok(Loaded { part, upto: seq(upto) })
}

async fn company(moment: &mut SqliteConnection) -> Result<Company, StoreError> {
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

async fn project(moment: &mut SqliteConnection, id: ProjectId) -> Result<Option<Arc<Project>>, StoreError> {
    let found = bodies("SELECT body FROM project WHERE scope = $1 AND gone = 0", Scope::Project(id), moment).await?;
    Ok(found.into_iter().next())
}

async fn board(moment: &mut SqliteConnection, scope: Scope) -> Result<Board, StoreError> {
    let columns: Vec<Column> =
        bodies("SELECT body FROM board_column WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let tasks: Vec<Arc<Task>> = bodies("SELECT body FROM task WHERE scope = $1 AND gone = 0", scope, moment).await?;
    let comments: Vec<Arc<Comment>> =
        bodies("SELECT body FROM comment WHERE scope = $1 AND gone = 0", scope, moment).await?;
    // Of tasks that are gone the number stays taken.
    let highest: Option<i64> =
        sqlx::query_scalar("SELECT max(CAST(body ->> 'number' AS INTEGER)) FROM task WHERE scope = $1 AND gone = 1")
            .bind(name(scope))
            .fetch_one(&mut *moment)
            .await?;
    let highest = u32::try_from(highest.unwrap_or_default()).unwrap_or_default();
    Ok(Board::from_rows(columns, tasks, comments, highest))
}

async fn bodies<T: DeserializeOwned>(
    sql: &'static str,
    scope: Scope,
    moment: &mut SqliteConnection,
) -> Result<Vec<T>, StoreError> {
    let rows: Vec<String> = sqlx::query_scalar(sql).bind(name(scope)).fetch_all(moment).await?;
    rows.iter().map(|body| json("a thing", body)).collect()
}

fn delta(scope: Scope, (number, prev, command, actor, at, changes): JournalRow) -> Result<Arc<Delta>, StoreError> {
    Ok(Arc::new(Delta {
        seq: seq(number),
        prev: seq(prev),
        command: parsed("a command's id", &command)?,
        actor: parsed("an actor", &actor)?,
        at: Timestamp::from_micros(at),
        part: ScopedChanges { scope, changes: json("a change", &changes)? },
    }))
}
