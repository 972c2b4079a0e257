//! The command palette: every page, the main actions, and whatever one may read that has such a name, by a few typed
//! letters.
//!
//! A combobox with a list box: the focus stays in the input, arrows move the choice, Enter does it.

mod entries;
mod finding;

use std::ops::Range;

use icondata_lu::LuSearch;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use self::entries::{Deed, Entry};
use self::finding::Finding;
use super::overlays::Overlays;
use super::shortcuts;
use crate::language::Language;
use crate::organisation::SignOut;
use crate::reactive::{Show, effect, memo};
use crate::sync::Replica;
use crate::ui::{Icon, Stand, Toasts};

const LIST: &str = "palette-list";

/// The palette; open while `Overlays` says so.
#[component]
pub fn Palette() -> impl IntoView {
    let open = Overlays::expect().palette;
    let element = NodeRef::<html::Dialog>::new();
    effect(move || {
        let Some(dialog) = element.get() else { return };
        if open.get() && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let on_click = move |event: leptos::ev::MouseEvent| {
        // Only the backdrop is the dialog itself: inside, everything is covered by its parts.
        let dialog = element.get_untracked();
        if dialog.is_some_and(|dialog| event.target().is_some_and(|target| target == *dialog.as_ref())) {
            open.set(false);
        }
    };
    view! {
        <dialog
            class="palette"
            node_ref=element
            aria-label=t!("palette.label")
            on:close=move |_| open.set(false)
            on:click=on_click
        >
            <Show when=move || open.get()>
                <Search />
            </Show>
        </dialog>
    }
}

#[component]
fn Search() -> impl IntoView {
    let replica = Replica::expect();
    let open = Overlays::expect().palette;
    let path = use_location().pathname.get_untracked();
    let finding = Finding::on(replica, &path);
    let Finding { typed, found, at, stand, .. } = finding;
    let perform = performer();
    let perform = Callback::new(move |deed| {
        open.set(false);
        perform.run(deed);
    });
    let choose = Callback::new(move |index: usize| {
        at.set(index);
        finding.choose(perform);
    });
    let step = move |forward: bool| {
        if let Some(at) = finding.step(forward) {
            scroll_to(at);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => step(true),
            "ArrowUp" => step(false),
            "Enter" => finding.choose(perform),
            _ => return,
        }
        event.prevent_default();
    };
    let input = NodeRef::<html::Input>::new();
    // The dialog may have opened before its contents were there to take the focus.
    effect(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let is_empty = memo(move || found.with(Vec::is_empty));
    // That there is nothing is said when everybody has answered.
    let said = memo(move || match (stand.get(), is_empty.get()) {
        (Stand::Silence, _) => Some(tr!("palette.silence")),
        (Stand::OnItsWay, true) => Some(tr!("palette.searching")),
        (Stand::There, true) => Some(tr!("palette.none")),
        (_, false) => None,
    });
    view! {
        <div class="palette-search">
            <Icon icon=LuSearch />
            <input
                node_ref=input
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                autofocus
                aria-label=t!("palette.input")
                placeholder=t!("palette.placeholder")
                aria-autocomplete="list"
                aria-expanded=move || if is_empty.get() { "false" } else { "true" }
                aria-controls=LIST
                aria-activedescendant=move || (!is_empty.get()).then(|| option_id(at.get()))
                prop:value=move || typed.get()
                on:input=move |event| finding.type_(event_target_value(&event), perform)
                on:keydown=on_key
            />
        </div>
        <div
            class="palette-list"
            id=LIST
            role="listbox"
            aria-label=t!("palette.results")
            aria-busy=move || (stand.get() == Stand::OnItsWay).then_some("true")
            hidden=move || is_empty.get()
        >
            {move || {
                let found = found.get();
                groups(&found).into_iter().map(|range| group(&found[range.clone()], range.start, at, choose)).collect_view()
            }}
        </div>
        <div role="status">
            {move || said.get().map(|said| view! { <p class="palette-none">{said.text()}</p> })}
        </div>
    }
}

/// The stretches of entries under one heading.
fn groups(found: &[Entry]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (index, entry) in found.iter().enumerate() {
        match groups.last_mut() {
            Some(last) if found[last.start].heading == entry.heading => last.end = index + 1,
            _ => groups.push(index..index + 1),
        }
    }
    groups
}

fn group(entries: &[Entry], first: usize, at: RwSignal<usize>, choose: Callback<usize>) -> AnyView {
    let heading = entries.first().map(|entry| entry.heading.name().text()).unwrap_or_default();
    let id = format!("palette-group-{first}");
    let options = entries.iter().enumerate().map(|(offset, entry)| {
        let index = first + offset;
        let keys: Vec<_> = entry.keys.iter().map(|key| view! { <kbd class="kbd">{*key}</kbd> }).collect();
        view! {
            <div
                class="palette-option"
                role="option"
                id=option_id(index)
                aria-selected=move || if at.get() == index { "true" } else { "false" }
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| choose.run(index)
            >
                <Icon icon=entry.icon small=true />
                <span>{entry.label.clone()}</span>
                {(!entry.note.is_empty()).then(|| view! { <span class="palette-note">{entry.note.clone()}</span> })}
                {keys}
            </div>
        }
    });
    view! {
        <div role="group" aria-labelledby=id>
            <div class="palette-group" id=id.clone()>
                {heading}
            </div>
            {options.collect_view()}
        </div>
    }
    .into_any()
}

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}

fn scroll_to(index: usize) {
    if let Some(option) = document().get_element_by_id(&option_id(index)) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn performer() -> Callback<Deed> {
    let (replica, overlays, sign_out) = (Replica::expect(), Overlays::expect(), SignOut::expect());
    let (language, toasts) = (Language::expect(), Toasts::expect());
    let navigate = use_navigate();
    Callback::new(move |deed| match deed {
        Deed::Go(address) => navigate(&address, NavigateOptions::default()),
        Deed::Look(theme) => theme.apply(),
        Deed::Speak(locale) => language.choose(replica, toasts, locale),
        Deed::Undo => shortcuts::undo(replica, toasts),
        Deed::Shortcuts => overlays.shortcuts.set(true),
        Deed::Outbox => overlays.outbox.set(true),
        Deed::SignOut => sign_out.ask(replica),
    })
}
