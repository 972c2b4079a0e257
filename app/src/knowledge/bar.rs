//! The bar of filters over the library's list.

use icondata_lu::LuX;
use leptos::ev;
use leptos::prelude::*;
use qibu::knowledge::kind_name;
use shared::knowledge::ArticleKind;

use super::address::Asked;
use super::hit::{SEARCH, walk};
use super::listing::Listing;
use crate::reactive::{Show, memo};
use crate::ui::{FilterSelect, FilterText, Filters, Icon, Stand, focus, focus_later, letter};
use crate::words;

const TAG: &str = "library-tag";

/// The filters, with how many articles and incidents there are.
#[component]
pub fn FilterBar(filters: Filters, asked: Memo<Asked>, listing: Listing) -> impl IntoView {
    let kinds = ArticleKind::ALL.map(|kind| (kind_name(kind).to_owned(), words::article_kind(kind)));
    let handle = window_event_listener(ev::keydown, move |event| {
        if letter(&event).as_deref() == Some("/") && focus(SEARCH) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
    view! {
        <div class="filters library-filters" role="search">
            <FilterText
                filters
                id=SEARCH
                label=tr!("library.search")
                hint=tr!("library.search_hint")
                on_key=Callback::new(|event| walk(&event))
            />
            <FilterSelect
                filters
                key="kind"
                label=tr!("library.kind")
                any=tr!("library.all_kinds")
                options=Signal::stored(kinds.to_vec())
            />
            <Tag filters asked />
            <label class="check library-archive">
                <input
                    type="checkbox"
                    prop:checked=move || asked.with(|asked| asked.archived)
                    on:change=move |event| filters.set("archived", if event_target_checked(&event) { "1" } else { "" })
                />
                <span>{t!("library.archive")}</span>
            </label>
            <Show when=move || asked.with(|asked| *asked != Asked::default())>
                <button type="button" class="link filters-clear" on:click=move |_| clear(filters)>
                    {t!("library.clear")}
                </button>
            </Show>
            <span class="filters-count" role="status">
                {move || count(listing)}
            </span>
        </div>
    }
}

/// The button goes with what it clears: the focus is then where one asks anew.
fn clear(filters: Filters) {
    filters.clear();
    focus(SEARCH);
}

fn count(listing: Listing) -> Option<String> {
    let count = listing.rows.with(Vec::len);
    let is_there = listing.stand.get() == Stand::There;
    let goes_on = listing.next.with(Option::is_some) || listing.is_cut();
    is_there.then(|| {
        let text =
            if goes_on { t!("library.count_at_least", count = count) } else { t!("library.count", count = count) };
        text.into_owned()
    })
}

/// The tag that is asked for, which is chosen where it stands: in a row or beside an article.
#[component]
fn Tag(filters: Filters, asked: Memo<Asked>) -> impl IntoView {
    let chosen = memo(move || asked.with(|asked| asked.tag.clone()));
    Effect::new(move |before: Option<Option<String>>| {
        let chosen = chosen.get();
        // The link in a row goes with its row.
        if chosen.is_some() && before.is_some_and(|before| before != chosen) {
            focus_later(TAG.to_owned());
        }
        chosen
    });
    let drop = move |_| {
        filters.set("tag", "");
        focus(SEARCH);
    };
    move || {
        chosen.get().map(|tag| {
            view! {
                <span class="chip library-tag">
                    <span>{t!("library.tag", tag = tag)}</span>
                    <button
                        type="button"
                        class="chip-remove"
                        id=TAG
                        aria-label=t!("library.drop_tag", tag = tag)
                        on:click=drop
                    >
                        <Icon icon=LuX small=true />
                    </button>
                </span>
            }
        })
    }
}
