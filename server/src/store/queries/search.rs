//! The index of what can be found: filling it, searching it, listing it.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use shared::Timestamp;
use shared::sync::Seq;

use super::words::{expression, spelled};
use super::{Database, Engine, MOMENT, WRITE};
use crate::store::columns::{integer, seq};
use crate::store::search::lines;
use crate::store::{Asked, Changed, Document, Found, Narrowed, Reader, StoreError, Unread};

/// What a thing is read as: seq, scope, kind, id, body, whether it is gone.
type ChangedRow = (i64, String, String, String, String, i32);
/// What a document is read as: kind, title, body, edited, card, what the table of things has of it.
type FoundRow = (String, String, String, i64, String, Option<String>);

/// How many documents of a kind are looked through for a text that is no word: no index helps.
const LOOKED_THROUGH: i64 = 5000;

/// What a reader may read, and what is asked for of that, apart from its kind: the parameters $2 to $4 and $6 to $9.
macro_rules! fitting {
    () => {
        concat!(
            "(document.readers IS NULL OR document.author = $2 OR $3 = 1 OR EXISTS (SELECT 1 FROM ",
            each!("$4"),
            " WHERE ",
            position!(),
            "(document.readers, value ->> 0) > 0))
             AND (document.project IS NULL OR document.project IN (SELECT value ->> 0 FROM ",
            each!("$9"),
            ")) AND ($6 = '' OR document.sort = $6)
             AND ($7 = '' OR ",
            position!(),
            "(document.tags, $7) > 0) AND document.listed = $8"
        )
    };
}

/// Binds a document to the parameters $1 to $13.
macro_rules! bound {
    ($query:ident, $document:ident) => {
        $query
            .bind($document.kind)
            .bind(&$document.id)
            .bind(integer($document.seq))
            .bind(&$document.title)
            .bind(&$document.body)
            .bind($document.sort)
            .bind(lines(&$document.tags))
            .bind($document.readers.as_ref().map(lines))
            .bind($document.author.to_string())
            .bind($document.edited.micros())
            .bind(i32::from($document.listed))
            .bind(&$document.card)
            .bind($document.project.map(|project| project.to_string()))
    };
}

/// The columns of a [`FoundRow`], given that of the text.
macro_rules! columns {
    ($body:literal) => {
        concat!(
            "document.kind, document.title, ",
            $body,
            ", document.edited, document.card,
             (SELECT now.body FROM thing AS now
               WHERE now.scope = CASE document.kind WHEN 'task' THEN 'board:' || document.project
                   ELSE 'article:' || document.id END
                 AND now.kind = document.kind
                 -- A task's id is unique on its board: its document has the project's before it.
                 AND now.id = CASE document.kind WHEN 'task' THEN substr(document.id, 38) ELSE document.id END
                 AND now.gone = 0)"
        )
    };
}

impl Engine {
    pub(in crate::store) async fn begin_index(&self, edition: &str) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        let there: Option<String> =
            sqlx::query_scalar("SELECT edition FROM document_mark").fetch_optional(&mut *transaction).await?;
        if there.is_some_and(|there| there == edition) {
            return Ok(());
        }
        for statement in empty_index!() {
            sqlx::query(statement).execute(&mut *transaction).await?;
        }
        sqlx::query(concat!(
            "INSERT INTO document_mark (one, edition, seq) VALUES (",
            one!(),
            ", $1, 0) ON CONFLICT (one) DO UPDATE SET edition = excluded.edition, seq = 0"
        ))
        .bind(edition)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    pub(in crate::store) async fn unindexed(&self, limit: u32) -> Result<Unread, StoreError> {
        // At one moment: then the number says which version of a thing it was.
        let mut moment = self.readers.begin_with(MOMENT).await?;
        let after: Option<i64> =
            sqlx::query_scalar("SELECT seq FROM document_mark").fetch_optional(&mut *moment).await?;
        let after = after.unwrap_or_default();
        let mut rows: Vec<ChangedRow> = sqlx::query_as(
            // The kinds as the table's index has them, or it is not used.
            "SELECT seq, scope, kind, id, body, gone FROM thing
             WHERE kind IN ('article', 'article_revision', 'incident', 'ended_incident', 'task') AND seq > $1
             ORDER BY seq LIMIT $2",
        )
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&mut *moment)
        .await?;
        if rows.len() == limit as usize {
            // Of the last row of the journal some things may be cut off: it comes whole the next time.
            let last = rows.last().map_or(after, |row| row.0);
            if rows.first().is_some_and(|first| first.0 < last) {
                rows.retain(|row| row.0 < last);
            }
        }
        let upto = rows.last().map_or(after, |row| row.0);
        let changed = rows.into_iter().map(changed).collect();
        Ok(Unread { changed, after: seq(after), upto: seq(upto) })
    }

    pub(in crate::store) async fn index_reach(&self) -> Result<(Seq, Seq), StoreError> {
        let (upto, last): (i64, i64) = sqlx::query_as(
            // The kinds as the table's index has them, as above; of tasks, which change all the time, nothing is listed.
            "SELECT coalesce((SELECT seq FROM document_mark), 0),
               coalesce((SELECT max(seq) FROM thing
                 WHERE kind IN ('article', 'article_revision', 'incident', 'ended_incident', 'task')
                   AND seq > coalesce((SELECT seq FROM document_mark), 0) AND kind <> 'task'), 0)",
        )
        .fetch_one(&self.readers)
        .await?;
        Ok((seq(upto), seq(last)))
    }

    pub(in crate::store) async fn newest(&self, kinds: &[&str], scopes: &[&str]) -> Result<Vec<Changed>, StoreError> {
        let list = |names: &[&str]| serde_json::to_string(&names.iter().map(|name| [name]).collect::<Vec<_>>());
        // One statement sees one moment: what it finds fits together.
        let rows: Vec<ChangedRow> = sqlx::query_as(concat!(
            "SELECT thing.seq, thing.scope, thing.kind, thing.id, thing.body, thing.gone
             FROM (SELECT scope, kind, max(seq) AS seq FROM thing WHERE gone = 0 AND ",
            among!("scope", "$1"),
            " AND ",
            among!("kind", "$2"),
            " GROUP BY scope, kind) AS last
             JOIN thing ON thing.scope = last.scope AND thing.kind = last.kind AND thing.seq = last.seq
             WHERE thing.gone = 0 ORDER BY thing.scope, thing.kind"
        ))
        .bind(list(scopes)?)
        .bind(list(kinds)?)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().map(changed).collect())
    }

    pub(in crate::store) async fn index(&self, documents: &[Document], upto: Seq) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        for document in documents {
            // A task that was moved says what it said: then nothing is cut and put anew.
            let same = sqlx::query(
                "UPDATE document SET seq = $3 WHERE kind = $1 AND id = $2 AND seq < $3 AND title = $4 AND body = $5
                   AND sort = $6 AND tags = $7 AND readers IS NOT DISTINCT FROM $8 AND author = $9 AND edited = $10
                   AND listed = $11 AND card = $12 AND project IS NOT DISTINCT FROM $13",
            );
            if bound!(same, document).execute(&mut *transaction).await?.rows_affected() > 0 {
                continue;
            }
            let put = sqlx::query_scalar(
                "INSERT INTO document AS old
                   (kind, id, seq, title, body, sort, tags, readers, author, edited, listed, card, project, folded)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                 ON CONFLICT (kind, id) DO UPDATE SET seq = excluded.seq, title = excluded.title, body = excluded.body,
                   sort = excluded.sort, tags = excluded.tags, readers = excluded.readers, author = excluded.author,
                   edited = excluded.edited, listed = excluded.listed, card = excluded.card,
                   project = excluded.project, folded = excluded.folded
                   WHERE excluded.seq > old.seq
                 RETURNING number",
            );
            let put = bound!(put, document).bind(&document.folded);
            let number: Option<i64> = put.fetch_optional(&mut *transaction).await?;
            let Some(number) = number else { continue };
            let [title, tags, body] = &document.words;
            sqlx::query(put_words!())
                .bind(number)
                .bind(spelled(title))
                .bind(spelled(tags))
                .bind(spelled(body))
                .execute(&mut *transaction)
                .await?;
        }
        sqlx::query("UPDATE document_mark SET seq = $1 WHERE seq < $1")
            .bind(integer(upto))
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    pub(in crate::store) async fn search(
        &self,
        asked: &Asked,
        reader: &Reader,
        narrowed: &Narrowed,
        limit: u32,
    ) -> Result<Vec<Found>, StoreError> {
        // Of the newest only: to rank a hundred thousand takes longer than anybody waits.
        const WORDS: &str = concat!(
            "WITH ",
            near!(),
            " AND ",
            among!("document.kind", "$5"),
            " AND ",
            fitting!(),
            " ORDER BY 1 DESC LIMIT 1000),
             best AS MATERIALIZED (SELECT ",
            ranked!(),
            " ORDER BY rank, number DESC LIMIT $10)
             SELECT ",
            columns!("document.body"),
            " FROM best JOIN document ON document.number = best.number ORDER BY best.rank, best.number DESC"
        );
        const TEXT: &str = concat!(
            "WITH recent AS MATERIALIZED (
               SELECT number FROM document WHERE kind = $5 AND listed = $8 ORDER BY edited DESC, id DESC LIMIT $11)
             SELECT ",
            columns!("document.body"),
            " FROM recent CROSS JOIN document WHERE document.number = recent.number AND ",
            position!(),
            "(document.folded, $1) > 0 AND ",
            fitting!(),
            " ORDER BY document.edited DESC, document.id DESC LIMIT $10"
        );
        let Asked::Text(text) = asked else {
            let kinds: Vec<_> = narrowed.kinds.iter().map(|kind| [kind]).collect();
            let kinds = serde_json::to_string(&kinds)?;
            let rows = ask(sqlx::query_as(WORDS).bind(expression(asked)), reader, (narrowed, kinds))?;
            let rows = rows.bind(i64::from(limit)).fetch_all(&self.readers).await?;
            return Ok(rows.into_iter().map(found).collect());
        };
        let mut all = Vec::new();
        for kind in &narrowed.kinds {
            let rows = ask(sqlx::query_as(TEXT).bind(text.as_str()), reader, (narrowed, (*kind).to_owned()))?;
            let rows = rows.bind(i64::from(limit)).bind(LOOKED_THROUGH).fetch_all(&self.readers).await?;
            all.extend(rows.into_iter().map(found));
        }
        all.sort_by_key(|found| std::cmp::Reverse(found.edited));
        all.truncate(limit as usize);
        Ok(all)
    }

    pub(in crate::store) async fn documents(
        &self,
        reader: &Reader,
        narrowed: &Narrowed,
        before: Option<(Timestamp, String)>,
        limit: u32,
    ) -> Result<Vec<Found>, StoreError> {
        let (at, id) = before.unwrap_or((Timestamp::from_micros(i64::MAX), String::new()));
        let rows = ask(
            sqlx::query_as(concat!(
                "SELECT ",
                columns!("substr(document.body, 1, 240)"),
                // That the kind is given lets the index be used.
                " FROM document WHERE document.kind = $5 AND ",
                fitting!(),
                " AND (document.edited, document.id) < ($11, $1) ORDER BY document.edited DESC, document.id DESC LIMIT $10"
            ))
            .bind(id),
            reader,
            (narrowed, narrowed.kinds.first().copied().unwrap_or_default().to_owned()),
        )?;
        let rows = rows.bind(i64::from(limit)).bind(at.micros());
        Ok(rows.fetch_all(&self.readers).await?.into_iter().map(found).collect())
    }
}

type Query<'a> = sqlx::query::QueryAs<'a, Database, FoundRow, <Database as sqlx::Database>::Arguments>;

/// Binds what [`fitting`] names, and which kind or kinds count.
fn ask<'a>(query: Query<'a>, reader: &Reader, (narrowed, kinds): (&Narrowed, String)) -> Result<Query<'a>, StoreError> {
    let lineage: Vec<_> = reader.lineage.iter().map(|department| [lines([department])]).collect();
    let projects: Vec<_> = reader.projects.iter().map(|project| [project]).collect();
    Ok(query
        .bind(reader.person.to_string())
        .bind(i32::from(reader.admin))
        .bind(serde_json::to_string(&lineage)?)
        .bind(kinds)
        .bind(narrowed.sort.unwrap_or_default())
        .bind(narrowed.tag.as_ref().map(|tag| lines([tag])).unwrap_or_default())
        .bind(i32::from(!narrowed.archived))
        .bind(serde_json::to_string(&projects)?))
}

fn changed((number, scope, kind, id, body, gone): ChangedRow) -> Changed {
    Changed { scope, kind, id, seq: seq(number), body, gone: gone != 0 }
}

fn found((kind, title, body, edited, card, now): FoundRow) -> Found {
    Found { kind, title, body, edited: Timestamp::from_micros(edited), card, now }
}
