//! A person who has forgotten their password: a new link, shown once, and what became of earlier ones (organisation: a
//! forgotten password).

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::Fault;
use qibu::organisation::functions::{make_reset, resets};
use qibu::organisation::{ResetLink, ResetMade};
use shared::id::PersonId;

use super::link::{Made, Making};
use crate::format;
use crate::reactive::{derived, effect};
use crate::sync::{self, Replica};
use crate::ui::{Dialog, Errors};
use crate::words;

/// The dialog; open while a person is named.
#[component]
pub fn Resetting(resetting: RwSignal<Option<PersonId>>) -> impl IntoView {
    let replica = Replica::expect();
    let open = RwSignal::new(false);
    let name = move || resetting.get().map(|person| words::person_name(replica, person)).unwrap_or_default();
    effect(move || {
        if resetting.get().is_some() {
            open.set(true);
        }
    });
    effect(move || {
        if !open.get() {
            resetting.set(None);
        }
    });
    view! {
        <Dialog
            open
            title=derived(move || t!("reset.title", name = name()).into_owned())
            class="dialog wide"
        >
            {move || resetting.get().map(|person| view! { <Inside person /> })}
        </Dialog>
    }
}

#[component]
fn Inside(person: PersonId) -> impl IntoView {
    let errors = Errors::new();
    let made = RwSignal::new(None::<ResetLink>);
    let before = RwSignal::new(None::<Result<Vec<ResetMade>, Fault>>);
    let load = move || {
        spawn_local(async move {
            let answer = resets(person).await;
            before.try_set(Some(answer));
        });
    };
    load();
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        errors.clear();
        spawn_local(async move {
            match make_reset(person).await {
                Ok(link) => {
                    made.try_set(Some(link));
                    load();
                }
                Err(fault) => {
                    errors.add_fault(&fault);
                }
            }
        });
    };
    let shown = derived(move || {
        made.get().map(|link| Made {
            path: format!("/reset/{}", link.link_token),
            title: t!("reset.link").into_owned(),
            note: t!("reset.link_note", until = format::instant(link.expires)).into_owned(),
        })
    });
    view! {
        <div class="dialog-body">
            <form class="form" novalidate on:submit=make>
                {move || {
                    errors
                        .of_form()
                        .map(|text| view! { <div class="field"><p class="error" role="alert">{text}</p></div> })
                }}
                <p>{t!("reset.text")}</p>
                <Making made=shown />
            </form>
            {move || match before.get() {
                Some(Ok(all)) if !all.is_empty() => Some(view! { <Before all /> }.into_any()),
                Some(Err(fault)) => {
                    Some(view! { <p class="section-note">{words::fault(&fault)}</p> }.into_any())
                }
                _ => None,
            }}
        </div>
    }
}

/// The links that were made so far: who made each, and whether it was used.
#[component]
fn Before(all: Vec<ResetMade>) -> impl IntoView {
    let replica = Replica::expect();
    let rows = all.into_iter().map(|made| {
        let maker = made.made_by.map(|person| words::person_name(replica, person));
        let state = match made.used {
            Some(used) => t!("reset.used", at = format::instant(used)),
            None if made.expires > sync::now() => t!("reset.holds", until = format::instant(made.expires)),
            None => t!("reset.over"),
        };
        view! {
            <tr>
                <th scope="row">{format::instant(made.created)}</th>
                <td data-label=t!("reset.made_by")>{maker.unwrap_or_else(|| t!("reset.by_server").into_owned())}</td>
                <td data-label=t!("people.state")>{state}</td>
            </tr>
        }
    });
    view! {
        <section class="section">
            <header class="section-head">
                <h3>{t!("reset.before")}</h3>
            </header>
            <div class="table-wrap">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!("reset.made")}</th>
                            <th scope="col">{t!("reset.made_by")}</th>
                            <th scope="col">{t!("people.state")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}
