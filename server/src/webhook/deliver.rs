//! Delivering one message: written, signed, sent, and again with back-off until it is taken or given up.

use std::time::Duration;

use rand::Rng as _;
use shared::Timestamp;
use url::Url;
use uuid::Uuid;

use super::kept::{self, Target, targets};
use super::send::{Answer, send};
use super::wire::{DeliveryState, Message};
use super::{format, send};
use crate::Fault;
use crate::clock::now;
use crate::store::StoredDelivery;
use crate::web::Services;

/// How long to wait after each failure, in seconds; after the last one it is given up.
const BACK_OFF: [u64; 6] = [5, 30, 120, 600, 3_600, 21_600];

/// Tries a delivery; says when it is to be tried again, if at all.
pub(crate) async fn deliver(services: &Services, id: Uuid) -> Result<Option<Duration>, Fault> {
    let Some(mut delivery) = services.store.delivery(id).await? else { return Ok(None) };
    if kept::state(&delivery)? != DeliveryState::Waiting {
        return Ok(None);
    }
    let targets = targets(&services.store).await?;
    let target = targets.iter().find(|target| target.id == delivery.webhook && target.settings.active);
    let Some(target) = target else {
        ended(&mut delivery, DeliveryState::Ended);
        services.store.note_delivery(&delivery).await?;
        return Ok(None);
    };
    let message = kept::message(&delivery)?;
    let result = attempt(target, (delivery.id, &message, delivery.at)).await;
    let again = noted(&mut delivery, result);
    services.store.note_delivery(&delivery).await?;
    Ok(again)
}

async fn attempt(target: &Target, told: (Uuid, &Message, Timestamp)) -> Result<Answer, send::SendError> {
    let settings = &target.settings;
    let url: Url = settings.url.parse()?;
    let target = (settings.format, url, target.secret.as_str());
    let outgoing = format::written(target, told, now());
    send(outgoing, settings.may_be_private).await.and_then(|answer| {
        if (200..300).contains(&answer.status) {
            format::is_taken(settings.format, &answer.body).map_err(send::SendError::Refused)?;
        }
        Ok(answer)
    })
}

/// Spread out, so that a receiver that comes back is not met by everything at once.
#[expect(clippy::disallowed_methods, reason = "nothing follows from it but a wait")]
fn spread(seconds: u64) -> Duration {
    Duration::from_secs(seconds).mul_f64(rand::rng().random_range(0.8..1.2))
}

/// Takes note of what became of an attempt; says when there is to be another.
fn noted(delivery: &mut StoredDelivery, result: Result<Answer, send::SendError>) -> Option<Duration> {
    delivery.attempts += 1;
    delivery.next = None;
    match result {
        Ok(answer) => {
            delivery.status = Some(answer.status);
            delivery.failure = None;
            match answer.status {
                200..300 => return ended(delivery, DeliveryState::Sent),
                // By the Standard Webhooks specification: the receiver wants no more.
                410 => return ended(delivery, DeliveryState::Ended),
                _ => {}
            }
        }
        Err(error) => {
            delivery.status = None;
            delivery.failure = Some(error.to_string());
        }
    }
    let failures = usize::try_from(delivery.attempts).unwrap_or(usize::MAX) - 1;
    let Some(seconds) = BACK_OFF.get(failures) else {
        return ended(delivery, DeliveryState::GivenUp);
    };
    let wait = spread(*seconds);
    let micros = i64::try_from(wait.as_micros()).unwrap_or(i64::MAX);
    delivery.next = Some(Timestamp::from_micros(now().micros().saturating_add(micros)));
    Some(wait)
}

/// It is not tried again.
fn ended(delivery: &mut StoredDelivery, state: DeliveryState) -> Option<Duration> {
    state.name().clone_into(&mut delivery.state);
    delivery.next = None;
    None
}
