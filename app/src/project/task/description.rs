//! The description: Markdown to read, a text to edit, merged with what others write meanwhile.

use icondata_lu::LuPencil;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use shared::markdown::named as named_in;
use shared::project::task::TaskEdit;
use shared::{Field, Reason};

use super::comments::members;
use super::subject::Subject;
use super::unsent::{self, Unsent};
use crate::reactive::{Show, memo};
use crate::ui::{Errors, Icon, Mentioned, Naming, focus_later, markdown};

/// The description.
#[component]
pub fn Description() -> impl IntoView {
    let subject = Subject::expect();
    let me = subject.replica.me();
    let text = subject.map(|task| task.description.clone());
    let editing = RwSignal::new(false);
    let kept = RwSignal::new(unsent::kept(me, subject.id).is_some());
    let begin = move |_| {
        editing.set(true);
        focus_later("task-description".into());
    };
    let discard = move |_| {
        unsent::keep(me, subject.id, None);
        kept.set(false);
    };
    let is_editing = memo(move || editing.get() && subject.works.get());
    view! {
        <section class="task-section" aria-labelledby="task-description-title">
            <h3 id="task-description-title" tabindex="-1">
                {t!("task.description")} <Show when=move || subject.works.get() && !is_editing.get()>
                    <button
                        type="button"
                        class="button ghost icon small"
                        id="task-edit-description"
                        aria-label=t!("task.edit_description")
                        on:click=begin
                    >
                        <Icon icon=LuPencil small=true />
                    </button>
                </Show>
            </h3>
            {move || {
                if is_editing.get() {
                    return view! { <Edit text editing kept /> }.into_any();
                }
                let draft = (kept.get() && subject.works.get())
                    .then(|| {
                        view! {
                            <div class="notice" data-kind="info">
                                <p>{t!("task.draft_kept")}</p>
                                <button type="button" class="button small" on:click=begin>
                                    {t!("task.continue_draft")}
                                </button>
                                <button type="button" class="button ghost small" on:click=discard>
                                    {t!("task.discard")}
                                </button>
                            </div>
                        }
                    });
                let shown = text.get();
                let body = if !shown.is_empty() {
                    markdown(&shown, &named(subject, &shown), Some(me))
                } else if subject.works.get() {
                    view! {
                        <button type="button" class="property unset" on:click=begin>
                            {t!("task.add_description")}
                        </button>
                    }
                    .into_any()
                } else {
                    view! { <p class="section-note">{t!("task.none")}</p> }.into_any()
                };
                view! {
                    {draft}
                    {body}
                }
                .into_any()
            }}
        </section>
    }
}

/// The members whom a description names: those who were told.
fn named(subject: Subject, text: &str) -> Vec<Mentioned> {
    subject.replica.read(|view| {
        let people = &view.company().people;
        let named = named_in(text, people.values().map(|person| (person.id, person.name.as_str())));
        let members = named.into_iter().filter(|person| subject.role(*person).is_some());
        members.filter_map(|person| Some(Mentioned { person, name: people.get(&person)?.name.clone() })).collect()
    })
}

#[component]
fn Edit(text: Memo<String>, editing: RwSignal<bool>, kept: RwSignal<bool>) -> impl IntoView {
    let subject = Subject::expect();
    let me = subject.replica.me();
    let errors = Errors::new();
    let begun = unsent::kept(me, subject.id)
        .unwrap_or_else(|| Unsent { base: text.get_untracked(), text: text.get_untracked() });
    let base = RwSignal::new(begun.base);
    let typed = RwSignal::new(begun.text);
    let conflict = RwSignal::new(false);
    let naming = Naming::new(typed, members(subject));

    let remember = move |what: Option<Unsent>| {
        kept.set(what.is_some());
        unsent::keep(me, subject.id, what);
    };
    let close = move || {
        editing.set(false);
        focus_later("task-edit-description".into());
    };
    let save = move || {
        errors.clear();
        let edit = TaskEdit::Description { base: base.get_untracked(), text: typed.get_untracked() };
        match subject.edit(edit) {
            Ok(()) => {
                remember(None);
                close();
            }
            Err(rejection) => {
                conflict.set(rejection.reason == Reason::TextConflict);
                errors.add(rejection);
            }
        }
    };
    let on_input = move |event| {
        typed.set(event_target_value(&event));
        naming.look();
        remember(Some(Unsent { base: base.get_untracked(), text: typed.get_untracked() }));
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        _ if naming.on_key(&event) => (),
        "Enter" if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            save();
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            if typed.with_untracked(|typed| base.with_untracked(|base| typed == base)) {
                remember(None);
            }
            close();
        }
        _ => (),
    };
    // From now on theirs is the base: what is saved then replaces it knowingly.
    let rebase = move |take: bool| {
        errors.clear();
        conflict.set(false);
        base.set(text.get_untracked());
        if take {
            typed.set(text.get_untracked());
        } else {
            save();
        }
    };
    let others = move || {
        if conflict.get() {
            let theirs = text.get();
            return view! {
                <div class="notice" data-kind="warn">
                    <div>
                        <p>{t!("task.their_version")}</p>
                        <blockquote style:white-space="pre-wrap">{theirs}</blockquote>
                    </div>
                    <button type="button" class="button small" on:click=move |_| rebase(true)>
                        {t!("task.take_theirs")}
                    </button>
                    <button type="button" class="button small" on:click=move |_| rebase(false)>
                        {t!("task.keep_mine")}
                    </button>
                </div>
            }
            .into_any();
        }
        let overtaken = text.with(|text| base.with(|base| base != text));
        overtaken.then(|| view! { <p class="hint" role="status">{t!("task.will_be_merged")}</p> }).into_any()
    };
    view! {
        <form
            class="composer"
            novalidate
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                save();
            }
        >
            <div class="field" data-invalid=move || errors.of(Field::Description).map(|_| "")>
                <textarea
                    class="input"
                    id="task-description"
                    aria-label=t!("task.description")
                    aria-describedby="task-description-error"
                    aria-invalid=move || errors.of(Field::Description).map(|_| "true")
                    aria-autocomplete="list"
                    aria-controls=naming.list()
                    aria-activedescendant=move || naming.active()
                    style:anchor-name=naming.anchor()
                    node_ref=naming.area
                    prop:value=move || typed.get()
                    on:input=on_input
                    on:click=move |_| naming.look()
                    on:keydown=on_key
                    on:blur=move |_| naming.close()
                ></textarea>
                {naming.offer()}
                <p class="error" role="alert" id="task-description-error">
                    {move || errors.of(Field::Description).or_else(|| errors.of_form())}
                </p>
                {others}
            </div>
            <div class="composer-foot">
                <span class="hint">{t!("task.markdown_hint")}</span>
                <button type="submit" class="button primary small">
                    {t!("task.save")}
                </button>
                <button
                    type="button"
                    class="button ghost small"
                    on:click=move |_| {
                        remember(None);
                        close();
                    }
                >
                    {t!("task.discard")}
                </button>
            </div>
        </form>
    }
}
