//! Handing in a version: a file or a link, and what is different.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared::file::Attachment;
use shared::id::DeliverableId;
use shared::project::deliverable::{Content, Deliverable, DeliverableIntent, NewVersion, Standing};
use shared::{Field, Reason, Rejection};

use super::Here;
use super::sheet::SHEET;
use crate::reactive::{Show, derived, memo};
use crate::ui::{Along, Attach, Errors, TextInput, Unsent, focus_error, focus_later, forget_left_at};

/// Names the button that opens the form.
const ANOTHER: &str = "hand-in-another";

/// The form; behind a button where nothing asks for it.
#[component]
pub fn HandIn(now: Memo<Arc<Deliverable>>) -> impl IntoView {
    let stands = memo(move || now.with(|now| now.standing()));
    let asked = RwSignal::new(false);
    let is_open = memo(move || asked.get() || matches!(stands.get(), Standing::Awaited | Standing::Returned));
    view! {
        <section class="task-section" aria-label=t!("deliverable.hand_in")>
            <Show when=move || is_open.get()>
                <h3>
                    {move || {
                        if stands.get() == Standing::Awaited {
                            t!("deliverable.hand_in_first")
                        } else {
                            t!("deliverable.hand_in_another")
                        }
                    }}
                </h3>
            </Show>
            <Show when=move || stands.get() == Standing::Accepted>
                <p class="section-note">{t!("deliverable.reopens")}</p>
            </Show>
            <Show
                when=move || is_open.get()
                fallback=move || {
                    view! {
                        <button
                            type="button"
                            class="button small"
                            id=ANOTHER
                            on:click=move |_| {
                                asked.set(true);
                                focus_later("version-link".into());
                            }
                        >
                            {t!("deliverable.hand_in_another")}
                        </button>
                    }
                }
            >
                <Form now asked />
            </Show>
        </section>
    }
}

/// Where what was typed and not handed in is kept.
fn place(deliverable: DeliverableId) -> String {
    format!("deliverable.{deliverable}")
}

#[component]
fn Form(now: Memo<Arc<Deliverable>>, asked: RwSignal<bool>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let id = now.with_untracked(|now| now.id);
    let unsent = Unsent::at(&place(id));
    let (link, note, files) = unsent.fill((
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(Vec::<Attachment>::new()),
    ));
    let along = Along::of(files);
    let send = Callback::new(move |()| {
        errors.clear();
        let (address, mut attached) = (link.get_untracked(), files.get_untracked());
        let content = match (attached.len(), address.trim().is_empty()) {
            (1, true) => Content::File(attached.remove(0)),
            (0, _) => Content::Link(address),
            _ => {
                errors.add(Rejection::of(Field::Version, Reason::TooMany { max: 1 }));
                return focus_error();
            }
        };
        let version = NewVersion { content, note: note.get_untracked() };
        if errors.keep(here.act(DeliverableIntent::HandIn { deliverable: id, version })).is_some() {
            link.set(String::new());
            note.set(String::new());
            files.set(Vec::new());
            asked.set(false);
            // The form goes as it is sent, before what is typed in it is kept anew.
            forget_left_at(&place(id));
            focus_later(SHEET.into());
        } else {
            focus_error();
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if along.are_here() {
            send.run(());
        }
    };
    let wrong = derived(move || {
        errors.of(Field::Version).map(|text| {
            let links = usize::from(link.with_untracked(|link| !link.trim().is_empty()));
            match files.with_untracked(Vec::len) + links {
                0 => t!("deliverable.file_or_link").into_owned(),
                1 => text,
                _ => t!("deliverable.one_of_both").into_owned(),
            }
        })
    });
    view! {
        <form class="form delivery-form" novalidate on:submit=submit>
            <Attach along send />
            <TextInput
                id="version-link"
                label=t!("deliverable.link")
                hint=t!("deliverable.link_hint")
                value=link
                error=wrong
            />
            <TextInput
                id="version-note"
                label=t!("deliverable.note")
                hint=t!("deliverable.note_hint")
                value=note
                error=derived(move || errors.of(Field::Note))
            />
            <div class="field">
                <p class="error" role="alert">
                    {move || errors.of(Field::Attachments).or_else(|| errors.of_form())}
                </p>
            </div>
            <div class="form-actions">
                <button type="submit" class="button primary">
                    {t!("deliverable.hand_in")}
                </button>
                <Show when=move || asked.get()>
                    <button
                        type="button"
                        class="button ghost"
                        on:click=move |_| {
                            asked.set(false);
                            focus_later(ANOTHER.into());
                        }
                    >
                        {t!("deliverable.cancel")}
                    </button>
                </Show>
            </div>
        </form>
    }
}
