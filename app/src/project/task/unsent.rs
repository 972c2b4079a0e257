//! A description that was typed and not saved, and the one that it was made from.

use serde::{Deserialize, Serialize};
use shared::id::{PersonId, TaskId};

use crate::kept;

/// A text that was typed, and the one that it was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// What the text was when the typing began.
    pub base: String,
    /// What was typed.
    pub text: String,
}

/// What was kept in this browser.
pub fn kept(person: PersonId, task: TaskId) -> Option<Unsent> {
    serde_json::from_str(&kept::kept(&name(person, task))?).ok()
}

/// Keeps a text, or forgets it.
pub fn keep(person: PersonId, task: TaskId, text: Option<Unsent>) {
    let text = text.and_then(|text| serde_json::to_string(&text).ok());
    kept::keep(&name(person, task), text.as_deref());
}

fn name(person: PersonId, task: TaskId) -> String {
    kept::unsent_name(person, &format!("description.{task}"))
}
