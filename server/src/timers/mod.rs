//! Durable timers: what is to be done at a time is a row, done once by whichever node is there, and caught up with
//! after everything was down.
//!
//! A node takes what is due with a lease, does it, and settles it. One that dies at it loses the lease, and another
//! takes it up: so what a timer does must bear being begun twice, and is settled once.

mod alarms;
mod duty;

use std::time::Duration;

use shared::Timestamp;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use uuid::Uuid;

pub use duty::Duty;

use crate::clock;
use crate::store::{Lane, Lease, StoreError, Timer};
use crate::web::Services;

/// How long a node may be at one thing before another takes it up.
const LEASE: Duration = Duration::from_mins(1);
/// The shortest and the longest wait before the next look.
const SHORTEST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How many things of a lane are done at once.
const MOST_AT_ONCE: usize = 16;

/// Does what is due, for as long as the server runs.
pub async fn run(services: Services) {
    let node = Uuid::now_v7();
    let stirred = Notify::new();
    tokio::join!(
        run_lane(&services, node, Lane::Duties, &stirred),
        run_lane(&services, node, Lane::Deliveries, &stirred)
    );
}

/// Does what is due in a lane. `stirred` wakes the deliveries: a duty that is done may have planned some.
async fn run_lane(services: &Services, node: Uuid, lane: Lane, stirred: &Notify) {
    let mut under_way = JoinSet::new();
    loop {
        let wait = match claim(services, (node, lane), &mut under_way).await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::warn!(%error, "timers could not be looked at");
                LONGEST_WAIT
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            // What is done may be due again at once.
            Some(_) = under_way.join_next() => {}
            () = stirred.notified(), if lane == Lane::Deliveries => {}
        }
        while under_way.try_join_next().is_some() {}
        if lane == Lane::Duties {
            stirred.notify_one();
        }
    }
}

/// Plans what is done again and again; what is planned already stays.
pub async fn plan(services: &Services) -> Result<(), StoreError> {
    for duty in Duty::ALL {
        let timer = Timer { id: duty.name().to_owned(), due: clock::now(), duty: duty.written()? };
        services.store.plan(&timer).await?;
    }
    Ok(())
}

/// Begins all that is due, and says how long nothing will be.
async fn claim(
    services: &Services,
    (node, lane): (Uuid, Lane),
    under_way: &mut JoinSet<()>,
) -> Result<Duration, StoreError> {
    while under_way.len() < MOST_AT_ONCE
        && let Some(lease) = services.store.claim(node, lane, (clock::shift(), LEASE)).await?
    {
        let services = services.clone();
        under_way.spawn(async move {
            if let Err(error) = perform(&services, &lease).await {
                tracing::warn!(%error, duty = lease.timer.id, "a duty could not be settled");
            }
        });
    }
    // While all places are taken nothing begins: one that gets free is heard of.
    if under_way.len() == MOST_AT_ONCE {
        return Ok(LONGEST_WAIT);
    }
    let Some(due) = services.store.next_due(lane).await? else { return Ok(LONGEST_WAIT) };
    let wait = u64::try_from(due.micros() - clock::now().micros()).unwrap_or_default();
    Ok(Duration::from_micros(wait).clamp(SHORTEST_WAIT, LONGEST_WAIT))
}

/// Does what a lease is for, and settles it.
async fn perform(services: &Services, lease: &Lease) -> Result<(), StoreError> {
    let duty = match Duty::read(&lease.timer.duty) {
        Ok(duty) => duty,
        Err(error) => {
            // Left as it is: a node of another version may know it, and the others are done meanwhile.
            tracing::error!(%error, timer = lease.timer.id, "what a timer is for cannot be read");
            return Ok(());
        }
    };
    let next = match duty.perform(services).await {
        Ok(next) => next,
        Err(fault) => {
            tracing::warn!(%fault, duty = duty.name(), "a duty could not be done; it is tried again soon");
            Some(duty.every().min(LEASE))
        }
    };
    // From now, not from when it was due: what was missed while nothing ran is made up for once.
    let next = next.map(|next| Timestamp::from_micros(clock::now().micros() + micros(next)));
    if !services.store.settle(lease, next).await? {
        tracing::warn!(duty = duty.name(), "another node has taken a duty over");
    }
    Ok(())
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
