//! Comments, oldest first, and where the next one is written.

use std::sync::Arc;

use leptos::prelude::*;
use shared::Field;
use shared::id::{CommentId, PersonId};
use shared::inbox::About;
use shared::project::task::{Comment, TaskIntent};
use uuid::Uuid;

use super::ago::Ago;
use super::subject::Subject;
use crate::inbox::Asks;
use crate::reactive::{For, Show, memo};
use crate::ui::{Avatar, Composer, Confirm, Errors, Mentioned, Unsent, Written, markdown};
use crate::words;

/// All comments on the task.
#[component]
pub fn Comments() -> impl IntoView {
    let subject = Subject::expect();
    let thread = subject.on_board(move |board| board.comments(subject.id).to_vec());
    let comments = move || thread.get().unwrap_or_default();
    let asks = Asks::expect();
    let (_, text) = Unsent::text_at(&format!("comment.{}", subject.id));
    let send = Callback::new(move |(written, mentions): Written| {
        let id = CommentId::new(Uuid::now_v7());
        let comment = TaskIntent::Comment { id, task: subject.id, text: written, mentions };
        // Whoever has answered is not asked any more.
        subject.act_with(comment, asks.answers(About::Task(subject.on_its_board())))?;
        text.set(String::new());
        Ok(())
    });
    view! {
        <section class="task-section" aria-labelledby="task-comments-title">
            <h3 id="task-comments-title">{t!("task.comments")}</h3>
            <For each=comments key=|comment| (comment.id, comment.edited) let(comment)>
                <One comment />
            </For>
            {move || {
                if subject.comments.get() {
                    view! {
                        <Composer
                            text
                            label=t!("task.new_comment")
                            submit=t!("task.send")
                            people=members(subject)
                            field=Field::Comment
                            on_send=send
                        />
                    }
                    .into_any()
                } else {
                    thread
                        .with(|thread| thread.as_ref().is_none_or(Vec::is_empty))
                        .then(|| view! { <p class="section-note">{t!("task.none")}</p> })
                        .into_any()
                }
            }}
        </section>
    }
}

/// Names the element of a comment.
pub fn comment_element(comment: CommentId) -> String {
    format!("comment-{comment}")
}

/// Lets in the members of the project.
pub fn members(subject: Subject) -> Callback<PersonId, bool> {
    Callback::new(move |person| subject.role(person).is_some())
}

#[component]
fn One(comment: Arc<Comment>) -> impl IntoView {
    let subject = Subject::expect();
    let replica = subject.replica;
    let me = replica.me();
    let (id, author, at, edited) = (comment.id, comment.author, comment.at, comment.edited);
    let is_mine = author == me;
    let leads =
        memo(move || replica.read(|view| view.project(subject.project).is_some_and(|project| project.lead == me)));
    let editing = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let errors = Errors::new();
    let text = RwSignal::new(comment.text.clone());
    let comment = StoredValue::new(comment);
    let mentions = move || {
        let people = comment.with_value(|comment| comment.mentions.clone());
        people
            .into_iter()
            .map(|person| Mentioned { person, name: words::person_name(replica, person) })
            .collect::<Vec<_>>()
    };
    let save = Callback::new(move |(written, mentions): Written| {
        let task = subject.id;
        subject.act(TaskIntent::EditComment { task, comment: id, text: written, mentions })?;
        editing.set(false);
        Ok(())
    });
    let cancel = Callback::new(move |()| {
        text.set(comment.with_value(|comment| comment.text.clone()));
        editing.set(false);
    });
    let remove = Callback::new(move |()| {
        errors.clear();
        let intent = TaskIntent::RemoveComment { task: subject.id, comment: id };
        if errors.keep(subject.act(intent)).is_some() {
            asking.set(false);
        }
    });
    let name = move || words::person_name(replica, author);
    view! {
        <article class="comment" id=comment_element(id) tabindex="-1" aria-label=move || t!("task.comment_of", name = name())>
            <Avatar person=author />
            <header>
                <strong>{name}</strong>
                <Ago at />
                {edited.map(|_| view! { <small>{t!("task.edited")}</small> })}
                <Show when=move || is_mine && subject.comments.get() && !editing.get()>
                    <button type="button" class="button ghost small" on:click=move |_| editing.set(true)>
                        {t!("task.edit")}
                    </button>
                </Show>
                <Show when=move || (is_mine || leads.get()) && subject.comments.get() && !editing.get()>
                    <button type="button" class="button ghost small" on:click=move |_| asking.set(true)>
                        {t!("task.remove")}
                    </button>
                </Show>
            </header>
            {move || {
                if editing.get() {
                    view! {
                        <Composer
                            text
                            label=t!("task.edit_comment")
                            submit=t!("task.save")
                            people=members(subject)
                            field=Field::Comment
                            on_send=save
                            on_cancel=cancel
                        />
                    }
                    .into_any()
                } else {
                    comment.with_value(|comment| markdown(&comment.text, &mentions(), Some(me)))
                }
            }}
            <Confirm
                open=asking
                title=t!("task.remove_comment").into_owned()
                text=t!("task.remove_comment_text").into_owned()
                submit=t!("task.remove").into_owned()
                on_yes=remove
                errors
            />
        </article>
    }
}
