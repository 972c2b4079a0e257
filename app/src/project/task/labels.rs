//! Labels: free words to find a task by.

use std::collections::BTreeSet;

use icondata_lu::LuX;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use shared::Field;
use shared::project::task::TaskEdit;

use super::fields::Property;
use super::subject::Subject;
use crate::reactive::For;
use crate::ui::{Errors, Icon, focus_later, label_hue};

/// The labels, with a way to add and remove.
#[component]
pub fn Labels() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let labels = subject.map(|task| task.labels.iter().cloned().collect::<Vec<_>>());
    let adding = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let others = RwSignal::new(BTreeSet::new());
    let add = move || {
        if !subject.is_here() {
            return;
        }
        errors.clear();
        if text.with_untracked(|text| text.trim().is_empty()) {
            return;
        }
        if errors.keep(subject.edit(TaskEdit::AddLabel(text.get_untracked()))).is_some() {
            text.set(String::new());
        }
    };
    let begin = move |_| {
        // Those in use on the board are offered, so that one thing keeps one name.
        others.set(subject.replica.peek(|state| {
            let tasks = state.board(subject.project).map(|board| board.tasks().values()).into_iter().flatten();
            tasks.flat_map(|task| task.labels.iter().cloned()).collect()
        }));
        adding.set(true);
        focus_later("task-label".into());
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            add();
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            errors.clear();
            text.set(String::new());
            adding.set(false);
            focus_later("task-add-label".into());
        }
        _ => (),
    };
    let remove = move |label: String| {
        errors.clear();
        errors.keep(subject.edit(TaskEdit::RemoveLabel(label)));
        focus_later(if adding.get_untracked() { "task-label" } else { "task-add-label" }.into());
    };
    let chip = move |label: String| {
        let (shown, hue) = (label.clone(), label_hue(&label).to_string());
        view! {
            <span class="chip" style:--hue=hue>
                {shown}
                {move || {
                    let label = label.clone();
                    let name = t!("task.remove_label", label = label);
                    subject
                        .works
                        .get()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="chip-remove"
                                    aria-label=name
                                    on:click=move |_| remove(label.clone())
                                >
                                    <Icon icon=LuX small=true />
                                </button>
                            }
                        })
                }}
            </span>
        }
    };
    view! {
        <Property label=t!("task.labels") errors field=Field::Label>
            <For each=move || labels.get() key=Clone::clone let(label)>
                {chip(label)}
            </For>
            {move || {
                if !subject.works.get() {
                    return labels.with(Vec::is_empty).then(|| t!("task.none")).into_any();
                }
                if !adding.get() {
                    return view! {
                        <button type="button" class="property unset" id="task-add-label" on:click=begin>
                            {t!("task.add_label")}
                        </button>
                    }
                    .into_any();
                }
                view! {
                    <input
                        class="input narrow"
                        id="task-label"
                        type="text"
                        autocomplete="off"
                        list="task-labels"
                        aria-label=t!("task.add_label")
                        placeholder=t!("task.new_label")
                        prop:value=move || text.get()
                        on:input=move |event| text.set(event_target_value(&event))
                        on:keydown=on_key
                        on:blur=move |_| add()
                    />
                    <datalist id="task-labels">
                        {move || {
                            let here = labels.get();
                            others
                                .get()
                                .into_iter()
                                .filter(|label| !here.contains(label))
                                .map(|label| view! { <option value=label></option> })
                                .collect_view()
                        }}
                    </datalist>
                }
                .into_any()
            }}
        </Property>
    }
}
