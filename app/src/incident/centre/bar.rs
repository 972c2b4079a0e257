//! The bar of filters over the list.

use leptos::prelude::*;
use shared::incident::{IncidentKind, Severity};

use super::filters::{Filter, Group, kind_key};
use super::list::List;
use crate::incident::words;
use crate::organisation::department_options;
use crate::reactive::Show;
use crate::sync::Replica;
use crate::ui::{FilterSelect, FilterText, Filters};

/// The filters, with how many incidents fit.
#[component]
pub fn FilterBar(filters: Filters, filter: Memo<Filter>, list: List) -> impl IntoView {
    let any = tr!("centre.any");
    let groups = Group::ALL.map(|group| (group.key().to_owned(), group.words()));
    let severities = Severity::ALL.map(|each| (words::severity_key(each).to_owned(), words::severity(each)));
    let kinds = IncidentKind::ALL.map(|kind| (kind_key(kind).to_owned(), words::kind(kind)));
    let mine = move || filters.get("mine") == "1";
    view! {
        <div class="filters centre-filters" role="search">
            <FilterText filters label=tr!("centre.filter") hint=tr!("centre.filter") />
            <FilterSelect filters key="state" label=tr!("centre.state") any options=Signal::stored(groups.to_vec()) />
            <FilterSelect filters key="severity" label=tr!("centre.severity") any options=Signal::stored(severities.to_vec()) />
            <FilterSelect filters key="kind" label=tr!("centre.kind") any options=Signal::stored(kinds.to_vec()) />
            <FilterSelect filters key="department" label=tr!("centre.department") any options=department_options(Replica::expect()) />
            <label class="check centre-mine">
                <input
                    type="checkbox"
                    prop:checked=mine
                    on:change=move |event| filters.set("mine", if event_target_checked(&event) { "1" } else { "" })
                />
                <span>{t!("centre.mine")}</span>
            </label>
            <Show when=move || filter.with(Filter::is_set)>
                <button type="button" class="link filters-clear" on:click=move |_| filters.clear()>
                    {t!("centre.clear")}
                </button>
            </Show>
            <span class="filters-count" role="status">
                {move || count(list)}
            </span>
        </div>
    }
}

fn count(list: List) -> Option<String> {
    let (count, goes_on) = list.count()?;
    let text = if goes_on { t!("centre.count_at_least", count = count) } else { t!("centre.count", count = count) };
    Some(text.into_owned())
}
