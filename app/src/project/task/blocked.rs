//! Whether the task waits for somebody: for what, from whom, since when.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use shared::Field;
use shared::id::{DepartmentId, PersonId};
use shared::project::task::{AwaitedFrom, Blocked, TaskEdit};

use super::ago::{Minutes, age};
use super::subject::Subject;
use crate::format;
use crate::project::space::department_choices;
use crate::reactive::{Show, derived};
use crate::ui::{
    Choice, Errors, Field as FieldView, PersonTag, Picker, Text, TextInput, focus_error, focus_later, person_choices,
};
use crate::words::department_name;

/// The note of a blocked task, and the form that marks it so.
#[component]
pub fn Block(
    /// Whether the form is open.
    editing: RwSignal<bool>,
) -> impl IntoView {
    let subject = Subject::expect();
    let blocked = subject.map(|task| task.blocked.clone());
    let errors = Errors::new();
    let begin = move |_| {
        errors.clear();
        editing.set(true);
        focus_later("task-awaiting".into());
    };
    let unblock = move |_| {
        errors.clear();
        errors.keep(subject.edit(TaskEdit::Unblock));
    };
    view! {
        {move || {
            blocked
                .get()
                .map(|blocked| {
                    view! {
                        <div class="blocked-note">
                            <Waiting blocked />
                            <Show when=move || subject.works.get() && !editing.get()>
                                <button type="button" class="button ghost small" on:click=begin>
                                    {t!("task.change_block")}
                                </button>
                                <button type="button" class="button small" on:click=unblock>
                                    {t!("task.unblock")}
                                </button>
                            </Show>
                        </div>
                    }
                })
        }}
        <Show when=move || editing.get() && subject.works.get()>
            <Edit editing errors />
        </Show>
        <div class="field">
            <p class="error" role="alert">
                {move || errors.of_form()}
            </p>
        </div>
    }
}

/// The way to mark a task as blocked, among its properties.
#[component]
pub fn BlockProperty(
    /// Whether the form is open.
    editing: RwSignal<bool>,
) -> impl IntoView {
    let subject = Subject::expect();
    let is_blocked = subject.map(|task| task.blocked.is_some());
    let status = subject.status();
    let begin = move |_| {
        editing.set(true);
        focus_later("task-awaiting".into());
    };
    view! {
        <Show when=move || {
            subject.works.get() && !is_blocked.get() && !editing.get() && !status.get().is_over()
        }>
            <div>
                <dt>{t!("task.blocked")}</dt>
                <dd>
                    <button type="button" class="property unset" id="task-block" on:click=begin>
                        {t!("task.block")}
                    </button>
                </dd>
            </div>
        </Show>
    }
}

#[component]
fn Waiting(blocked: Blocked) -> impl IntoView {
    let subject = Subject::expect();
    let Blocked { awaiting, from, since } = blocked;
    let minutes = Minutes::find();
    let mark = move || {
        if let Some(minutes) = minutes {
            minutes.track();
        }
        t!("task.blocked_for", age = age(since))
    };
    let from = match from {
        AwaitedFrom::Person(person) => view! { <PersonTag person /> }.into_any(),
        AwaitedFrom::Department(department) => {
            view! { <span>{move || department_name(subject.replica, department)}</span> }.into_any()
        }
    };
    view! {
        <span class="blocked" title=format::instant(since)>
            {mark}
        </span>
        <span>{awaiting}</span>
        {from}
    }
}

/// What is awaited, and from whom.
#[component]
fn Edit(editing: RwSignal<bool>, errors: Errors) -> impl IntoView {
    let subject = Subject::expect();
    let before = subject.now(|task| task.blocked.clone());
    let is_new = before.is_none();
    let from = RwSignal::new(before.as_ref().map(|blocked| blocked.from));
    let awaiting = RwSignal::new(before.map(|blocked| blocked.awaiting).unwrap_or_default());
    let close = move || {
        errors.clear();
        editing.set(false);
        focus_later("task-block".into());
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        errors.clear();
        let Some(from) = from.get_untracked() else {
            errors.add(shared::Rejection::of(Field::AwaitedFrom, shared::Reason::Required));
            focus_error();
            return;
        };
        if errors.keep(subject.edit(TaskEdit::Block { awaiting: awaiting.get_untracked(), from })).is_some() {
            close();
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
    };
    let choose = Callback::new(move |value: String| {
        // People and departments share one list; an id is one or the other.
        let is_department =
            |id: DepartmentId| subject.replica.peek(|state| state.company.departments.contains_key(&id));
        let department = value.parse().ok().filter(|id| is_department(*id)).map(AwaitedFrom::Department);
        from.set(department.or_else(|| value.parse().ok().map(AwaitedFrom::Person)));
    });
    let person = derived(move || match from.get() {
        Some(AwaitedFrom::Person(person)) => Some(person),
        _ => None,
    });
    let is_member = move |(person, _): (PersonId, Option<DepartmentId>)| subject.role(person).is_some();
    let members = person_choices(person, Callback::new(is_member));
    let others = person_choices(Signal::stored(None), Callback::new(move |who| !is_member(who)));
    let departments = department_choices(Callback::new(|_| true));
    let none = Choice::none(t!("task.choose"));
    // The members first, who are asked most.
    let options = derived(move || {
        let all = [vec![none.clone()], members.get(), departments.get(), others.get()];
        all.into_iter().flatten().collect::<Vec<_>>()
    });
    let chosen = derived(move || match from.get() {
        Some(AwaitedFrom::Person(person)) => person.to_string(),
        Some(AwaitedFrom::Department(department)) => department.to_string(),
        None => String::new(),
    });
    view! {
        <form
            class="form"
            novalidate
            aria-label=t!("task.block")
            style:margin-block-end="12px"
            on:submit=save
            on:keydown=on_key
        >
            <TextInput
                id="task-awaiting"
                label=t!("task.awaiting")
                hint=t!("task.awaiting_hint")
                kind=Text::Line
                value=awaiting
                error=derived(move || errors.of(Field::Awaiting))
            />
            <FieldView
                id="task-awaited-from"
                label=t!("task.awaited_from")
                error=derived(move || errors.of(Field::AwaitedFrom))
            >
                <Picker id="task-awaited-from" chosen options on_pick=choose />
            </FieldView>
            <div class="form-actions">
                <button type="submit" class="button small">
                    {if is_new { t!("task.block") } else { t!("task.save") }}
                </button>
                <button type="button" class="button ghost small" on:click=move |_| close()>
                    {t!("task.cancel")}
                </button>
            </div>
        </form>
    }
}
