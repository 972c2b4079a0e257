//! The bar of filters over the library's list.

use icondata_lu::{LuSearch, LuX};
use leptos::ev;
use leptos::prelude::*;
use qibu::knowledge::kind_name;
use rust_i18n::t;
use shared::knowledge::ArticleKind;
use wasm_bindgen::JsCast;
use web_sys::InputEvent;

use super::address::{Asked, Filters};
use super::hit::walk;
use super::listing::{Listing, Stand};
use crate::shell::letter;
use crate::ui::{Icon, focus, focus_later};
use crate::words;

/// The id of the field for words.
pub const SEARCH: &str = "library-search";
const TAG: &str = "library-tag";

/// The filters, with how many articles and incidents there are.
#[component]
pub fn FilterBar(filters: Filters, listing: Listing) -> impl IntoView {
    let asked = filters.asked;
    let handle = window_event_listener(ev::keydown, move |event| {
        if letter(&event).as_deref() == Some("/") && focus(SEARCH) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
    view! {
        <div class="filters library-filters" role="search">
            <label class="filter-search">
                <Icon icon=LuSearch small=true />
                <input
                    id=SEARCH
                    type="search"
                    aria-label=t!("library.search")
                    placeholder=t!("library.search_hint")
                    prop:value=move || filters.text.get()
                    on:input=move |event| {
                        let composing = event.unchecked_ref::<InputEvent>().is_composing();
                        filters.type_text(event_target_value(&event), composing);
                    }
                    on:keydown=move |event| walk(&event)
                    on:compositionend=move |event| filters.type_text(event_target_value(&event), false)
                />
            </label>
            <Kind filters />
            <Tag filters />
            <label class="check library-archive">
                <input
                    type="checkbox"
                    prop:checked=move || asked.with(|asked| asked.archived)
                    on:change=move |event| {
                        let archived = event_target_checked(&event);
                        filters.set(move |asked| asked.archived = archived);
                    }
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

#[component]
fn Kind(filters: Filters) -> impl IntoView {
    let chosen = Memo::new(move |_| filters.asked.with(|asked| asked.kind));
    let choose = move |event: ev::Event| {
        let name = event_target_value(&event);
        let kind = ArticleKind::ALL.into_iter().find(|each| kind_name(*each) == name);
        filters.set(move |asked| asked.kind = kind);
    };
    let option = move |kind: ArticleKind| {
        view! {
            <option value=kind_name(kind) prop:selected=move || chosen.get() == Some(kind)>
                {words::article_kind(kind)}
            </option>
        }
    };
    view! {
        <label class="filter" data-set=move || chosen.get().map(|_| "")>
            <span>{t!("library.kind")}</span>
            <select on:change=choose>
                <option value="" prop:selected=move || chosen.get().is_none()>
                    {t!("library.all_kinds")}
                </option>
                {ArticleKind::ALL.map(option)}
            </select>
        </label>
    }
}

/// The tag that is asked for, which is chosen where it stands: in a row or beside an article.
#[component]
fn Tag(filters: Filters) -> impl IntoView {
    let chosen = Memo::new(move |_| filters.asked.with(|asked| asked.tag.clone()));
    Effect::new(move |before: Option<Option<String>>| {
        let chosen = chosen.get();
        // The link in a row goes with its row.
        if chosen.is_some() && before.is_some_and(|before| before != chosen) {
            focus_later(TAG.to_owned());
        }
        chosen
    });
    let drop = move |_| {
        filters.set(|asked| asked.tag = None);
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
