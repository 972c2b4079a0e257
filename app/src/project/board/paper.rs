//! The board on paper: all cards of all columns, where the screen draws only those in view.

use std::fmt::Write;

use leptos::prelude::*;
use shared::id::TaskId;
use shared::project::board::drag::Shelf;

use super::desk::Desk;
use crate::format;
use crate::words;

/// The columns as they are filtered, a line or two for each card.
pub fn paper(desk: Desk) -> AnyView {
    let shelves = desk.shelves.get_untracked();
    let columns: Vec<AnyView> = shelves.iter().map(|shelf| column(desk, shelf)).collect();
    let count = columns.len().to_string();
    view! {
        <div class="board-paper" style:--columns=count>
            {columns}
        </div>
    }
    .into_any()
}

fn column(desk: Desk, shelf: &Shelf) -> AnyView {
    let cards: Vec<AnyView> = shelf.cards.iter().filter_map(|card| line(desk, *card)).collect();
    let count = cards.len();
    view! {
        <section>
            <h2>
                {desk.column_name(shelf.column)} " " <span class="number">{count}</span>
            </h2>
            <ol>{cards}</ol>
        </section>
    }
    .into_any()
}

fn line(desk: Desk, card: TaskId) -> Option<AnyView> {
    let task = desk.peek(|board| board.task(card).ok().cloned())??;
    let mut facts = format!("{} {}", words::priority(task.priority), words::person_name(desk.replica, task.owner));
    if let Some(due) = task.due {
        // Writing to a text never fails.
        let _ = write!(facts, " {}", format::day(due));
    }
    if task.progress.percent > 0 {
        let _ = write!(facts, " {}%", task.progress.percent);
    }
    if task.blocked.is_some() {
        let _ = write!(facts, " {}", t!("board.blocked"));
    }
    let view = view! {
        <li>
            <span class="number">{task.number}</span>
            " "
            {task.name.clone()}
            <small>{facts}</small>
        </li>
    };
    Some(view.into_any())
}
