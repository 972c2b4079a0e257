//! What asks something of me, found once for all that show it: the rail, the inbox, home and the calls.

use leptos::prelude::*;
use shared::id::ProjectId;
use shared::inbox::{Ask, InboxCommand, Intent, asks};
use shared::{Command, Rejection, Scope, State, Timestamp};

use crate::incident::Seconds;
use crate::sync::{Replica, now};

/// A minute in microseconds.
const MINUTE: i64 = 60_000_000;

/// Where an ask stands for me.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It asks now.
    Open,
    /// I have put it off until then.
    Snoozed(Timestamp),
}

/// What asks something of me, without what I have said is done.
#[derive(Clone, Copy, Debug)]
pub struct Asks {
    all: Memo<Vec<(Ask, Standing)>>,
    /// The running minute.
    minute: Memo<i64>,
}

impl Asks {
    /// Finds them for the pages inside: anew when what they come from changes, and when a minute has passed.
    pub fn provide() {
        let replica = Replica::expect();
        let seconds = Seconds::expect();
        let minute = Memo::new(move |_| seconds.get().micros() / MINUTE);
        // The replica tells of scopes that somebody already reads; a project that is new here has no reader yet.
        let projects = Memo::new(move |_| {
            minute.track();
            replica.read(Scope::Company, |state| state.projects.keys().copied().collect::<Vec<ProjectId>>())
        });
        let all = Memo::new(move |_| {
            minute.track();
            for project in projects.get() {
                replica.read(Scope::Project(project), |_| ());
            }
            for scope in [Scope::Company, Scope::Incidents] {
                replica.read(scope, |_| ());
            }
            replica.read(Scope::Inbox(replica.me()), |state| standing(state, replica))
        });
        provide_context(Self { all, minute });
    }

    /// Those here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Those that ask now, what presses first; tracked.
    pub fn open(self) -> Vec<Ask> {
        self.all.with(|all| all.iter().filter(|(_, at)| *at == Standing::Open).map(|(ask, _)| ask.clone()).collect())
    }

    /// All of them with where they stand; tracked.
    pub fn all(self) -> Vec<(Ask, Standing)> {
        self.all.get()
    }

    /// How many ask now; tracked.
    pub fn count(self) -> usize {
        self.all.with(|all| all.iter().filter(|(_, standing)| *standing == Standing::Open).count())
    }

    /// Whether one of them presses; tracked.
    pub fn presses(self) -> bool {
        self.all.with(|all| all.iter().any(|(ask, standing)| ask.presses && *standing == Standing::Open))
    }

    /// Follows the minutes.
    pub fn track_minute(self) {
        self.minute.track();
    }

    /// Says of an ask that it is done or put off, or takes back what was said.
    pub fn mark(replica: Replica, key: String, mark: Option<Intent>) -> Result<(), Rejection> {
        replica.act(Command::Inbox(InboxCommand { person: replica.me(), key, mark }))
    }
}

fn standing(state: &State, replica: Replica) -> Vec<(Ask, Standing)> {
    let (me, now) = (replica.me(), now());
    let inbox = state.inboxes.get(&me);
    let standing = |ask: &Ask| match inbox.and_then(|inbox| inbox.marks.get(&ask.key)) {
        None => Some(Standing::Open),
        Some(mark) => match mark.until {
            Some(until) if until > now => Some(Standing::Snoozed(until)),
            Some(_) => Some(Standing::Open),
            None => None,
        },
    };
    asks(state, me, now).into_iter().filter_map(|ask| standing(&ask).map(|standing| (ask, standing))).collect()
}
