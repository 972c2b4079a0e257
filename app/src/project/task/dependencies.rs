//! What must be finished first, and how many working days before.

use icondata_lu::LuX;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use shared::arrange::Arrange as _;
use shared::id::TaskId;
use shared::project::board::{Board, Status};
use shared::project::task::{Dependency, Task, TaskEdit};
use shared::{Field, Reason, Rejection};

use super::fields::Property;
use super::subject::Subject;
use crate::project::space::board_address;
use crate::reactive::{For, Show};
use crate::ui::{Address, Choice, Combobox, Errors, Icon, focus_later};
use crate::words;

/// How many tasks a search offers at once.
const OFFERED: usize = 8;

/// The tasks that come first.
#[component]
pub fn Dependencies() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let list = subject.map(|task| task.dependencies.clone());
    let adding = RwSignal::new(false);
    view! {
        <Property label=t!("task.dependencies") errors field=Field::Dependencies>
            <Show when=move || !list.with(Vec::is_empty)>
                <ul>
                    <For each=move || list.get() key=|first| (first.on, first.days) let(dependency)>
                        <Line dependency errors />
                    </For>
                </ul>
            </Show>
            {move || {
                if !subject.works.get() {
                    return list.with(Vec::is_empty).then(|| t!("task.none")).into_any();
                }
                if adding.get() {
                    return view! { <Add adding errors /> }.into_any();
                }
                view! {
                    <button
                        type="button"
                        class="property unset"
                        id="task-add-dependency"
                        on:click=move |_| {
                            adding.set(true);
                            focus_later("task-dependency".into());
                        }
                    >
                        {t!("task.add_dependency")}
                    </button>
                }
                .into_any()
            }}
        </Property>
    }
}

#[component]
fn Line(dependency: Dependency, errors: Errors) -> impl IntoView {
    let subject = Subject::expect();
    let board = Address::of(board_address(subject.project));
    let first = subject.on_board(move |board| {
        let task = board.task(dependency.on).ok()?;
        Some((task.number, task.name.clone(), board.status(task)))
    });
    let first = move || first.get().flatten().unwrap_or((0, String::new(), Status::Todo));
    let address = move || board.with(&[("task", &dependency.on.to_string())]);
    let days = move || match dependency.days {
        0 => t!("task.before_this"),
        1 => t!("task.one_day_before"),
        days => t!("task.days_before", days = days),
    };
    let remove = move |_| {
        errors.clear();
        errors.keep(subject.edit(TaskEdit::RemoveDependency(dependency.on)));
        focus_later("task-add-dependency".into());
    };
    view! {
        <li>
            <span class="status" data-status=move || words::status_key(first().2)>
                <span class="visually-hidden">{move || words::status(first().2)}</span>
                <a href=address>
                    {move || {
                        let (number, name, _) = first();
                        t!("task.number_and_name", number = number, name = name)
                    }}
                </a>
            </span>
            " " <small>{days}</small>
            <Show when=move || subject.works.get()>
                <button
                    type="button"
                    class="button ghost icon small"
                    aria-label=move || t!("task.remove_dependency", name = first().1)
                    on:click=remove
                >
                    <Icon icon=LuX small=true />
                </button>
            </Show>
        </li>
    }
}

/// The search for another task, and how many days it must be ahead.
#[component]
fn Add(adding: RwSignal<bool>, errors: Errors) -> impl IntoView {
    let subject = Subject::expect();
    let text = RwSignal::new(String::new());
    let days = RwSignal::new(String::from("0"));
    let chosen = StoredValue::new(None::<Choice>);
    let find = Callback::new(move |text: String| {
        subject
            .replica
            .peek(|state| state.board(subject.project).map(|board| matching(board, subject, &text)))
            .unwrap_or_default()
    });
    let pick = Callback::new(move |choice: Choice| {
        text.set(choice.label.clone());
        chosen.set_value(Some(choice));
    });
    let close = move || {
        errors.clear();
        adding.set(false);
        focus_later("task-add-dependency".into());
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        errors.clear();
        let typed = text.get_untracked();
        let picked = chosen.get_value().filter(|choice| choice.label == typed);
        // A number or name that fits one task alone is as good as one picked.
        let alone = || {
            let mut found = find.run(typed.clone()).into_iter();
            found.next().filter(|_| !typed.trim().is_empty() && found.next().is_none())
        };
        let Some(choice) = picked.or_else(alone) else {
            errors.add(Rejection::of(Field::Dependencies, Reason::Required));
            return;
        };
        let days = days.with_untracked(|days| days.trim().parse().unwrap_or(u16::MAX));
        let Ok(on) = choice.value.parse() else { return };
        let dependency = Dependency { on, days };
        if errors.keep(subject.edit(TaskEdit::AddDependency(dependency))).is_some() {
            close();
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
    };
    view! {
        <form class="form" novalidate aria-label=t!("task.add_dependency") on:submit=save on:keydown=on_key>
            <Combobox
                id="task-dependency"
                label=t!("task.task_that_comes_first")
                placeholder=t!("task.name_or_number")
                text
                find
                on_pick=pick
            />
            <div class="field">
                <label for="task-dependency-days">{t!("task.working_days_before")}</label>
                <input
                    class="input narrow"
                    id="task-dependency-days"
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    prop:value=move || days.get()
                    on:input=move |event| days.set(event_target_value(&event))
                />
            </div>
            <div class="form-actions">
                <button type="submit" class="button small">
                    {t!("task.add")}
                </button>
                <button type="button" class="button ghost small" on:click=move |_| close()>
                    {t!("task.cancel")}
                </button>
            </div>
        </form>
    }
}

/// The tasks that fit a text by number or name, without this one and those that come first already.
fn matching(board: &Board, subject: Subject, text: &str) -> Vec<Choice> {
    let text = text.trim().trim_start_matches('#').to_lowercase();
    let number = text.parse::<u32>().ok();
    let taken: Vec<TaskId> = subject.now(|task| task.dependencies.iter().map(|dependency| dependency.on).collect());
    let fits = |task: &&Task| {
        task.id != subject.id
            && !taken.contains(&task.id)
            && (number == Some(task.number) || task.name.to_lowercase().contains(&text))
    };
    let mut found: Vec<&Task> = board.tasks().values().map(AsRef::as_ref).filter(fits).collect();
    found.arrange_by_key(|task| (number != Some(task.number), std::cmp::Reverse(task.number)));
    found.truncate(OFFERED);
    let choice = |task: &Task| Choice {
        value: task.id.to_string(),
        label: task.name.clone(),
        note: t!("task.number", number = task.number).into_owned(),
    };
    found.into_iter().map(choice).collect()
}
