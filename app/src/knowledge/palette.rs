//! What the server finds for the palette: the tasks, articles and incidents that a person may read.

use icondata_lu::{LuFileText, LuSiren};
use qibu::Fault;
use qibu::knowledge::functions::find;
use qibu::knowledge::{Found, Hit};
use shared::State;

use crate::area::{self, Heading, MOST_NAMED};
use crate::incident::room_address;
use crate::project::task_found;
use crate::sync::Replica;
use crate::words;

/// Asks the server.
pub async fn found_by_server(replica: Replica, typed: String) -> Result<Vec<area::Found>, Fault> {
    let hits = find(typed, u32::try_from(MOST_NAMED).unwrap_or_default()).await?;
    Ok(replica.peek(|state| hits.into_iter().filter_map(|hit| shown(state, hit)).collect()))
}

/// Something that was found; `None` if this browser knows that it may not be read any more.
fn shown(state: &State, hit: Hit) -> Option<area::Found> {
    let label: String = hit.title.into_iter().map(|fragment| fragment.text).collect();
    let (heading, icon, note, address) = match hit.found {
        Found::Task(card) => {
            let project = state.projects.get(&card.project)?;
            return Some(task_found(project, card.id, (&label, card.number)));
        }
        Found::Article(card) => {
            (Heading::Articles, LuFileText, words::article_kind(card.kind), format!("/knowledge/{}", card.id))
        }
        Found::Incident(card) => (Heading::Incidents, LuSiren, card.number, room_address(card.id)),
    };
    Some(area::Found { heading, icon, label, note, words: String::new(), keys: &[], address })
}
