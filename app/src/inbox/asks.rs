//! What asks something of me, found once for all that show it: the rail, the inbox, home and the calls.

use leptos::prelude::*;
use shared::id::PersonId;
use shared::inbox::{Ask, InboxCommand, Intent, Source, asks};
use shared::{Command, Rejection, Scope, State, Timestamp};

use super::words::About;
use crate::reactive::memo;
use crate::sync::{Replica, TrackedView, now};
use crate::ui::Seconds;

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
    replica: Replica,
    all: Memo<Vec<(Ask, Standing)>>,
    /// The running minute.
    minute: Memo<Timestamp>,
    /// What was said last of one, while the inbox still offers to take it back.
    pub(super) said: RwSignal<Option<Said>>,
    areas: AskedAbout,
}

/// What was said last of an ask, so that it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// The ask's.
    pub key: String,
    /// In words.
    pub words: String,
}

/// What the areas say of their asks.
#[derive(Clone, Copy, Debug)]
pub struct AskedAbout {
    /// What one is about, to whom it asks.
    pub about: fn(&TrackedView, PersonId, &Ask) -> About,
    /// Where it can be done.
    pub address: fn(&Ask) -> String,
    /// What does it, where no more has to be said.
    pub deed: fn(&Ask) -> Option<Command>,
}

impl Asks {
    /// Finds them for the pages inside: anew when what they come from changes, and when a minute has passed.
    pub fn provide(areas: AskedAbout) {
        let replica = Replica::expect();
        let minute = Seconds::expect().minute();
        let all = memo(move || {
            minute.track();
            replica.read(|view| standing(view, replica.me()))
        });
        provide_context(Self { replica, all, minute, said: RwSignal::new(None), areas });
    }

    /// Those here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// What an ask is about; tracked.
    pub fn about(self, ask: &Ask) -> About {
        self.replica.read(|view| (self.areas.about)(view, self.replica.me(), ask))
    }

    /// Where it can be done.
    pub fn address(self, ask: &Ask) -> String {
        (self.areas.address)(ask)
    }

    /// What does it, where no more has to be said.
    pub fn deed(self, ask: &Ask) -> Option<Command> {
        (self.areas.deed)(ask)
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

    /// What puts aside all that only asks for a word about this: part of the gesture that says one.
    pub fn answers(self, about: shared::inbox::About) -> Vec<Command> {
        let answered = untrack(|| self.open());
        let answered = answered.into_iter().filter(|ask| ask.about == about && ask.kind.is_answered_by_a_word());
        answered.map(|ask| marking(self.replica, ask.key, Some(Intent::Done))).collect()
    }

    /// Puts aside what only asked for a word about this, now that one was said.
    pub fn answer(self, about: shared::inbox::About) {
        for command in self.answers(about) {
            // What cannot be put aside goes on asking, which is what it would have done.
            let _ = self.replica.act(command);
        }
    }

    /// Puts aside what only asked one to read this, now that it is on the page; the inbox offers to take that back.
    pub fn read(self, about: shared::inbox::About, source: Option<Source>) {
        let is_read = |ask: &Ask| {
            let is_here = ask.said.map(|(_, said)| said) == source;
            ask.about == about && is_here && ask.kind.is_answered_by_reading()
        };
        for ask in untrack(|| self.open()).into_iter().filter(is_read) {
            let words = t!("inbox.was_read", title = untrack(|| self.about(&ask)).name).into_owned();
            if Self::mark(self.replica, ask.key.clone(), Some(Intent::Done)).is_ok() {
                self.said.set(Some(Said { key: ask.key, words }));
            }
        }
    }

    /// Puts an ask aside or off, or takes back what was said of it.
    pub fn mark(replica: Replica, key: String, mark: Option<Intent>) -> Result<(), Rejection> {
        replica.act(marking(replica, key, mark))
    }
}

fn marking(replica: Replica, key: String, mark: Option<Intent>) -> Command {
    Command::Inbox(InboxCommand { person: replica.me(), key, mark })
}

fn standing(view: &TrackedView, me: PersonId) -> Vec<(Ask, Standing)> {
    let now = now();
    let inbox = view.inbox(me);
    let standing = |ask: &Ask| match inbox.and_then(|inbox| inbox.marks.get(&ask.key)) {
        None => Some(Standing::Open),
        Some(mark) => match mark.until {
            Some(until) if until > now => Some(Standing::Snoozed(until)),
            Some(_) => Some(Standing::Open),
            None => None,
        },
    };
    let state =
        State { projects: view.projects().clone(), ..view.only(&[Scope::Company, Scope::Incidents, Scope::Inbox(me)]) };
    asks(&state, me, now).into_iter().filter_map(|ask| standing(&ask).map(|standing| (ask, standing))).collect()
}
