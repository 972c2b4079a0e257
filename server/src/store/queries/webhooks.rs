//! Webhooks: targets and deliveries.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use shared::Timestamp;
use shared::sync::Seq;
use uuid::Uuid;

use super::{Engine, WRITE};
use crate::store::columns::{integer, parsed, seq};
use crate::store::{PlannedDelivery, StoreError, StoredDelivery, StoredTarget};

/// A row of a delivery: id, webhook, at, message, state, attempts, status, failure, next.
type Row = (String, String, i64, String, String, i64, Option<i64>, Option<String>, Option<i64>);

impl Engine {
    pub(in crate::store) async fn targets(&self) -> Result<Vec<StoredTarget>, StoreError> {
        let rows: Vec<(String, String, String, i64)> =
            sqlx::query_as("SELECT id, settings, secret, seen FROM webhook ORDER BY created, id")
                .fetch_all(&self.readers)
                .await?;
        let target = |(id, settings, secret, seen): (String, String, String, i64)| {
            Ok(StoredTarget { id: parsed("a webhook", &id)?, settings, secret, seen: seq(seen) })
        };
        rows.into_iter().map(target).collect()
    }

    pub(in crate::store) async fn put_target(
        &self,
        target: &StoredTarget,
        secret: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO webhook (id, settings, secret, seen, created) VALUES ($1, $2, coalesce($3, ''), $4, $5)
             ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, secret = coalesce($3, webhook.secret)",
        )
        .bind(target.id.to_string())
        .bind(&target.settings)
        .bind(secret)
        .bind(integer(target.seen))
        .bind(now.micros())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    pub(in crate::store) async fn remove_target(&self, id: Uuid) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        sqlx::query("DELETE FROM webhook WHERE id = $1").bind(id.to_string()).execute(&mut *transaction).await?;
        sqlx::query("DELETE FROM webhook_delivery WHERE webhook = $1")
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    pub(in crate::store) async fn plan_deliveries(
        &self,
        target: Uuid,
        seen: Seq,
        deliveries: &[PlannedDelivery],
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        for delivery in deliveries {
            let new = sqlx::query(
                "INSERT INTO webhook_delivery (id, webhook, at, message, state, attempts, next)
                 VALUES ($1, $2, $3, $4, $5, 0, $3) ON CONFLICT DO NOTHING",
            )
            .bind(delivery.id.to_string())
            .bind(target.to_string())
            .bind(delivery.at.micros())
            .bind(&delivery.message)
            .bind(&delivery.state)
            .execute(&mut *transaction)
            .await?;
            if new.rows_affected() > 0 {
                sqlx::query("INSERT INTO timer (id, due, duty) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                    .bind(format!("delivery:{}", delivery.id))
                    .bind(delivery.at.micros())
                    .bind(&delivery.duty)
                    .execute(&mut *transaction)
                    .await?;
            }
        }
        sqlx::query("UPDATE webhook SET seen = $2 WHERE id = $1")
            .bind(target.to_string())
            .bind(integer(seen))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    pub(in crate::store) async fn delivery(&self, id: Uuid) -> Result<Option<StoredDelivery>, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, webhook, at, message, state, attempts, status, failure, next FROM webhook_delivery WHERE id = $1",
        )
        .bind(id.to_string())
        .fetch_optional(&self.readers)
        .await?;
        row.map(read).transpose()
    }

    pub(in crate::store) async fn deliveries(&self, limit: u32) -> Result<Vec<StoredDelivery>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, webhook, at, message, state, attempts, status, failure, next FROM webhook_delivery
             ORDER BY at DESC LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    pub(in crate::store) async fn note_delivery(&self, delivery: &StoredDelivery) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE webhook_delivery SET state = $2, attempts = $3, status = $4, failure = $5, next = $6 WHERE id = $1",
        )
        .bind(delivery.id.to_string())
        .bind(&delivery.state)
        .bind(i64::from(delivery.attempts))
        .bind(delivery.status.map(i64::from))
        .bind(delivery.failure.as_deref())
        .bind(delivery.next.map(Timestamp::micros))
        .execute(&self.writer)
        .await?;
        Ok(())
    }
}

fn read((id, webhook, at, message, state, attempts, status, failure, next): Row) -> Result<StoredDelivery, StoreError> {
    Ok(StoredDelivery {
        id: parsed("a delivery", &id)?,
        webhook: parsed("a webhook", &webhook)?,
        at: Timestamp::from_micros(at),
        message,
        state,
        attempts: u32::try_from(attempts).unwrap_or_default(),
        status: status.and_then(|status| u16::try_from(status).ok()),
        failure,
        next: next.map(Timestamp::from_micros),
    })
}
