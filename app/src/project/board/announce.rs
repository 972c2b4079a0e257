//! What the live region of a board says, and where.

use leptos::prelude::*;
use shared::id::TaskId;
use shared::project::board::drag::{Announcement, Why};

use super::desk::Desk;
use super::voice::Voice;

/// Where it is said.
#[component]
pub fn LiveRegion() -> impl IntoView {
    let Voice(said) = Desk::expect().voice;
    view! {
        <div class="live-region" role="status" aria-live="polite" data-voice="board">
            {move || said.get()}
        </div>
    }
}

/// A step of a drag, in words.
pub fn announce(desk: Desk, announcement: &Announcement) {
    let said = match announcement {
        Announcement::Lifted { tasks, at: Some(at) } => t!(
            "board.said_lifted",
            what = names(desk, tasks),
            column = desk.column_name(at.column),
            position = at.position,
            count = at.count
        ),
        Announcement::Lifted { tasks, at: None } => t!("board.said_lifted_hidden", what = names(desk, tasks)),
        Announcement::Over(at) => {
            t!("board.said_over", column = desk.column_name(at.column), position = at.position, count = at.count)
        }
        Announcement::Dropped { tasks, at } => t!(
            "board.said_dropped",
            what = names(desk, tasks),
            column = desk.column_name(at.column),
            position = at.position,
            count = at.count
        ),
        Announcement::Cancelled { why: Why::Gone, .. } => t!("board.said_gone"),
        Announcement::Cancelled { tasks, .. } => t!("board.said_cancelled", what = names(desk, tasks)),
        Announcement::Fewer(left) => t!("board.said_fewer", count = left),
    };
    desk.voice.say(said);
}

/// One task by its name, several by their number.
pub fn names(desk: Desk, tasks: &[TaskId]) -> String {
    match tasks {
        [task] => t!("board.task_quoted", name = desk.task_name(*task)).into_owned(),
        _ => t!("board.tasks_counted", count = tasks.len()).into_owned(),
    }
}
