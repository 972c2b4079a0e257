//! The library: what is found as one types, and what was written last.

use leptos::prelude::*;

use super::address::{Asked, library_filters};
use super::bar::FilterBar;
use super::hit::{link_id, row, walk};
use super::listing::{Listing, MOST_FOUND, Row};
use crate::reactive::{For, Show, memo};
use crate::ui::{PageHead, RowsOnTheirWay, Silent, Stand, page_title};

/// The page behind `/knowledge`.
#[component]
pub fn Library() -> impl IntoView {
    page_title(|| t!("library.title"));
    let (filters, asked) = library_filters();
    let listing = Listing::of(asked);
    let again = Callback::new(move |()| listing.ask());
    let shown = memo(move || (listing.stand.get(), listing.rows.with(Vec::is_empty)));
    view! {
        <PageHead title=tr!("library.title")>
            <a class="button primary" href="/knowledge/new">
                {t!("library.new")}
            </a>
        </PageHead>
        <FilterBar filters asked listing />
        <div class="page-body library" tabindex="0">
            {move || match shown.get() {
                (Stand::OnItsWay, _) => view! { <RowsOnTheirWay /> }.into_any(),
                (Stand::Silence, _) => view! { <Silent text=t!("library.silence") again /> }.into_any(),
                (Stand::There, true) => view! { <Nothing listing /> }.into_any(),
                (Stand::There, false) => view! { <Hits listing /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Hits(listing: Listing) -> impl IntoView {
    let goes_on = memo(move || listing.next.with(Option::is_some));
    let is_cut = memo(move || listing.is_cut());
    let busy = move || (listing.more.get() == Stand::OnItsWay).then_some("true");
    view! {
        <ul class="hits" aria-label=t!("library.results") on:keydown=move |event| walk(&event)>
            <For
                each=move || listing.rows.get()
                key=|(question, hit): &Row| (*question, link_id(hit))
                children=|(_, hit)| row(hit)
            />
        </ul>
        <Show when=move || is_cut.get()>
            <p class="section-note">{t!("library.best_only", count = MOST_FOUND)}</p>
        </Show>
        <Show when=move || goes_on.get()>
            <div class="library-more">
                <button type="button" class="button" aria-busy=busy on:click=move |_| listing.ask_more()>
                    {t!("library.more")}
                </button>
                <p class="section-note" role="alert">
                    {move || (listing.more.get() == Stand::Silence).then(|| t!("library.silence"))}
                </p>
            </div>
        </Show>
    }
}

/// Nothing is there: what that means follows from what was asked for.
#[component]
fn Nothing(listing: Listing) -> impl IntoView {
    move || {
        let asked = listing.answered.get();
        if asked == Asked::default() {
            return view! {
                <div class="empty">
                    <h2>{t!("library.empty_title")}</h2>
                    <p>{t!("library.empty_text")}</p>
                    <a class="button primary" href="/knowledge/new">
                        {t!("library.new")}
                    </a>
                </div>
            }
            .into_any();
        }
        let (title, advice) = if !asked.text.is_empty() {
            (t!("library.nothing_found", query = asked.text), t!("library.nothing_advice"))
        } else if asked.archived {
            (t!("library.no_archive"), t!("library.no_archive_advice"))
        } else {
            (t!("library.no_match"), t!("library.no_match_advice"))
        };
        view! {
            <div class="empty">
                <h2>{title}</h2>
                <p>{advice}</p>
            </div>
        }
        .into_any()
    }
}
