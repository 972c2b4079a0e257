//! Who is signed in: nobody, somebody with a replica, or nobody yet because the company is not founded.
//!
//! The page speaks the language of whoever comes in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::organisation::Whoami;
use qibu::organisation::functions::whoami;

use crate::language::Language;
use crate::later;
use crate::sync::{FirstAnswer, Leave, Replica, fetch_start, serve_offline, start_under_way};

/// What the gate shows, or lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// Not known yet.
    Unknown,
    /// The server does not answer, and nothing is kept here.
    Unreachable,
    /// No company: the first admin is to be made.
    Empty,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is, and their replica is live.
    SignedIn(Replica),
}

/// The session as the whole app sees it.
#[derive(Clone, Copy, Debug)]
pub struct CurrentSession {
    session: RwSignal<Session>,
    language: Language,
    /// How many changes wait in this browser for the next sign-in of the person whose sign-in is over.
    held_back: RwSignal<usize>,
}

impl CurrentSession {
    /// Begins with what is kept here, else with what the start script has already asked the server for.
    pub fn provide(language: Language) -> Self {
        let session = Self { session: RwSignal::new(Session::Unknown), language, held_back: RwSignal::new(0) };
        provide_context(session);
        spawn_local(async move {
            match Replica::reopen(session.expired()).await {
                Some(replica) => session.let_in(replica),
                None => session.take(start_under_way().await).await,
            }
            serve_offline();
            later::bring_soon();
        });
        session
    }

    /// The session here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// What it is now; tracked.
    pub fn get(self) -> Session {
        self.session.get()
    }

    /// How many changes wait for the next sign-in of whoever was signed in here; tracked.
    pub fn held_back(self) -> usize {
        self.held_back.get()
    }

    /// Somebody has just signed in, founded the company or joined: loads what they may read. `false` if the browser did
    /// not keep the sign-in.
    pub async fn enter(self) -> bool {
        let start = fetch_start().await;
        let is_kept = !matches!(start, FirstAnswer::SignedOut);
        self.take(start).await;
        is_kept
    }

    /// Ends it here: the gate closes at once, and what is to go from disk has gone when this returns.
    pub async fn leave(self, leave: Leave) {
        let Session::SignedIn(replica) = self.session.get_untracked() else { return };
        let unsent = if leave == Leave::Expired { untrack(|| replica.unsent()) } else { 0 };
        self.held_back.set(unsent);
        let closing = replica.close(leave);
        self.session.set(Session::SignedOut);
        closing.await;
    }

    /// What happens when the server says that the sign-in is over.
    fn expired(self) -> Callback<()> {
        Callback::new(move |()| spawn_local(self.leave(Leave::Expired)))
    }

    fn let_in(self, replica: Replica) {
        let me = replica.me();
        let locale = replica.peek(|state| state.company.people.get(&me).map(|me| me.locale));
        if let Some(locale) = locale {
            self.language.speak(locale);
        }
        self.held_back.set(0);
        self.session.set(Session::SignedIn(replica));
    }

    async fn take(self, answer: FirstAnswer) {
        match answer {
            FirstAnswer::Start(start) => self.let_in(Replica::open(start, self.expired())),
            FirstAnswer::SignedOut => self.session.set(match whoami().await {
                Ok(Whoami::Empty) => Session::Empty,
                Ok(_) => Session::SignedOut,
                Err(_) => Session::Unreachable,
            }),
            FirstAnswer::Silence => self.session.set(Session::Unreachable),
        }
    }
}
