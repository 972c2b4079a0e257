//! The bar of filters over the board; on a phone the search stays, and the rest is one button and a sheet.

use std::collections::BTreeSet;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use shared::id::PersonId;
use shared::project::task::Priority;

use super::desk::Desk;
use super::selection_bar::members;
use crate::organisation::department_options;
use crate::reactive::memo;
use crate::ui::{Dialog, FilterSelect, FilterText, Key, Options, Picker, filter_choices};
use crate::words;

/// The id of the search.
pub const SEARCH: &str = "board-search";

/// What the tasks at hand can be filtered by.
#[derive(Clone, Default, PartialEq, Eq)]
struct Facets {
    owners: BTreeSet<PersonId>,
    labels: BTreeSet<String>,
}

/// One filter that is chosen from a list.
#[derive(Clone, Copy)]
struct Choosing {
    key: &'static str,
    label: Key,
    options: Memo<Options>,
}

/// The filters.
#[component]
pub fn FilterBar() -> impl IntoView {
    let desk = Desk::expect();
    let filters = desk.filters;
    let facets = RwSignal::new(Facets::default());
    // Read when somebody is about to choose, not with each change of the board.
    let look = move || {
        let now = desk.peek(facets_of).unwrap_or_default();
        if facets.with_untracked(|before| *before != now) {
            facets.set(now);
        }
    };
    look();
    let choices = choices(desk, facets);
    let shown = memo(move || desk.shelves.with(|shelves| shelves.iter().map(|shelf| shelf.cards.len()).sum::<usize>()));
    let total = memo(move || desk.read(|board| board.tasks().len()).unwrap_or_default());
    let is_set = memo(move || desk.filter.with(|filter| !filter.is_empty()));
    let sheet = RwSignal::new(false);
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            filters.type_text(String::new(), false);
        }
    };
    view! {
        <div class="filters" role="search" aria-label=t!("board.filters") on:pointerenter=move |_| look() on:focusin=move |_| look()>
            <FilterText
                filters
                id=SEARCH
                label=tr!("board.search")
                hint=tr!("board.search_hint")
                shortcut="/"
                on_key=Callback::new(on_key)
            />
            <button
                type="button"
                class="filter filters-more"
                aria-haspopup="dialog"
                data-set=move || is_set.get().then_some("")
                on:click=move |_| sheet.set(true)
            >
                {t!("board.more_filters")}
            </button>
            {choices.map(|choice| inline(desk, choice)).into_iter().collect_view()}
            {move || {
                is_set
                    .get()
                    .then(|| {
                        view! {
                            <button type="button" class="link filters-clear" on:click=move |_| filters.clear()>
                                {t!("board.clear_filters")}
                            </button>
                        }
                    })
            }}
            <span class="filters-count" role="status">
                {move || {
                    if is_set.get() {
                        t!("board.shown_of", shown = shown.get(), count = total.get())
                    } else {
                        t!("board.count", count = total.get())
                    }
                }}
            </span>
        </div>
        <Dialog open=sheet class="sheet" title=tr!("board.filters")>
            <div class="dialog-body form">{choices.map(|choice| field(desk, choice)).into_iter().collect_view()}</div>
            <footer class="dialog-foot">
                <button type="button" class="button primary" on:click=move |_| sheet.set(false)>
                    {move || t!("board.show_count", count = shown.get())}
                </button>
                <button type="button" class="button" on:click=move |_| filters.clear()>
                    {t!("board.clear_filters")}
                </button>
            </footer>
        </Dialog>
    }
    .into_any()
}

fn facets_of(board: &shared::project::board::Board) -> Facets {
    let mut labels = BTreeSet::new();
    let mut owners = BTreeSet::new();
    for task in board.tasks().values() {
        owners.insert(task.owner);
        labels.extend(task.labels.iter().map(String::as_str));
    }
    Facets { owners, labels: labels.into_iter().map(ToOwned::to_owned).collect() }
}

fn choices(desk: Desk, facets: RwSignal<Facets>) -> [Choosing; 5] {
    let filters = desk.filters;
    let owners = memo(move || {
        let mut people = members(desk);
        let others = facets.with(|facets| facets.owners.clone());
        for id in others.into_iter().chain(filters.get("owner").parse().ok()) {
            if !people.iter().any(|(known, _)| *known == id) {
                people.push((id, words::person_name(desk.replica, id)));
            }
        }
        words::sort_by_name(&mut people, |(_, name)| name);
        people.into_iter().map(|(id, name)| (id.to_string(), name)).collect()
    });
    let departments = department_options(desk.replica);
    let labels = memo(move || {
        let mut labels = facets.with(|facets| facets.labels.clone());
        labels.extend(Some(filters.get("label")).filter(|label| !label.is_empty()));
        let mut labels: Vec<String> = labels.into_iter().collect();
        words::sort_by_name(&mut labels, |label| label);
        labels.into_iter().map(|label| (label.clone(), label)).collect()
    });
    let priorities = memo(|| {
        let all = [Priority::High, Priority::Medium, Priority::Low];
        all.map(|priority| (words::priority_key(priority).to_owned(), words::priority(priority))).to_vec()
    });
    let dues = memo(|| {
        let all =
            [("overdue", t!("board.due_overdue")), ("week", t!("board.due_week")), ("none", t!("board.due_none"))];
        all.map(|(key, label)| (key.to_owned(), label.into_owned())).to_vec()
    });
    [
        Choosing { key: "owner", label: tr!("board.owner"), options: owners },
        Choosing { key: "department", label: tr!("board.department"), options: departments },
        Choosing { key: "label", label: tr!("board.label"), options: labels },
        Choosing { key: "priority", label: tr!("board.priority"), options: priorities },
        Choosing { key: "due", label: tr!("board.due"), options: dues },
    ]
}

fn inline(desk: Desk, Choosing { key, label, options }: Choosing) -> AnyView {
    view! { <FilterSelect filters=desk.filters key label any=tr!("board.any") options /> }.into_any()
}

fn field(desk: Desk, choice: Choosing) -> AnyView {
    let chosen = memo(move || desk.filters.get(choice.key));
    let id = format!("filter-{}", choice.key);
    view! {
        <div class="field">
            <label for=id.clone()>{choice.label.text()}</label>
            <Picker
                id
                chosen
                options=filter_choices(tr!("board.any"), choice.options.into())
                on_pick=Callback::new(move |value: String| desk.filters.set(choice.key, &value))
            />
        </div>
    }
    .into_any()
}
