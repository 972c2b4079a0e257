//! Following the journal: what is news becomes a delivery to each target.

use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::command::Change;
use shared::incident::{Entry, RoomChange};
use shared::sync::{Delta, Seq};
use shared::{Scope, State};
use uuid::Uuid;

use super::functions::DeliveryState;
use super::news;
use crate::Fault;
use crate::store::{StoreError, StoredDelivery, Target};
use crate::web::Services;

/// How many rows are read at once.
const PAGE: u32 = 500;
/// How long one node stays at it before it lets another have its turn.
const HOLD: Duration = Duration::from_secs(20);
/// How often it is looked whether there are targets.
const QUIET: Duration = Duration::from_secs(5);

/// Plans what is news for all targets, for a while; says when it is to be done again.
pub(crate) async fn feed(services: &Services) -> Result<Duration, Fault> {
    let begin = Instant::now();
    let mut progress = services.engine.progress();
    loop {
        progress.mark_unchanged();
        if !feed_once(services).await? {
            return Ok(QUIET);
        }
        let rest = HOLD.saturating_sub(begin.elapsed());
        if rest.is_zero() || !matches!(tokio::time::timeout(rest, progress.changed()).await, Ok(Ok(()))) {
            return Ok(Duration::ZERO);
        }
    }
}

/// Whether there are targets.
async fn feed_once(services: &Services) -> Result<bool, Fault> {
    services.engine.current().await?;
    let targets = services.store.targets().await?;
    for target in &targets {
        let last = services.store.last().await?;
        let mut seen = target.seen;
        while seen < last {
            seen = page(services, target, seen, last).await?;
        }
        if seen > last {
            // The journal is that of an older backup.
            services.store.plan_deliveries(target.id, last, &[]).await?;
        }
    }
    Ok(!targets.is_empty())
}

/// Plans the news of some rows; answers how far they reach.
async fn page(services: &Services, target: &Target, seen: Seq, last: Seq) -> Result<Seq, Fault> {
    let rows = match services.store.journal_since(seen, PAGE).await {
        Ok(rows) => rows,
        // What lies so far back that it was emptied is no news.
        Err(StoreError::Compacted) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let upto = rows.last().map_or(last, |row| row.seq);
    let news: Vec<&Arc<Delta>> =
        rows.iter().filter(|row| target.settings.active && matches!(row.part.scope, Scope::Room(_))).collect();
    let (_, state) = services.engine.read(&[Scope::Company, Scope::Incidents]).await?;
    let deliveries: Vec<StoredDelivery> =
        news.into_iter().filter_map(|row| delivery(services, &state, target, row)).collect();
    services.store.plan_deliveries(target.id, upto, &deliveries).await?;
    Ok(upto)
}

fn delivery(services: &Services, state: &State, target: &Target, row: &Delta) -> Option<StoredDelivery> {
    let Scope::Room(id) = row.part.scope else { return None };
    let incident = state.incidents.all.get(&id)?;
    let entries: Vec<&Entry> = row
        .part
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Room(RoomChange::EntryPut(entry)) => Some(entry.as_ref()),
            _ => None,
        })
        .collect();
    let link = services.settings.public_url.as_ref().map(|url| format!("{url}/incidents/{id}"));
    let message = news::message(&state.company, incident, (&entries, target.settings.locale, link.as_deref()))?;
    Some(StoredDelivery {
        // The same row makes the same delivery, whichever node finds it and however often.
        id: Uuid::new_v5(&target.id, &row.seq.0.to_be_bytes()),
        webhook: target.id,
        at: row.at,
        message,
        state: DeliveryState::Waiting,
        attempts: 0,
        status: None,
        failure: None,
        next: None,
    })
}
