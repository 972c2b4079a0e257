//! The keys that work on every page, and the sheet that lists them with those of the board.
//!
//! Single keys never fire while somebody types or a dialog is open, and can be switched off (WCAG 2.1.4).

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::Command;
use shared::sync::Undone;

use super::overlays::Overlays;
use crate::area::{Keys, Page};
use crate::areas::{AREAS, told};
use crate::sync::Replica;
use crate::ui::{Dialog, Key, Toasts, dialog_is_open, is_typing, letter, letters_are_on};

/// How long after `g` the second key may come.
const SEQUENCE: Duration = Duration::from_millis(1_500);

/// Listens on every page while the current owner lives.
pub fn listen() {
    let (replica, overlays, toasts) = (Replica::expect(), Overlays::expect(), Toasts::expect());
    let navigate = use_navigate();
    let after_g = StoredValue::new(None::<TimeoutHandle>);
    let handle = window_event_listener(ev::keydown, move |event| {
        let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        if command && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            overlays.palette.update(|open| *open = !*open);
            return;
        }
        if command && event.key().eq_ignore_ascii_case("z") && !is_typing(&event) && !dialog_is_open() {
            event.prevent_default();
            undo(replica, toasts);
            return;
        }
        let Some(letter) = letter(&event) else { return };
        let follows_g = after_g.try_update_value(Option::take).flatten();
        match (&follows_g, letter.as_str()) {
            (None, "g") => {
                let over = move || after_g.set_value(None);
                after_g.set_value(set_timeout_with_handle(over, SEQUENCE).ok());
                return;
            }
            (None, "?") => {
                event.prevent_default();
                overlays.shortcuts.set(true);
                return;
            }
            _ => {}
        }
        let pressed = if follows_g.is_some() { vec!["g", &letter] } else { vec![letter.as_str()] };
        let leads =
            |(_, keys): &(&Page, Keys)| keys.caps.iter().map(|cap| cap.to_lowercase()).eq(pressed.iter().copied());
        let Some((page, _)) = pages_with_keys().find(leads) else { return };
        event.prevent_default();
        navigate(page.address, NavigateOptions::default());
    });
    on_cleanup(move || handle.remove());
}

/// The pages to which keys lead on every page.
fn pages_with_keys() -> impl Iterator<Item = (&'static Page, Keys)> {
    let pages = AREAS.iter().flat_map(|area| area.pages).chain(AREAS.iter().flat_map(|area| area.deeds));
    pages.filter_map(|page| page.keys.map(|keys| (page, keys)))
}

/// Takes back what one did last, and says what that was.
pub fn undo(replica: Replica, toasts: Toasts) {
    match replica.undo() {
        Ok(Undone::Nothing) => toasts.say_latest(t!("shortcuts.nothing_to_undo")),
        Ok(Undone::Back(commands)) => toasts.say_latest(t!("shortcuts.undone", what = named(replica, &commands))),
        Ok(Undone::Final(commands)) => toasts.say_latest(t!("shortcuts.final", what = named(replica, &commands))),
        Ok(Undone::Overtaken(commands)) => {
            toasts.say_latest(t!("shortcuts.overtaken", what = named(replica, &commands)));
        }
        Err(rejection) => toasts.refuse(&rejection),
    }
}

/// What a gesture did.
fn named(replica: Replica, commands: &[Command]) -> String {
    let one = |command: &Command| replica.peek(|state| told(state, command)).what;
    match commands {
        [command] => one(command),
        [first, rest @ ..] => t!("shortcuts.and_more", what = one(first), count = rest.len() + 1).into_owned(),
        [] => String::new(),
    }
}

/// The name of the key that goes with a letter: ⌘ on a Mac.
pub fn command_key() -> &'static str {
    let is_mac = window().navigator().platform().is_ok_and(|name| name.starts_with("Mac") || name.starts_with("iP"));
    if is_mac { "⌘" } else { "Ctrl" }
}

/// A key: what its cap says, or a name of its own in each language.
enum Cap {
    Of(&'static str),
    Named(Key),
}

type Group = (Key, Vec<(Key, Vec<Cap>)>);

fn groups() -> [Group; 3] {
    use Cap::{Named, Of};
    let caps = |caps: &[&'static str]| caps.iter().copied().map(Of).collect::<Vec<_>>();
    let command = command_key();
    [
        (
            tr!("shortcuts.anywhere"),
            [(tr!("shortcuts.palette"), caps(&[command, "K"])), (tr!("shortcuts.undo"), caps(&[command, "Z"]))]
                .into_iter()
                .chain(pages_with_keys().map(|(_, keys)| (keys.what, caps(keys.caps))))
                .chain([(tr!("shortcuts.this_sheet"), caps(&["?"]))])
                .collect(),
        ),
        (
            tr!("shortcuts.board"),
            vec![
                (tr!("shortcuts.new_task"), caps(&["C"])),
                (tr!("shortcuts.filter"), caps(&["/"])),
                (tr!("shortcuts.choose_card"), caps(&["↑", "↓", "←", "→"])),
                (tr!("shortcuts.open_card"), caps(&["Enter"])),
                (tr!("shortcuts.select_card"), caps(&["X"])),
                (tr!("shortcuts.move_menu"), caps(&["M"])),
                (tr!("shortcuts.delete_card"), caps(&["Del"])),
            ],
        ),
        (
            tr!("shortcuts.dragging"),
            vec![
                (tr!("shortcuts.pick_up"), vec![Named(tr!("shortcuts.space"))]),
                (tr!("shortcuts.move_card"), caps(&["↑", "↓", "←", "→"])),
                (tr!("shortcuts.drop"), vec![Named(tr!("shortcuts.space"))]),
                (tr!("shortcuts.cancel_drag"), caps(&["Esc"])),
            ],
        ),
    ]
}

/// All shortcuts at a glance.
#[component]
pub fn ShortcutSheet() -> impl IntoView {
    let open = Overlays::expect().shortcuts;
    view! {
        <Dialog open title=tr!("shortcuts.title") class="dialog wide">
            <div class="dialog-body" tabindex="0">
                <div class="shortcut-groups">{groups().into_iter().map(section).collect_view()}</div>
                {(!letters_are_on()).then(|| view! { <p class="section-note">{t!("shortcuts.letters_are_off")}</p> })}
            </div>
        </Dialog>
    }
}

fn section((title, rows): Group) -> AnyView {
    let rows = rows.into_iter().map(|(what, caps)| {
        let caps = caps.into_iter().map(|cap| {
            let name = match cap {
                Cap::Of(name) => name.to_owned(),
                Cap::Named(key) => key.text().into_owned(),
            };
            view! { <kbd class="kbd">{name}</kbd> }
        });
        view! {
            <div>
                <dt>{what.text()}</dt>
                <dd>{caps.collect_view()}</dd>
            </div>
        }
    });
    view! {
        <section>
            <h3>{title.text()}</h3>
            <dl class="shortcuts">{rows.collect_view()}</dl>
        </section>
    }
    .into_any()
}
