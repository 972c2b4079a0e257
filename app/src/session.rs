//! Who is signed in: nobody, somebody with a replica, or nobody yet because the company is not founded.
//!
//! The page speaks the language of whoever comes in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::organisation::functions::{Whoami, whoami};

use crate::shell::Language;
use crate::sync::{FirstAnswer, Replica, fetch_start, start_under_way};

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
pub struct CurrentSession(RwSignal<Session>, Language);

impl CurrentSession {
    /// Begins with what the start script has already asked the server for.
    pub fn provide(language: Language) -> Self {
        let session = Self(RwSignal::new(Session::Unknown), language);
        provide_context(session);
        spawn_local(async move { session.take(start_under_way().await).await });
        session
    }

    /// The session here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// What it is now; tracked.
    pub fn get(self) -> Session {
        self.0.get()
    }

    /// Somebody has just signed in, founded the company or joined: loads what they may read.
    pub async fn enter(self) {
        self.take(fetch_start().await).await;
    }

    /// Ends it here: the replica is wiped and the gate closes.
    pub fn leave(self) {
        if let Session::SignedIn(replica) = self.0.get_untracked() {
            replica.close();
        }
        self.0.set(Session::SignedOut);
    }

    async fn take(self, answer: FirstAnswer) {
        match answer {
            FirstAnswer::Start(start) => {
                let replica = Replica::open(start, self);
                let me = replica.me();
                let locale = replica.peek(|state| state.company.people.get(&me).map(|me| me.locale));
                if let Some(locale) = locale {
                    self.1.speak(locale);
                }
                self.0.set(Session::SignedIn(replica));
            }
            FirstAnswer::SignedOut => self.0.set(match whoami().await {
                Ok(Whoami::Empty) => Session::Empty,
                Ok(_) => Session::SignedOut,
                Err(_) => Session::Unreachable,
            }),
            FirstAnswer::Silence => self.0.set(Session::Unreachable),
        }
    }
}
