//! Small steps: added, ticked off, removed.

use icondata_lu::LuX;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared::Field;
use shared::id::ItemId;
use shared::project::task::{Item, TaskEdit};
use uuid::Uuid;

use super::subject::Subject;
use crate::reactive::{For, Show, memo};
use crate::ui::{Errors, Icon, Unsent, focus};

/// The checklist.
#[component]
pub fn Checklist() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let items = subject.map(|task| task.checklist.clone());
    let (_, text) = Unsent::text_at(&format!("task.{}.item", subject.id));
    let count = move || items.with(|items| (items.iter().filter(|item| item.done).count(), items.len()));
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        errors.clear();
        let id = ItemId::new(Uuid::now_v7());
        if errors.keep(subject.edit(TaskEdit::AddItem { id, text: text.get_untracked() })).is_some() {
            text.set(String::new());
        }
    };
    view! {
        <section class="task-section" aria-labelledby="task-checklist-title">
            <h3 id="task-checklist-title">
                {t!("task.checklist")} " "
                <Show when=move || { count().1 > 0 }>
                    <span class="column-count">
                        {move || {
                            let (done, all) = count();
                            t!("task.done_of", done = done, all = all)
                        }}
                    </span>
                </Show>
            </h3>
            <ul class="checklist">
                <For each=move || items.get() key=|item| item.id let(item)>
                    <Line item items errors />
                </For>
            </ul>
            {move || {
                if !subject.works.get() {
                    return items
                        .with(Vec::is_empty)
                        .then(|| view! { <p class="section-note">{t!("task.none")}</p> })
                        .into_any();
                }
                view! {
                    <form novalidate aria-label=t!("task.add_item") on:submit=add>
                        <div class="field" data-invalid=move || errors.of(Field::ChecklistItem).map(|_| "")>
                            <div class="row">
                                <input
                                    class="input"
                                    id="task-item"
                                    type="text"
                                    autocomplete="off"
                                    aria-label=t!("task.new_item")
                                    aria-describedby="task-item-error"
                                    aria-invalid=move || errors.of(Field::ChecklistItem).map(|_| "true")
                                    placeholder=t!("task.new_item")
                                    prop:value=move || text.get()
                                    on:input=move |event| text.set(event_target_value(&event))
                                />
                                <button type="submit" class="button">
                                    {t!("task.add")}
                                </button>
                            </div>
                            <p class="error" role="alert" id="task-item-error">
                                {move || errors.of(Field::ChecklistItem).or_else(|| errors.of_form())}
                            </p>
                        </div>
                    </form>
                }
                .into_any()
            }}
        </section>
    }
}

#[component]
fn Line(item: Item, items: Memo<Vec<Item>>, errors: Errors) -> impl IntoView {
    let subject = Subject::expect();
    let Item { id, text, .. } = item;
    let done = memo(move || items.with(|items| items.iter().any(|item| item.id == id && item.done)));
    let check = move |event| {
        errors.clear();
        errors.keep(subject.edit(TaskEdit::CheckItem { id, done: event_target_checked(&event) }));
    };
    let remove = move |_| {
        errors.clear();
        errors.keep(subject.edit(TaskEdit::RemoveItem(id)));
        focus("task-item");
    };
    let label = t!("task.remove_item", text = text).into_owned();
    view! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || done.get()
                    prop:disabled=move || !subject.works.get()
                    on:change=check
                />
                <span>{text}</span>
            </label>
            <Show when=move || subject.works.get()>
                <button
                    type="button"
                    class="button ghost icon small"
                    aria-label=label.clone()
                    on:click=remove
                >
                    <Icon icon=LuX small=true />
                </button>
            </Show>
        </li>
    }
}
