//! The command centre: all incidents, those that run first, filtered by what the address says.

mod bar;
mod ended;
mod filters;
mod head;
mod list;
mod table;

use leptos::prelude::*;
use shared::id::IncidentId;

pub use self::head::{IncidentHead, Section};

use self::bar::FilterBar;
use self::filters::centre_filters;
use self::list::{List, Standing};
use self::table::Table;
use crate::reactive::{Show, memo};
use crate::sync::Replica;
use crate::ui::{RowsOnTheirWay, Silent, Stand, page_title};

/// The page behind `/incidents`.
#[component]
pub fn Centre() -> impl IntoView {
    page_title(|| t!("centre.title"));
    let replica = Replica::expect();
    // The years of those that are over are at hand, whatever the server answers.
    let is_empty = memo(move || {
        replica.read(|view| {
            let incidents = view.incidents();
            incidents.all.is_empty() && incidents.over.is_empty()
        })
    });
    view! {
        <IncidentHead section=Section::Centre>
            <Show when=move || !is_empty.get()>
                <a class="button primary" href="/incidents/new">
                    {t!("centre.report")}
                </a>
            </Show>
        </IncidentHead>
        {move || {
            if is_empty.get() {
                view! { <NoIncident /> }.into_any()
            } else {
                view! { <Listed /> }.into_any()
            }
        }}
    }
}

/// What an incident is, what happens when one is reported, and the first steps.
#[component]
fn NoIncident() -> impl IntoView {
    view! {
        <div class="page-body" tabindex="0">
            <div class="empty">
                <h2>{t!("centre.none_title")}</h2>
                <p>{t!("centre.none_text")}</p>
                <p>{t!("centre.none_before")}</p>
                <a class="button primary" href="/incidents/new">
                    {t!("centre.report")}
                </a>
                <a class="link" href="/incidents/roster">
                    {t!("centre.make_a_roster")}
                </a>
            </div>
        </div>
    }
}

#[component]
fn Listed() -> impl IntoView {
    let (filters, filter, over) = centre_filters();
    let list = List::of(filter, over);
    view! {
        <FilterBar filters filter list />
        <div class="page-body" tabindex="0">
            <Show when=move || { list.waiting.get() > 0 }>
                <button type="button" class="new-rows" on:click=move |_| list.let_go()>
                    {move || t!("centre.new_rows", count = list.waiting.get())}
                </button>
            </Show>
            <div
                class="table-wrap"
                on:pointerenter=move |_| list.hold()
                on:pointerleave=move |_| list.let_go()
                on:focusin=move |_| list.hold()
                on:focusout=move |_| list.let_go()
            >
                <Table lines=list.drawn() />
            </div>
            <Below list />
        </div>
    }
}

/// What stands below the rows: that there are none, that there are more, or that those that are over are not here.
#[component]
fn Below(list: List) -> impl IntoView {
    let standing = memo(move || list.standing());
    let busy = move || (list.ended.more.get() == Stand::OnItsWay).then_some("true");
    let again = Callback::new(move |()| list.ended.ask());
    move || match standing.get() {
        Standing::OnItsWay => view! { <RowsOnTheirWay /> }.into_any(),
        Standing::Silence => view! { <Silent text=t!("centre.silence") again /> }.into_any(),
        Standing::NoMatch => view! {
            <div class="empty">
                <p>{t!("centre.no_match")}</p>
            </div>
        }
        .into_any(),
        Standing::GoesOn => view! {
            <button type="button" class="button centre-more" aria-busy=busy on:click=move |_| list.show_more()>
                {t!("centre.show_more")}
            </button>
            <Show when=move || list.ended.more.get() == Stand::Silence>
                <p class="section-note" role="alert">
                    {t!("centre.silence")}
                </p>
            </Show>
        }
        .into_any(),
        Standing::Complete => ().into_any(),
    }
}

/// The id of the link of an incident's row.
fn row_id(incident: IncidentId) -> String {
    format!("incident-{incident}")
}
