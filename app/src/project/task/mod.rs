//! A task beside the board (template two): every field where it stands, each edit a command at once.

mod activity;
mod ago;
mod blocked;
mod checklist;
mod comments;
mod delivers;
mod dependencies;
mod description;
mod draft;
mod fields;
mod head;
mod journal;
mod labels;
mod name;
mod panel;
mod people;
mod progress;
mod said;
mod subject;
mod unsent;

pub use panel::TaskPanel;
