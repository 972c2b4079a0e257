//! The late tasks of the projects that somebody leads: their browser has their own tasks alone at hand.

use shared::inbox::late_for_lead;

use super::wire::LateTask;
use crate::Fault;
use crate::clock::now;
use crate::organisation::Caller;

/// How many are listed: whoever has more needs no longer list.
const MOST: usize = 50;

pub(super) async fn of_caller(caller: &Caller) -> Result<Vec<LateTask>, Fault> {
    let person = caller.signed_in()?.person;
    let engine = &caller.services.engine;
    engine.current().await?;
    Ok(engine.look(|state| {
        let late = late_for_lead(state, person, now()).into_iter().take(MOST);
        late.map(|(owner, task, card)| LateTask { task, owner, card: card.clone() }).collect()
    }))
}
