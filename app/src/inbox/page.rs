//! The page of the inbox: what asks now, what is to be done, what was put off.

use jiff::civil::Weekday;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::Timestamp;
use shared::inbox::{Ask, AskKind, Intent};

use super::asks::{Asks, Said, Standing};
use super::due::ask_due;
use super::words::{deed, sentence};
use crate::format;
use crate::reactive::{For, Show, derived, memo};
use crate::sync::{Replica, now};
use crate::ui::{Key, PageHead, Toasts, focus_later, fresh_id, page_title};

const UNDO: &str = "inbox-undo";

/// The page behind `/inbox`.
#[component]
pub fn InboxPage() -> impl IntoView {
    page_title(|| t!("inbox.title"));
    let asks = Asks::expect();
    let said = asks.said;
    // Who comes back later has other things in mind.
    on_cleanup(move || said.set(None));
    // What was taken back elsewhere, by keys for one, is not offered to be taken back.
    let replica = Replica::expect();
    let said_last = memo(move || {
        said.get().filter(|last| {
            replica.read(|view| view.inbox(replica.me()).is_some_and(|inbox| inbox.marks.contains_key(&last.key)))
        })
    });
    let part = move |wanted: fn(&Ask, &Standing) -> bool| {
        memo(move || asks.all().into_iter().filter(|(ask, at)| wanted(ask, at)).collect::<Vec<_>>())
    };
    let presses = part(|ask, at| ask.presses && *at == Standing::Open);
    let waits = part(|ask, at| !ask.presses && *at == Standing::Open);
    let snoozed = part(|_, at| *at != Standing::Open);
    let is_empty = memo(move || presses.with(Vec::is_empty) && waits.with(Vec::is_empty));
    view! {
        <PageHead title=tr!("inbox.title") />
        <div class="page-body" tabindex="0">
            <div class="inbox">
                <div role="status">{move || said_last.get().map(|last| view! { <Undo last said /> })}</div>
                <Show when=move || is_empty.get()>
                    <div class="empty">
                        <h2>{t!("inbox.empty_title")}</h2>
                        <p>{t!("inbox.empty_text")}</p>
                    </div>
                </Show>
                <Group title=tr!("inbox.now") asks=presses said />
                <Group title=tr!("inbox.to_do") asks=waits said />
                <Show when=move || snoozed.with(|snoozed| !snoozed.is_empty())>
                    <details class="inbox-snoozed">
                        <summary>{move || t!("inbox.snoozed", count = snoozed.with(Vec::len))}</summary>
                        <Rows asks=snoozed said />
                    </details>
                </Show>
            </div>
        </div>
    }
}

#[component]
fn Group(title: Key, asks: Memo<Vec<(Ask, Standing)>>, said: RwSignal<Option<Said>>) -> impl IntoView {
    view! {
        <Show when=move || asks.with(|asks| !asks.is_empty())>
            <section class="section">
                <header class="section-head">
                    <h2>{title.text()}</h2>
                    <span class="inbox-count">{move || asks.with(Vec::len)}</span>
                </header>
                <Rows asks said />
            </section>
        </Show>
    }
}

#[component]
fn Rows(asks: Memo<Vec<(Ask, Standing)>>, said: RwSignal<Option<Said>>) -> impl IntoView {
    let key = |(ask, standing): &(Ask, Standing)| (ask.key.clone(), ask.due, ask.presses, *standing);
    view! {
        <ul class="asks">
            <For each=move || asks.get() key=key let((ask, standing))>
                <Row ask standing said />
            </For>
        </ul>
    }
}

#[component]
fn Row(ask: Ask, standing: Standing, said: RwSignal<Option<Said>>) -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let asks = Asks::expect();
    let about = {
        let ask = ask.clone();
        memo(move || asks.about(&ask))
    };
    let (key, kind) = (ask.key.clone(), ask.kind);
    let is_to_read = kind.is_answered_by_reading();
    let say =
        Callback::new(move |(mark, words): (Option<Intent>, String)| match Asks::mark(replica, key.clone(), mark) {
            Ok(()) => {
                said.set(mark.map(|_| Said { key: key.clone(), words }));
                focus_later(UNDO.to_owned());
            }
            Err(rejection) => toasts.refuse(&rejection),
        });
    let title = move || about.get().name;
    let put_aside = move |_| {
        let title = untrack(title);
        let words =
            if is_to_read { t!("inbox.was_read", title = title) } else { t!("inbox.was_put_aside", title = title) };
        say.run((Some(Intent::Done), words.into_owned()));
    };
    let put_it_aside = move || {
        let title = title();
        let label =
            if is_to_read { t!("inbox.mark_it_read", title = title) } else { t!("inbox.put_it_aside", title = title) };
        label.into_owned()
    };
    let act = view! { <Act ask=ask.clone() title=derived(title) /> };
    let actions = match standing {
        Standing::Open if kind == AskKind::Take => act.into_any(),
        Standing::Open => view! {
            {act}
            <Snooze title=derived(title) say />
            <button
                type="button"
                class="button small ghost"
                aria-label=put_it_aside
                on:click=put_aside
            >
                {if is_to_read { t!("inbox.mark_read") } else { t!("inbox.put_aside") }}
            </button>
        }
        .into_any(),
        Standing::Snoozed(until) => view! {
            <span class="ask-until">{t!("inbox.until", when = format::instant(until))}</span>
            <button
                type="button"
                class="button small"
                aria-label=move || t!("inbox.wake_up", title = title())
                on:click=move |_| say.run((None, String::new()))
            >
                {t!("inbox.wake")}
            </button>
        }
        .into_any(),
    };
    view! {
        <li class="ask" data-presses=ask.presses.then_some("")>
            <a class="ask-link" href=asks.address(&ask)>
                <span class="ask-sentence">{sentence(kind)}</span>
                " "
                <span class="number">{move || about.get().number}</span>
                " "
                <span class="ask-about">{title}</span>
                {move || about.get().said.map(|said| view! { <span class="ask-said">{said}</span> })}
                {is_to_read.then(|| view! { <When at=ask.since /> })}
            </a>
            {ask_due(&ask)}
            <span class="ask-actions">{actions}</span>
        </li>
    }
}

/// When it was said.
#[component]
fn When(at: Timestamp) -> impl IntoView {
    let asks = Asks::expect();
    let ago = move || {
        asks.track_minute();
        format::ago(at)
    };
    view! {
        <time class="ask-when" title=format::instant(at)>
            {ago}
        </time>
    }
}

/// Doing what is asked: at once, or where it can be done.
#[component]
fn Act(ask: Ask, title: Signal<String>) -> impl IntoView {
    let (replica, toasts, asks) = (Replica::expect(), Toasts::expect(), Asks::expect());
    let navigate = use_navigate();
    let (name, address) = (deed(ask.kind), asks.address(&ask));
    let label = move || t!("inbox.do_it", deed = name.text(), title = title.get());
    let class = "button small primary";
    if asks.deed(&ask).is_none() {
        return view! {
            <a class=class href=address aria-label=label>
                {name.text()}
            </a>
        }
        .into_any();
    }
    let act = move |_| match asks.deed(&ask).map_or(Ok(()), |command| replica.act(command)) {
        Ok(()) => navigate(&address, NavigateOptions::default()),
        Err(rejection) => toasts.refuse(&rejection),
    };
    view! {
        <button type="button" class=class aria-label=label on:click=act>
            {name.text()}
        </button>
    }
    .into_any()
}

/// A button that offers three times.
#[component]
fn Snooze(title: Signal<String>, say: Callback<(Option<Intent>, String)>) -> impl IntoView {
    let menu = fresh_id("snooze");
    let times = [
        (tr!("inbox.in_an_hour"), Until::Hour),
        (tr!("inbox.tomorrow"), Until::Tomorrow),
        (tr!("inbox.monday"), Until::Monday),
    ];
    let buttons = times.map(|(name, until)| {
        let snooze = move |_| {
            let at = until.at();
            let words = t!("inbox.was_snoozed", title = title.get_untracked(), when = format::instant(at));
            say.run((Some(Intent::Snooze(at)), words.into_owned()));
        };
        view! {
            <button type="button" class="menu-item" on:click=snooze>
                <span>{name.text()}</span>
                <small>{format::instant(until.at())}</small>
            </button>
        }
    });
    view! {
        <button
            type="button"
            class="button small ghost"
            popovertarget=menu.clone()
            aria-label=move || t!("inbox.snooze_it", title = title.get())
        >
            {t!("inbox.snooze")}
        </button>
        <div class="menu" popover="auto" id=menu role="group" aria-label=t!("inbox.snooze")>
            {buttons}
        </div>
    }
}

/// Until when something is put off.
#[derive(Clone, Copy, Debug)]
enum Until {
    Hour,
    Tomorrow,
    Monday,
}

impl Until {
    /// In the person's zone, where their mornings are.
    fn at(self) -> Timestamp {
        const HOUR: i64 = 3_600_000_000;
        let today = format::today();
        let day = match self {
            Self::Hour => return Timestamp::from_micros(now().micros() + HOUR),
            Self::Tomorrow => today.tomorrow(),
            Self::Monday => today.nth_weekday(1, Weekday::Monday),
        };
        format::instant_of(day.unwrap_or(today).at(9, 0, 0, 0))
    }
}

/// What was said last, with the way back.
#[component]
fn Undo(last: Said, said: RwSignal<Option<Said>>) -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let key = last.key;
    let undo = move |_| match Asks::mark(replica, key.clone(), None) {
        Ok(()) => said.set(None),
        Err(rejection) => toasts.refuse(&rejection),
    };
    view! {
        <div class="notice inbox-undo">
            <p>{last.words}</p>
            <button type="button" class="button small" id=UNDO on:click=undo>
                {t!("inbox.undo")}
            </button>
        </div>
    }
}
