//! What can be done with several cards at once.

use std::collections::BTreeSet;

use icondata_lu::{LuUserRound, LuX};
use leptos::prelude::*;
use shared::id::{PersonId, TaskId};
use shared::project::board::drag::in_board_order;
use shared::project::task::{Priority, TaskEdit, TaskIntent};

use super::desk::{Desk, Question};
use super::menu::Menu;
use crate::reactive::{effect, memo};
use crate::ui::Icon;
use crate::words;

/// The bar over the foot of the board while cards are selected.
#[component]
pub fn SelectionBar() -> impl IntoView {
    let desk = Desk::expect();
    let count = memo(move || desk.selected.with(BTreeSet::len));
    let is_shown = memo(move || count.get() > 0);
    prune(desk);
    move || is_shown.get().then(|| bar(desk, count))
}

/// A card that a filter hides, or that is gone, is selected no more: nothing is to happen to what is not seen.
fn prune(desk: Desk) {
    effect(move || {
        let shelves = desk.shelves.get();
        let is_shown = |task: &TaskId| shelves.iter().any(|shelf| shelf.cards.contains(task));
        let surplus = desk.selected.with_untracked(|selected| selected.iter().any(|task| !is_shown(task)));
        if surplus {
            desk.selected.update(|selected| selected.retain(is_shown));
        }
    });
}

fn bar(desk: Desk, count: Memo<usize>) -> AnyView {
    let ask = move |question: fn(Vec<TaskId>) -> Question| desk.question.set(Some(question(chosen(desk))));
    view! {
        <div class="selection-bar" role="toolbar" aria-label=t!("board.selection")>
            <strong aria-live="polite">{move || t!("board.selected_count", count = count.get())}</strong>
            <button type="button" class="button small" on:click=move |_| ask(Question::Move)>
                {t!("board.move_to")}
            </button>
            <button type="button" class="button small" popovertarget="selection-priority" aria-haspopup="menu">
                {t!("board.priority")}
            </button>
            <button type="button" class="button small" popovertarget="selection-owner" aria-haspopup="menu">
                {t!("board.owner")}
            </button>
            <button type="button" class="button small ghost danger" on:click=move |_| ask(Question::Delete)>
                {t!("board.delete")}
            </button>
            <button
                type="button"
                class="button small ghost icon"
                aria-label=t!("board.clear_selection")
                on:click=move |_| desk.selected.set(BTreeSet::new())
            >
                <Icon icon=LuX small=true />
            </button>
            <Menu id="selection-priority" label=tr!("board.priority")>
                {[Priority::High, Priority::Medium, Priority::Low]
                    .map(|priority| {
                        view! {
                            <button
                                type="button"
                                class="menu-item"
                                role="menuitem"
                                tabindex="-1"
                                on:click=move |_| edit(desk, &TaskEdit::Priority(priority))
                            >
                                <span>{words::priority(priority)}</span>
                            </button>
                        }
                    })
                    .into_iter()
                    .collect_view()}
            </Menu>
            <Menu id="selection-owner" label=tr!("board.owner")>
                {move || {
                    members(desk)
                        .into_iter()
                        .map(|(person, name)| {
                            view! {
                                <button
                                    type="button"
                                    class="menu-item"
                                    role="menuitem"
                                    tabindex="-1"
                                    on:click=move |_| edit(desk, &TaskEdit::Owner(person))
                                >
                                    <Icon icon=LuUserRound small=true />
                                    <span>{name}</span>
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </Menu>
        </div>
    }
    .into_any()
}

/// The selected tasks in board order.
fn chosen(desk: Desk) -> Vec<TaskId> {
    let selected = desk.selected.get_untracked();
    desk.peek(|board| in_board_order(board, |task| selected.contains(&task))).unwrap_or_default()
}

/// Changes a field of all selected tasks, in one gesture; stops at the first refusal.
fn edit(desk: Desk, edit: &TaskEdit) {
    let edits = chosen(desk).into_iter().map(|task| TaskIntent::Edit { task, edit: edit.clone() });
    if let Err(rejection) = desk.act_all(edits) {
        desk.refuse(&rejection);
    }
}

/// The active people in the project, by name; tracked.
pub fn members(desk: Desk) -> Vec<(PersonId, String)> {
    let people = desk.replica.read(|view| {
        let project = view.project(desk.project);
        project.map(|project| project.members.keys().copied().collect::<Vec<_>>()).unwrap_or_default()
    });
    desk.replica.read(|view| {
        let people = people.iter().filter_map(|id| view.company().people.get(id)).filter(|person| person.active);
        let mut named: Vec<_> = people.map(|person| (person.id, person.name.clone())).collect();
        words::sort_by_name(&mut named, |(_, name)| name);
        named
    })
}
