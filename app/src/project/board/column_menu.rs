//! What the lead can do with a column, and the column that is added at the end.

use icondata_lu::{LuArrowLeft, LuArrowRight, LuCircleDot, LuEllipsis, LuGauge, LuPencil, LuTrash2};
use leptos::prelude::*;
use shared::id::ColumnId;
use shared::project::board::{Board, BoardIntent, Column, NewColumn, Status};
use shared::{Field as FieldName, Reason, Rejection};
use uuid::Uuid;

use super::desk::Desk;
use super::menu::{Menu, MenuItem};
use crate::reactive::{derived, effect, memo};
use crate::ui::{Confirm, Errors, Field, FormDialog, Icon, TextInput, focus_later};
use crate::words;

/// The statuses that a column can stand for: blocked is a mark on a card.
const STATUSES: [Status; 5] = [Status::Todo, Status::InProgress, Status::Submitted, Status::Done, Status::Cancelled];

/// What a dialog changes about a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Name,
    Status,
    Limit,
}

/// The menu of a column, with its dialogs.
#[component]
pub fn ColumnMenu(
    /// Whose.
    column: Memo<Column>,
) -> impl IntoView {
    let desk = Desk::expect();
    let id = column.with_untracked(|column| column.id);
    let menu_id = format!("column-menu-{id}");
    let (open, change) = (RwSignal::new(false), RwSignal::new(Change::Name));
    let removing = RwSignal::new(false);
    let ask = move |what| {
        Callback::new(move |()| {
            change.set(what);
            open.set(true);
        })
    };
    let shift = move |by: isize| Callback::new(move |()| shift(desk, id, by));
    let label = derived(move || t!("board.column_menu", column = column.with(|it| it.name.clone())).into_owned());
    let at = move || desk.columns.with(|columns| (columns.iter().position(|it| it.id == id), columns.len()));
    view! {
        <button
            type="button"
            class="button ghost icon small column-menu"
            id=format!("{menu_id}-button")
            popovertarget=menu_id.clone()
            aria-haspopup="menu"
            aria-label=move || label.get()
        >
            <Icon icon=LuEllipsis small=true />
        </button>
        <Menu id=menu_id label>
            <MenuItem label=tr!("board.rename") icon=LuPencil on_pick=ask(Change::Name) />
            <MenuItem label=tr!("board.set_status") icon=LuCircleDot on_pick=ask(Change::Status) />
            <MenuItem label=tr!("board.set_limit") icon=LuGauge on_pick=ask(Change::Limit) />
            <hr />
            <MenuItem
                label=tr!("board.move_left")
                icon=LuArrowLeft
                disabled=at().0 == Some(0)
                on_pick=shift(-1)
            />
            <MenuItem
                label=tr!("board.move_right")
                icon=LuArrowRight
                disabled=at().0.is_none_or(|place| place + 1 >= at().1)
                on_pick=shift(1)
            />
            <hr />
            <MenuItem
                label=tr!("board.remove_column")
                icon=LuTrash2
                danger=true
                on_pick=Callback::new(move |()| removing.set(true))
            />
        </Menu>
        <ColumnDialog column open change />
        <RemoveDialog column open=removing />
    }
    .into_any()
}

/// Moves a column one place on, and says where it is.
fn shift(desk: Desk, id: ColumnId, by: isize) {
    let columns = desk.columns.get_untracked();
    let Some(at) = columns.iter().position(|column| column.id == id) else { return };
    let after = match by {
        ..0 => at.checked_sub(2).map(|at| columns[at].id),
        _ => columns.get(at + 1).map(|column| column.id),
    };
    match desk.arrange(BoardIntent::MoveColumn { column: id, after }) {
        Ok(()) => {
            let position = desk.columns.with_untracked(|columns| columns.iter().position(|column| column.id == id));
            let position = position.unwrap_or_default() + 1;
            desk.voice.say(t!(
                "board.said_column_moved",
                column = desk.column_name(id),
                position = position,
                count = columns.len()
            ));
            // The column is drawn anew elsewhere, and its button with it.
            focus_later(format!("column-menu-{id}-button"));
        }
        Err(rejection) => desk.refuse(&rejection),
    }
}

/// Changes one thing about a column.
#[component]
fn ColumnDialog(column: Memo<Column>, open: RwSignal<bool>, change: RwSignal<Change>) -> impl IntoView {
    let desk = Desk::expect();
    let errors = Errors::new();
    let (name, limit) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let status = RwSignal::new(Status::Todo);
    effect(move || {
        if open.get() {
            errors.clear();
            let now = column.get_untracked();
            name.set(now.name);
            status.set(now.status);
            limit.set(now.wip_limit.map(|limit| limit.to_string()).unwrap_or_default());
        }
    });
    let id = column.with_untracked(|column| column.id);
    let submit = Callback::new(move |()| {
        errors.clear();
        let intent = match change.get_untracked() {
            Change::Name => BoardIntent::RenameColumn { column: id, name: name.get_untracked() },
            Change::Status => BoardIntent::SetStatus { column: id, status: status.get_untracked() },
            Change::Limit => match limit_of(&limit.get_untracked()) {
                Ok(limit) => BoardIntent::SetWipLimit { column: id, limit },
                Err(rejection) => return errors.add(rejection),
            },
        };
        if errors.keep(desk.arrange(intent)).is_some() {
            open.set(false);
        }
    });
    let title = derived(move || {
        let column = column.with(|column| column.name.clone());
        match change.get() {
            Change::Name => t!("board.rename_what", column = column),
            Change::Status => t!("board.set_status_what", column = column),
            Change::Limit => t!("board.set_limit_what", column = column),
        }
        .into_owned()
    });
    view! {
        <FormDialog open title submit=tr!("board.save") errors on_submit=submit>
            {move || match change.get() {
                Change::Name => view! { <NameField id=format!("name-{id}") name errors /> }.into_any(),
                Change::Status => view! { <StatusField id=format!("status-{id}") status /> }.into_any(),
                Change::Limit => {
                    view! {
                        <TextInput
                            id=format!("limit-{id}")
                            label=t!("board.limit")
                            hint=t!("board.limit_hint")
                            value=limit
                            error=derived(move || errors.of(FieldName::WipLimit))
                            autofocus=true
                        />
                    }
                        .into_any()
                }
            }}
        </FormDialog>
    }
    .into_any()
}

/// What a person typed as a limit: nothing for none.
fn limit_of(text: &str) -> Result<Option<u16>, Rejection> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // What is no number at all gets the same answer as one outside the limits.
    text.parse().map(Some).map_err(|_| Rejection::of(FieldName::WipLimit, Reason::OutOfRange { min: 1, max: 999 }))
}

#[component]
fn NameField(id: String, name: RwSignal<String>, errors: Errors) -> impl IntoView {
    view! {
        <TextInput
            id
            label=t!("board.column_name")
            value=name
            error=derived(move || errors.of(FieldName::Name))
            autofocus=true
        />
    }
}

#[component]
fn StatusField(id: String, status: RwSignal<Status>) -> impl IntoView {
    view! {
        <Field id=id.clone() label=t!("board.status") hint=t!("board.status_hint") error=derived(|| None::<String>)>
            <select
                class="input"
                id=id.clone()
                aria-describedby=format!("{id}-hint")
                on:change=move |event| {
                    let value = event_target_value(&event);
                    if let Some(chosen) = STATUSES.into_iter().find(|status| words::status_key(*status) == value) {
                        status.set(chosen);
                    }
                }
            >
                {STATUSES
                    .map(|each| {
                        view! {
                            <option value=words::status_key(each) prop:selected=move || status.get() == each>
                                {words::status(each)}
                            </option>
                        }
                    })
                    .into_iter()
                    .collect_view()}
            </select>
        </Field>
    }
}

/// Removes a column, if it is empty.
#[component]
fn RemoveDialog(column: Memo<Column>, open: RwSignal<bool>) -> impl IntoView {
    let desk = Desk::expect();
    let errors = Errors::new();
    let on_yes = Callback::new(move |()| {
        errors.clear();
        let id = column.with_untracked(|column| column.id);
        if errors.keep(desk.arrange(BoardIntent::RemoveColumn(id))).is_some() {
            open.set(false);
        }
    });
    effect(move || {
        if open.get() {
            errors.clear();
        }
    });
    let (id, name) = (column.with_untracked(|column| column.id), move || column.with(|column| column.name.clone()));
    // Also those that a filter hides.
    let left = memo(move || {
        let here = |board: &Board| board.tasks().values().filter(|task| task.column == id).count();
        if open.get() { desk.read(here).unwrap_or_default() } else { 0 }
    });
    let text = move || match left.get() {
        0 => t!("board.remove_text").into_owned(),
        count => t!("board.remove_first", count = count).into_owned(),
    };
    view! {
        <Confirm
            open
            title=derived(move || t!("board.remove_what", column = name()).into_owned())
            text=derived(text)
            is_barred=derived(move || left.get() > 0)
            submit=tr!("board.remove_column")
            on_yes
            errors
        />
    }
    .into_any()
}

/// The button after the last column, with its dialog.
#[component]
pub fn AddColumn() -> impl IntoView {
    let desk = Desk::expect();
    let errors = Errors::new();
    let open = RwSignal::new(false);
    let (name, status) = (RwSignal::new(String::new()), RwSignal::new(Status::Todo));
    let submit = Callback::new(move |()| {
        errors.clear();
        let (name, status) = (name.get_untracked(), status.get_untracked());
        let column = NewColumn { id: ColumnId::new(Uuid::now_v7()), name, status };
        if errors.keep(desk.arrange(BoardIntent::AddColumn(column))).is_some() {
            open.set(false);
        }
    });
    let begin = move |_| {
        errors.clear();
        name.set(String::new());
        status.set(Status::Todo);
        open.set(true);
    };
    view! {
        <button type="button" class="column-add" aria-label=t!("board.add_column") title=t!("board.add_column") on:click=begin>
            "+"
        </button>
        <FormDialog
            open
            title=tr!("board.add_column")
            submit=tr!("board.add_column")
            errors
            on_submit=submit
        >
            <NameField id="new-column-name".to_owned() name errors />
            <StatusField id="new-column-status".to_owned() status />
        </FormDialog>
    }
    .into_any()
}
