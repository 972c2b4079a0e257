//! Alarms (incident: alarms): what is due goes off as a command of nobody's, decided again at that moment.
//!
//! The id of such a command follows from the alarm: whichever nodes try, and however often, the journal takes it once.

use std::collections::BTreeSet;
use std::time::Duration;

use shared::command::Command;
use shared::id::{CommandId, EntryId, IncidentId};
use shared::incident::{Alarm, IncidentCommand, IncidentIntent, SYSTEM};
use shared::{Scope, State};
use uuid::Uuid;

use crate::Fault;
use crate::clock::now;
use crate::sync::ActError;
use crate::web::Services;

/// How long it may take until a new alarm is noticed: none is due sooner than a minute after what brings it about, but for
/// a change of severity.
const LOOK: Duration = Duration::from_secs(5);
/// The same where no alarm waits.
const QUIET: Duration = Duration::from_secs(30);
/// Names the ids of what alarms do.
const NAMESPACE: Uuid = Uuid::from_u128(0x6a1f_6f0e_52c4_4f0b_9d1e_7c1f_0b63_a2d4);

/// Lets all alarms go off that are due, and says when to look again.
pub(super) async fn ring(services: &Services) -> Result<Duration, Fault> {
    services.engine.current().await?;
    // What was refused was dealt with since the state was read, or cannot be decided: it keeps no other back.
    let mut refused = BTreeSet::new();
    loop {
        let (_, state) = services.engine.read(&[Scope::Incidents]).await?;
        let Some((incident, alarm)) = next(&state, &refused) else {
            return Ok(if refused.is_empty() { QUIET } else { LOOK });
        };
        let wait = u64::try_from(alarm.due.micros_since(now())).unwrap_or_default();
        if wait > 0 {
            return Ok(Duration::from_micros(wait).min(LOOK));
        }
        let (id, command) = go_off(incident, alarm);
        match services.engine.act(SYSTEM, id, command).await {
            Ok(_) => {}
            Err(ActError::Refused(rejection)) => {
                tracing::debug!(%rejection, ?alarm, "an alarm had nothing to say any more");
                refused.insert(incident);
            }
            Err(ActError::Unavailable) => return Err(Fault::Unavailable),
        }
    }
}

/// The alarm that goes off next, of all incidents but these.
fn next(state: &State, but: &BTreeSet<IncidentId>) -> Option<(IncidentId, Alarm)> {
    let open = state.incidents.all.values().filter(|it| !it.stage.is_over() && !but.contains(&it.id));
    let alarms = open.filter_map(|incident| incident.next_alarm().map(|alarm| (incident.id, alarm)));
    alarms.min_by_key(|(_, alarm)| alarm.due)
}

fn go_off(incident: IncidentId, alarm: Alarm) -> (CommandId, Command) {
    let Alarm { round, kind, due } = alarm;
    let name = |what: &str| {
        let name = format!("{what} {incident} {round} {kind:?} {}", due.micros());
        Uuid::new_v5(&NAMESPACE, name.as_bytes())
    };
    let (id, entry) = (CommandId::new(name("command")), EntryId::new(name("entry")));
    (id, Command::Incident(IncidentCommand::On { incident, entry, intent: IncidentIntent::Ring(alarm) }))
}
