//! Incidents that were over while such ones still stayed among the others, in a database of an older version: each goes to
//! its room by a command of nobody's, as it does by itself today.

use shared::Scope;
use shared::command::Command;
use shared::id::{CommandId, EntryId, IncidentId};
use shared::incident::{IncidentCommand, IncidentIntent, SYSTEM};
use uuid::Uuid;

use crate::Fault;
use crate::sync::{ActError, Engine};

/// Names the ids of these commands: whichever nodes try, the journal takes each once.
const NAMESPACE: Uuid = Uuid::from_u128(0x2c7e_9d04_8b1f_4b52_a1c3_5f0e_77d9_3e16);

/// How many leave at once, before others have their turn.
const MOST: usize = 500;

/// Sends some of what is over to its room; says whether that was all.
pub(crate) async fn see_off(engine: &Engine) -> Result<bool, Fault> {
    engine.current().await?;
    let (_, state) = engine.read(&[Scope::Incidents]).await?;
    let over = state.incidents.all.values().filter(|incident| incident.stage.is_over()).map(|incident| incident.id);
    let over: Vec<IncidentId> = over.take(MOST).collect();
    for incident in &over {
        let (id, command) = leave(*incident);
        match engine.act(SYSTEM, id, command).await {
            // Refused: another node was faster.
            Ok(_) | Err(ActError::Refused(_)) => {}
            Err(ActError::Unavailable) => return Err(Fault::Unavailable),
        }
    }
    Ok(over.len() < MOST)
}

fn leave(incident: IncidentId) -> (CommandId, Command) {
    let name = |what: &str| Uuid::new_v5(&NAMESPACE, format!("{what} {incident}").as_bytes());
    let (id, entry) = (CommandId::new(name("command")), EntryId::new(name("entry")));
    (id, Command::Incident(IncidentCommand::On { incident, entry, intent: IncidentIntent::Leave }))
}
