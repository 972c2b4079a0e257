//! How the server stands: its database, its clock, its disk and its backups. Admins.

mod area;

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::Fault;
use qibu::operation::functions::condition;
use qibu::operation::{Condition, Database, Disk, Readiness};

pub use self::area::AREA;
use crate::format;
use crate::organisation::{AdminHead, Section};
use crate::ui::page_title;
use crate::words;

/// How often it is looked at, while the page is open.
const EVERY: Duration = Duration::from_secs(10);
/// What a clock may be off without anybody having to look, in microseconds.
const LITTLE: i64 = 1_000_000;

/// The page behind `/admin/system`.
#[component]
pub fn Operation() -> impl IntoView {
    page_title(|| t!("operation.title"));
    let answer = RwSignal::new(None::<Result<Condition, Fault>>);
    let load = move || {
        spawn_local(async move {
            let now = condition().await;
            answer.try_update(|answer| {
                if answer.as_ref() != Some(&now) {
                    *answer = Some(now);
                }
            });
        });
    };
    load();
    let again = set_interval_with_handle(load, EVERY).ok();
    on_cleanup(move || {
        if let Some(again) = again {
            again.clear();
        }
    });
    view! {
        <AdminHead section=Section::System />
        <div class="page-body" tabindex="0">
            {move || match answer.get() {
                None => view! { <div class="skeleton room-skeleton" aria-busy="true"></div> }.into_any(),
                Some(Err(fault)) => view! { <p class="error" role="alert">{words::fault(&fault)}</p> }.into_any(),
                Some(Ok(condition)) => facts(&condition),
            }}
        </div>
    }
}

fn facts(condition: &Condition) -> AnyView {
    let is_ready = condition.readiness == Readiness::Ready;
    let database = match condition.database {
        Database::Sqlite => "SQLite",
        Database::Postgres => "PostgreSQL",
    };
    let clock = condition.drift.map_or((t!("operation.same_clock").into_owned(), false), clock);
    let disk = condition.disk.map_or((t!("operation.unknown").into_owned(), false), disk);
    let backup = condition.backed_up.map(|at| (format::instant(at), false));
    let backup = backup.unwrap_or_else(|| (t!("operation.no_backup").into_owned(), true));
    view! {
        <section class="section system">
            <header class="section-head">
                <h2>{t!("operation.title")}</h2>
            </header>
            <p class="section-note">{t!("operation.about")}</p>
            <dl class="facts">
                {fact(t!("operation.state").into_owned(), (readiness(condition.readiness), !is_ready))}
                {fact(t!("operation.database").into_owned(), (database.to_owned(), false))}
                {fact(t!("operation.clock").into_owned(), clock)}
                {fact(t!("operation.disk").into_owned(), disk)}
                {fact(t!("operation.backup").into_owned(), backup)}
                {fact(t!("operation.sockets").into_owned(), (condition.sockets.to_string(), false))}
                {fact(t!("operation.version").into_owned(), (condition.version.clone(), false))}
            </dl>
        </section>
    }
    .into_any()
}

/// One of them; what somebody should look at is marked.
fn fact(name: String, (text, is_wrong): (String, bool)) -> AnyView {
    let mark = is_wrong.then(|| view! { <strong class="system-wrong">{t!("operation.look")}</strong> });
    view! {
        <dt>{name}</dt>
        <dd>{text} {mark.map(|mark| (" ", mark))}</dd>
    }
    .into_any()
}

fn readiness(readiness: Readiness) -> String {
    match readiness {
        Readiness::Ready => t!("operation.ready"),
        Readiness::Stopping => t!("operation.stopping"),
        Readiness::Silent => t!("operation.silent"),
        Readiness::Damaged => t!("operation.damaged"),
        Readiness::Unwritable => t!("operation.unwritable"),
        Readiness::Unreadable => t!("operation.unreadable"),
        Readiness::Behind => t!("operation.behind"),
        Readiness::Untimely => t!("operation.untimely"),
        Readiness::Late => t!("operation.late"),
    }
    .into_owned()
}

fn clock(drift: i64) -> (String, bool) {
    let milliseconds = drift.saturating_abs() / 1_000;
    let off = format!("{}.{:03}", milliseconds / 1_000, milliseconds % 1_000);
    let text =
        if drift < 0 { t!("operation.behind_by", seconds = off) } else { t!("operation.ahead_by", seconds = off) };
    (text.into_owned(), drift.saturating_abs() > LITTLE)
}

fn disk(disk: Disk) -> (String, bool) {
    const GIGABYTE: u64 = 1_000_000_000;
    let gigabytes = |bytes: u64| format!("{}.{}", bytes / GIGABYTE, bytes % GIGABYTE / (GIGABYTE / 10));
    let text = t!("operation.free_of", free = gigabytes(disk.free), size = gigabytes(disk.size));
    (text.into_owned(), disk.is_short())
}
