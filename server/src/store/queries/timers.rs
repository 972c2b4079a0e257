//! Timers: the database's time decides what is due, and a lease decides who does it.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use shared::Timestamp;
use uuid::Uuid;

use super::{Engine, WRITE};
use crate::store::{Lane, Lease, StoreError, Timer};

impl Engine {
    pub(in crate::store) async fn plan(&self, timer: &Timer) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO timer (id, due, duty) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
            .bind(&timer.id)
            .bind(timer.due.micros())
            .bind(&timer.duty)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    pub(in crate::store) async fn claim(
        &self,
        holder: Uuid,
        lane: Lane,
        (shift, patience): (i64, i64),
    ) -> Result<Option<Lease>, StoreError> {
        // Committed before anything is done about it: by itself the statement gives its row out before, and a lease that
        // a full disk has kept from being written would be given again at once, and again.
        let mut transaction = self.writer.begin_with(WRITE).await?;
        let row: Option<(String, i64, String, i64, i64)> = sqlx::query_as(concat!(
            "UPDATE timer SET holder = $1, lease = ",
            now!(),
            " + $2 + $3 WHERE id = (SELECT id FROM timer WHERE due <= ",
            now!(),
            " + $2 AND lease <= ",
            now!(),
            " + $2 AND (id LIKE 'delivery:%') = $4 ORDER BY due LIMIT 1",
            skip_locked!(),
            ") RETURNING id, due, duty, fired, lease"
        ))
        .bind(holder.to_string())
        .bind(shift)
        .bind(patience)
        .bind(lane == Lane::Deliveries)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        let lease = |(id, due, duty, fired, until): (String, i64, String, i64, i64)| {
            let timer = Timer { id, due: Timestamp::from_micros(due), duty };
            let fired = u64::try_from(fired).unwrap_or_default();
            Lease { timer, holder, until: Timestamp::from_micros(until), fired }
        };
        Ok(row.map(lease))
    }

    pub(in crate::store) async fn settle(&self, lease: &Lease, next: Option<Timestamp>) -> Result<bool, StoreError> {
        let settled = match next {
            Some(next) => sqlx::query(
                "UPDATE timer SET due = $3, fired = fired + 1, holder = NULL, lease = 0 WHERE id = $1 AND holder = $2",
            )
            .bind(&lease.timer.id)
            .bind(lease.holder.to_string())
            .bind(next.micros()),
            None => sqlx::query("DELETE FROM timer WHERE id = $1 AND holder = $2")
                .bind(&lease.timer.id)
                .bind(lease.holder.to_string()),
        };
        Ok(settled.execute(&self.writer).await?.rows_affected() > 0)
    }

    pub(in crate::store) async fn next_due(&self, lane: Lane) -> Result<Option<Timestamp>, StoreError> {
        // One that somebody is at is due again when their lease ends.
        let query = concat!("SELECT min(", greatest!(), "(due, lease)) FROM timer WHERE (id LIKE 'delivery:%') = $1");
        let due: Option<i64> =
            sqlx::query_scalar(query).bind(lane == Lane::Deliveries).fetch_one(&self.readers).await?;
        Ok(due.map(Timestamp::from_micros))
    }
}
