//! Whole tables, read and written at one moment: backups, moves and checks; and what compaction takes away.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use shared::Timestamp;
use sqlx::query_builder::Separated;
use sqlx::{QueryBuilder, Row as _, Transaction};

use super::{Database, Engine, MOMENT, WRITE};
use crate::store::StoreError;
use crate::store::archive::{Cell, Condensed, Old, Record, Table, Type};
use crate::store::columns::JournalRow;

/// How many gaps are named.
const MOST_GAPS: i64 = 100;

/// A transaction that reads one moment, or that alone writes.
pub(in crate::store) struct Moment(pub(super) Transaction<'static, Database>);

impl Engine {
    /// One moment, to be read.
    pub(in crate::store) async fn moment(&self) -> Result<Moment, StoreError> {
        Ok(Moment(self.readers.begin_with(MOMENT).await?))
    }

    /// Puts a snapshot in the place of what the rows up to it have changed. Nothing happens if there is a newer one.
    pub(in crate::store) async fn condense(&self, condensed: &Condensed) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        let put = sqlx::query(
            "INSERT INTO snapshot AS old (scope, seq, body) VALUES ($1, $2, $3)
             ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, body = excluded.body WHERE excluded.seq > old.seq",
        )
        .bind(&condensed.scope)
        .bind(condensed.seq)
        .bind(&condensed.body)
        .execute(&mut *transaction)
        .await?;
        if put.rows_affected() == 0 {
            return Ok(());
        }
        sqlx::query(concat!(
            "DELETE FROM journal_subject WHERE (subject, seq) IN
             (SELECT value ->> 0, CAST(value ->> 1 AS BIGINT) FROM ",
            each!("$1"),
            ")"
        ))
        .bind(serde_json::to_string(&condensed.pairs)?)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("UPDATE journal SET command = '', changes = '' WHERE scope = $1 AND seq > $2 AND seq <= $3")
            .bind(&condensed.scope)
            .bind(condensed.after)
            .bind(condensed.seq)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Whether the tables are those that this version knows.
    pub(in crate::store) async fn is_current(&self) -> Result<bool, StoreError> {
        let there: Vec<i64> = sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version")
            .fetch_all(&self.readers)
            .await
            .map_err(|error| match error {
                // There is no such table.
                sqlx::Error::Database(_) => StoreError::Foreign,
                error => error.into(),
            })?;
        Ok(super::MIGRATIONS.iter().map(|migration| migration.version).eq(there))
    }
}

impl Moment {
    /// The rows of a table after a key, or from the first.
    pub(in crate::store) async fn page(
        &mut self,
        table: &Table,
        after: Option<&[Cell]>,
    ) -> Result<Vec<Record>, StoreError> {
        let Some((first, rest)) = after.and_then(|after| after.split_first()) else {
            return self.rows(table, table.page, |_| {}).await;
        };
        let keys = table.keys();
        let mut page = Vec::new();
        // In two parts: not every index that has the key is used for a comparison of all of it.
        if !rest.is_empty() {
            let same = |query: &mut QueryBuilder<Database>| {
                query.push(" WHERE ").push(keys[0]).push(" = ");
                bind(&mut query.separated(", "), first);
                query.push(" AND (").push(keys[1..].join(", ")).push(") > (");
                let mut values = query.separated(", ");
                for cell in rest {
                    bind(&mut values, cell);
                }
                query.push(")");
            };
            page = self.rows(table, table.page, same).await?;
        }
        if page.len() < table.page {
            let next = |query: &mut QueryBuilder<Database>| {
                query.push(" WHERE ").push(keys[0]).push(" > ");
                bind(&mut query.separated(", "), first);
            };
            page.extend(self.rows(table, table.page - page.len(), next).await?);
        }
        Ok(page)
    }

    /// The first rows of a table, or of those that a condition leaves.
    async fn rows(
        &mut self,
        table: &Table,
        limit: usize,
        condition: impl FnOnce(&mut QueryBuilder<Database>),
    ) -> Result<Vec<Record>, StoreError> {
        let columns = table.columns.iter().map(|(name, kind)| match kind {
            // Where a column is of a narrower type, it is read like all others.
            Type::Number => format!("CAST({name} AS BIGINT)"),
            Type::Text | Type::Bytes => (*name).to_owned(),
        });
        let mut query = QueryBuilder::new("SELECT ");
        query.push(columns.collect::<Vec<_>>().join(", ")).push(" FROM ").push(table.name);
        condition(&mut query);
        query.push(" ORDER BY ").push(table.keys().join(", ")).push(" LIMIT ").push(limit);
        let rows = query.build().fetch_all(&mut *self.0).await?;
        let cell = |row: &<Database as sqlx::Database>::Row, index: usize, kind: Type| {
            Ok::<_, sqlx::Error>(
                match kind {
                    Type::Number => row.try_get::<Option<i64>, _>(index)?.map(Cell::Number),
                    Type::Text => row.try_get::<Option<String>, _>(index)?.map(Cell::Text),
                    Type::Bytes => row.try_get::<Option<Vec<u8>>, _>(index)?.map(Cell::Bytes),
                }
                .unwrap_or(Cell::Null),
            )
        };
        let record = |row| {
            let cells = table.columns.iter().enumerate().map(|(index, (_, kind))| cell(row, index, *kind));
            Ok(Record(cells.collect::<Result<_, _>>()?))
        };
        rows.iter().map(record).collect()
    }

    /// Adds rows to a table.
    pub(in crate::store) async fn write(&mut self, table: &Table, records: &[Record]) -> Result<(), StoreError> {
        let mut query = QueryBuilder::new("INSERT INTO ");
        query.push(table.name).push(" (").push(table.names().join(", ")).push(") ");
        query.push_values(records, |mut values, record| {
            for (cell, (_, kind)) in record.0.iter().zip(table.columns) {
                match (cell, kind) {
                    // PostgreSQL puts no missing text where a number belongs.
                    (Cell::Null, Type::Number) => {
                        values.push_bind(None::<i64>);
                    }
                    _ => bind(&mut values, cell),
                }
            }
        });
        query.build().execute(&mut *self.0).await?;
        Ok(())
    }

    /// Whether a table has rows.
    pub(in crate::store) async fn any(&mut self, table: &Table) -> Result<bool, StoreError> {
        let mut query = QueryBuilder::<Database>::new("SELECT count(*) FROM (SELECT 1 FROM ");
        query.push(table.name).push(" LIMIT 1) AS first");
        Ok(query.build_query_scalar::<i64>().fetch_one(&mut *self.0).await? > 0)
    }

    /// Takes all rows out of a table.
    pub(in crate::store) async fn clear(&mut self, table: &Table) -> Result<(), StoreError> {
        let mut query = QueryBuilder::<Database>::new("DELETE FROM ");
        query.push(table.name).build().execute(&mut *self.0).await?;
        Ok(())
    }

    /// Which of these pairs of a thing and a row of the journal are not in the activity of things.
    pub(in crate::store) async fn absent(&mut self, pairs: &[(String, i64)]) -> Result<Vec<(String, i64)>, StoreError> {
        if pairs.is_empty() {
            return Ok(Vec::new());
        }
        let absent = sqlx::query_as(concat!(
            "SELECT value ->> 0, CAST(value ->> 1 AS BIGINT) FROM ",
            each!("$1"),
            " WHERE NOT EXISTS (SELECT 1 FROM journal_subject AS s
               WHERE s.subject = value ->> 0 AND s.seq = CAST(value ->> 1 AS BIGINT))"
        ))
        .bind(serde_json::to_string(pairs)?)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(absent)
    }

    /// The first number of each hole in the journal before its last one.
    pub(in crate::store) async fn gaps(&mut self, last: i64) -> Result<Vec<i64>, StoreError> {
        let gaps = sqlx::query_scalar(
            "SELECT k.seq + 1 FROM (SELECT 0 AS seq UNION ALL SELECT seq FROM journal) AS k
             WHERE k.seq < $1 AND NOT EXISTS (SELECT 1 FROM journal AS j WHERE j.seq = k.seq + 1)
             ORDER BY k.seq LIMIT $2",
        )
        .bind(last)
        .bind(MOST_GAPS)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(gaps)
    }

    /// The number and the time of each row of the journal, by number.
    pub(in crate::store) async fn times(&mut self) -> Result<Vec<(i64, i64)>, StoreError> {
        Ok(sqlx::query_as("SELECT seq, at FROM journal ORDER BY seq").fetch_all(&mut *self.0).await?)
    }

    /// Gives a row of the journal another time and other changes.
    pub(in crate::store) async fn rewrite_row(
        &mut self,
        (scope, seq): (&str, i64),
        at: i64,
        changes: &str,
    ) -> Result<(), StoreError> {
        let update = sqlx::query("UPDATE journal SET at = $3, changes = $4 WHERE scope = $1 AND seq = $2");
        update.bind(scope).bind(seq).bind(at).bind(changes).execute(&mut *self.0).await?;
        Ok(())
    }

    /// Gives a snapshot another body.
    pub(in crate::store) async fn rewrite_snapshot(&mut self, scope: &str, body: &str) -> Result<(), StoreError> {
        let update = sqlx::query("UPDATE snapshot SET body = $2 WHERE scope = $1");
        update.bind(scope).bind(body).execute(&mut *self.0).await?;
        Ok(())
    }

    /// Gives a thing, by its scope, kind and id, another body.
    pub(in crate::store) async fn rewrite_thing(
        &mut self,
        [scope, kind, id]: [&str; 3],
        (name, body): (&str, &str),
    ) -> Result<(), StoreError> {
        let update = sqlx::query("UPDATE thing SET id = $4, body = $5 WHERE scope = $1 AND kind = $2 AND id = $3");
        update.bind(scope).bind(kind).bind(id).bind(name).bind(body).execute(&mut *self.0).await?;
        Ok(())
    }

    /// Has all that is due later than now be due now.
    pub(in crate::store) async fn hasten(&mut self, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE timer SET due = $1 WHERE due > $1").bind(now.micros()).execute(&mut *self.0).await?;
        Ok(())
    }

    /// The first rows of some scope that are older than a time and have their changes; how many, by the length of the
    /// scope's snapshot. A row from the future was written by a wrong clock, and is as old as those after it.
    pub(in crate::store) async fn old(
        &mut self,
        (before, now): (Timestamp, Timestamp),
        limit: impl FnOnce(usize) -> usize,
    ) -> Result<Option<Old>, StoreError> {
        // From scope to scope by the index: their rows are too many to be looked at.
        let found: Option<(String, i64)> = sqlx::query_as(
            "WITH RECURSIVE place (scope) AS (
               SELECT min(scope) FROM journal
               UNION ALL
               SELECT (SELECT min(j.scope) FROM journal AS j WHERE j.scope > place.scope) FROM place
               WHERE place.scope IS NOT NULL),
             kept (scope, seq) AS (
               SELECT place.scope, coalesce((SELECT s.seq FROM snapshot AS s WHERE s.scope = place.scope), 0)
               FROM place WHERE place.scope IS NOT NULL)
             SELECT kept.scope, kept.seq FROM kept
             WHERE (SELECT j.at FROM journal AS j WHERE j.scope = kept.scope AND j.seq > kept.seq AND j.at <= $2
                    ORDER BY j.seq LIMIT 1) < $1
             LIMIT 1",
        )
        .bind(before.micros())
        .bind(now.micros())
        .fetch_optional(&mut *self.0)
        .await?;
        let Some((scope, after)) = found else { return Ok(None) };
        let snapshot: Option<String> = sqlx::query_scalar("SELECT body FROM snapshot WHERE scope = $1")
            .bind(&scope)
            .fetch_optional(&mut *self.0)
            .await?;
        let limit = limit(snapshot.as_deref().map_or(0, str::len));
        let mut rows: Vec<JournalRow> = sqlx::query_as(
            "SELECT scope, seq, prev, command_id, actor, at, changes FROM journal
             WHERE scope = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        )
        .bind(&scope)
        .bind(after)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&mut *self.0)
        .await?;
        // A snapshot has all rows up to its own: none may be passed over. Where the first that is old lies beyond these,
        // all of these are.
        rows.truncate(rows.iter().rposition(|row| row.5 < before.micros()).map_or(rows.len(), |last| last + 1));
        Ok(Some(Old { scope, after, snapshot, rows }))
    }

    /// Ends it; what was written stays, and survives a loss of power.
    pub(in crate::store) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }
}

fn bind(values: &mut Separated<'_, Database, &'static str>, cell: &Cell) {
    match cell {
        // A number that may be missing is never one of a key.
        Cell::Null => values.push_bind(None::<String>),
        Cell::Number(number) => values.push_bind(*number),
        Cell::Text(text) => values.push_bind(text.clone()),
        Cell::Bytes(bytes) => values.push_bind(bytes.clone()),
    };
}
