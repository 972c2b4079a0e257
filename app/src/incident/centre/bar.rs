//! The bar of filters over the list.

use icondata_lu::LuSearch;
use leptos::prelude::*;
use rust_i18n::t;
use shared::incident::{IncidentKind, Severity};

use super::filters::{Filters, Group, kind_key};
use crate::incident::words;
use crate::sync::Replica;
use crate::ui::{Icon, Key, tr};

/// An option: what the address says, and the words.
type Choice = (String, String);

/// The filters, with how many incidents fit.
#[component]
pub fn FilterBar(filters: Filters, count: Memo<usize>) -> impl IntoView {
    let replica = Replica::expect();
    let groups = Group::ALL.map(|group| (group.key().to_owned(), group.words()));
    let severities = Severity::ALL.map(|each| (words::severity_key(each).to_owned(), words::severity(each)));
    let kinds = IncidentKind::ALL.map(|kind| (kind_key(kind).to_owned(), words::kind(kind)));
    let departments = Memo::new(move |_| {
        replica.read(|view| {
            let all = view.company().departments.values();
            let mut all: Vec<Choice> = all.map(|it| (it.id.to_string(), it.name.clone())).collect();
            all.sort_by(|a, b| a.1.cmp(&b.1));
            all
        })
    });
    let mine = move || filters.get("mine") == "1";
    view! {
        <div class="filters centre-filters" role="search">
            <label class="filter-search">
                <Icon icon=LuSearch small=true />
                <input
                    type="search"
                    aria-label=t!("centre.filter")
                    placeholder=t!("centre.filter")
                    prop:value=move || filters.text.get()
                    on:input=move |event| filters.type_text(event_target_value(&event))
                />
            </label>
            <Choose filters key="state" name=tr("centre.state") choices=Signal::stored(groups.to_vec()) />
            <Choose filters key="severity" name=tr("centre.severity") choices=Signal::stored(severities.to_vec()) />
            <Choose filters key="kind" name=tr("centre.kind") choices=Signal::stored(kinds.to_vec()) />
            <Choose filters key="department" name=tr("centre.department") choices=departments />
            <label class="check centre-mine">
                <input
                    type="checkbox"
                    prop:checked=mine
                    on:change=move |event| filters.set("mine", if event_target_checked(&event) { "1" } else { "" })
                />
                <span>{t!("centre.mine")}</span>
            </label>
            <Show when=move || filters.filter.with(super::filters::Filter::is_set)>
                <button type="button" class="link filters-clear" on:click=move |_| filters.clear()>
                    {t!("centre.clear")}
                </button>
            </Show>
            <span class="filters-count" role="status">
                {move || t!("centre.count", count = count.get())}
            </span>
        </div>
    }
}

#[component]
fn Choose(filters: Filters, key: &'static str, name: Key, #[prop(into)] choices: Signal<Vec<Choice>>) -> impl IntoView {
    let chosen = Memo::new(move |_| filters.get(key));
    view! {
        <label class="filter" data-set=move || (!chosen.read().is_empty()).then_some("")>
            <span>{name.text()}</span>
            <select on:change=move |event| filters.set(key, &event_target_value(&event))>
                <option value="" prop:selected=move || chosen.read().is_empty()>
                    {t!("centre.any")}
                </option>
                <For each=move || choices.get() key=Clone::clone let((value, words))>
                    <option value=value.clone() prop:selected=move || *chosen.read() == value>
                        {words}
                    </option>
                </For>
            </select>
        </label>
    }
}
