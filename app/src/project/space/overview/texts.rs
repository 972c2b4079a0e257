//! The long texts: background and problem, edited where they stand.

use icondata_lu::LuPencil;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use shared::Field;
use shared::project::{ProjectEdit, ProjectIntent};

use super::Here;
use crate::reactive::{Show, memo};
use crate::ui::{Errors, Icon, Restored, Unsent, markdown, once_drawn};

/// Where the project comes from.
#[component]
pub fn Background() -> impl IntoView {
    let value = Here::expect().map(|project| project.registration.background.clone());
    view! {
        <LongText
            id="overview-background"
            title=t!("project.background")
            edit_label=t!("project.edit_background")
            empty=t!("project.background_hint")
            field=Field::Background
            value
            wrap=ProjectEdit::Background
        />
    }
}

/// The problem to solve.
#[component]
pub fn Problem() -> impl IntoView {
    let value = Here::expect().map(|project| project.registration.problem.clone());
    view! {
        <LongText
            id="overview-problem"
            title=t!("project.problem")
            edit_label=t!("project.edit_problem")
            empty=t!("project.problem_hint")
            field=Field::Problem
            value
            wrap=ProjectEdit::Problem
        />
    }
}

/// One long text. While it is edited it follows nobody; what others write meanwhile is shown beside it.
#[component]
fn LongText(
    id: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] edit_label: String,
    #[prop(into)] empty: String,
    field: Field,
    value: Memo<String>,
    wrap: fn(String) -> ProjectEdit,
) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let unsent = Unsent::at(&format!("project.{}.{id}", here.id));
    // What was left is gone on with.
    let form = unsent.fill((RwSignal::new(None::<String>), RwSignal::new(String::new())));
    let (base, text) = form;
    let area = NodeRef::<html::Textarea>::new();
    let is_editing = memo(move || base.with(Option::is_some) && here.manages.get());
    let others = memo(move || base.get().filter(|base| *base != value.get()).map(|_| value.get()));
    let begin = move |_| {
        text.set(value.get_untracked());
        base.set(Some(value.get_untracked()));
        // Nothing is typed yet.
        unsent.rest(&form);
        errors.clear();
        once_drawn(move || {
            if let Some(area) = area.try_get_untracked().flatten() {
                let _ = area.focus();
            }
        });
    };
    let close = move || {
        base.set(None);
        text.set(String::new());
        unsent.rest(&form);
    };
    let save = move || {
        errors.clear();
        if errors.keep(here.act(ProjectIntent::Edit(wrap(text.get_untracked())))).is_some() {
            close();
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => save(),
        // What was typed is not thrown away by one key.
        "Escape" if base.with_untracked(|base| base.as_deref() == Some(&*text.read_untracked())) => close(),
        _ => (),
    };
    let (label, empty) = (StoredValue::new(title.clone()), StoredValue::new(empty));
    view! {
        <section class="section" aria-labelledby=format!("{id}-title")>
            <header class="section-head">
                <h2 id=format!("{id}-title")>{title}</h2>
                <Show when=move || here.manages.get() && !is_editing.get()>
                    <div class="section-actions">
                        <button
                            type="button"
                            class="button ghost icon small"
                            aria-label=edit_label.clone()
                            on:click=begin
                        >
                            <Icon icon=LuPencil small=true />
                        </button>
                    </div>
                </Show>
            </header>
            {move || {
                if !is_editing.get() {
                    let text = value.get();
                    return if text.is_empty() {
                        let note = if here.manages.get() { empty.get_value() } else { t!("project.not_given").into_owned() };
                        view! { <p class="section-note">{note}</p> }.into_any()
                    } else {
                        view! {
                            <div class="column-text" style:padding-top="8px">
                                {markdown(&text, &[], None)}
                            </div>
                        }
                        .into_any()
                    };
                }
                view! {
                    <form
                        class="form"
                        style:padding-top="8px"
                        novalidate
                        on:submit=move |event: SubmitEvent| {
                            event.prevent_default();
                            save();
                        }
                    >
                        <Restored unsent />
                        <Others others text base />
                        <div class="field" data-invalid=move || errors.of(field).map(|_| "")>
                            <textarea
                                class="input"
                                node_ref=area
                                aria-label=label.get_value()
                                aria-describedby=format!("{id}-error")
                                prop:value=move || text.get()
                                on:input=move |event| text.set(event_target_value(&event))
                                on:keydown=on_key
                            ></textarea>
                            <p class="error" role="alert" id=format!("{id}-error")>
                                {move || errors.of(field).or_else(|| errors.of_form())}
                            </p>
                        </div>
                        <div class="form-actions">
                            <button type="submit" class="button primary">
                                {t!("project.save")}
                            </button>
                            <button type="button" class="button" on:click=move |_| close()>
                                {t!("project.discard")}
                            </button>
                        </div>
                    </form>
                }
                .into_any()
            }}
        </section>
    }
}

/// What others made of the text since the edit began.
#[component]
fn Others(others: Memo<Option<String>>, text: RwSignal<String>, base: RwSignal<Option<String>>) -> impl IntoView {
    move || {
        others.get().map(|theirs| {
            let take = theirs.clone();
            view! {
                <div class="notice" data-kind="warn" role="status">
                    <div>
                        <p>{t!("project.changed_meanwhile")}</p>
                        <blockquote>{theirs}</blockquote>
                    </div>
                    <button
                        type="button"
                        class="button small"
                        on:click=move |_| {
                            text.set(take.clone());
                            base.set(Some(take.clone()));
                        }
                    >
                        {t!("project.take_theirs")}
                    </button>
                </div>
            }
        })
    }
}
