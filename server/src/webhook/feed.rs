//! Following the journal: what is news becomes a delivery to each target.

use std::time::Duration;

use shared::command::Change;
use shared::incident::{Entry, RoomChange};
use shared::sync::{Delta, Seq};
use shared::{Scope, State};
use uuid::Uuid;

use super::kept::{Target, planned, targets};
use super::news;
use crate::Fault;
use crate::store::{PlannedDelivery, StoreError};
use crate::web::Services;

/// How many rows are read at once.
const PAGE: u32 = 500;
/// How soon news is looked for again, where there are targets, and where there are none.
const AGAIN: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(5));

/// Plans what is news for all targets; says when it is to be done again.
pub(crate) async fn feed(services: &Services) -> Result<Duration, Fault> {
    services.engine.current().await?;
    let targets = targets(&services.store).await?;
    let reached = *services.engine.progress().borrow();
    if targets.iter().any(|target| target.seen != reached) {
        // As far as this node knows the incidents, and no farther: other nodes may have written since.
        let (last, state) = services.engine.read(&[Scope::Company, Scope::Incidents]).await?;
        for target in &targets {
            catch_up(services, &state, target, last).await?;
        }
    }
    Ok(if targets.is_empty() { AGAIN.1 } else { AGAIN.0 })
}

async fn catch_up(services: &Services, state: &State, target: &Target, last: Seq) -> Result<(), Fault> {
    let mut seen = target.seen;
    while seen < last {
        let rows = match services.store.journal_since(seen, PAGE).await {
            Ok(rows) => rows,
            // What lies so far back that it was emptied is no news.
            Err(StoreError::Compacted) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let known = rows.iter().take_while(|row| row.seq <= last);
        // What is over is in its room alone.
        let rooms: Vec<Scope> = known.clone().map(|row| row.part.scope).filter(is_over_in(state)).collect();
        let (_, over) = services.engine.read(&rooms).await?;
        let deliveries: Vec<PlannedDelivery> = known
            .filter(|_| target.settings.active)
            .filter_map(|row| delivery(services, (state, &over), target, row))
            .collect::<Result<_, StoreError>>()?;
        seen = rows.last().map_or(last, |row| row.seq.min(last));
        services.store.plan_deliveries(target.id, seen, &deliveries).await?;
    }
    if seen > last {
        // The journal is that of an older backup.
        services.store.plan_deliveries(target.id, last, &[]).await?;
    }
    Ok(())
}

/// Whether a scope is the room of an incident that is not among those that go on.
fn is_over_in(state: &State) -> impl Fn(&Scope) -> bool {
    move |scope| matches!(scope, Scope::Room(id) if !state.incidents.all.contains_key(id))
}

fn delivery(
    services: &Services,
    (state, over): (&State, &State),
    target: &Target,
    row: &Delta,
) -> Option<Result<PlannedDelivery, StoreError>> {
    let Scope::Room(id) = row.part.scope else { return None };
    let incident = state.incident(id).or_else(|_| over.incident(id)).ok()?;
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
    // The same row makes the same delivery, whichever node finds it and however often.
    let id = Uuid::new_v5(&target.id, &row.seq.0.to_be_bytes());
    Some(planned(id, row.at, &message))
}
