//! What the page lists: those that go on, which are at hand, and below them those that are over, which the server has.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use qibu::incident::OverFilter;
use shared::arrange::Arrange as _;
use shared::id::IncidentId;
use shared::incident::Incident;

use super::ended::Ended;
use super::filters::Filter;
use super::table::Line;
use crate::reactive::{derived, memo};
use crate::sync::{Replica, TrackedView};
use crate::ui::Stand;

/// How many of those that go on are drawn before one asks for more.
const ROWS: usize = 100;

/// Where the list as a whole stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing has come yet of those that are over.
    OnItsWay,
    /// The server does not answer.
    Silence,
    /// There are none that fit.
    NoMatch,
    /// There are more.
    GoesOn,
    /// All that fit are there.
    Complete,
}

/// The list.
#[derive(Clone, Copy)]
pub struct List {
    replica: Replica,
    /// Those that are over.
    pub ended: Ended,
    /// How many wait until nothing is held still.
    pub waiting: Memo<usize>,
    shown: Memo<Vec<Line>>,
    /// What is under the pointer or the focus must not move: what comes meanwhile waits behind a button.
    held: RwSignal<Option<BTreeSet<IncidentId>>>,
    /// How many of those that go on are drawn.
    limit: RwSignal<usize>,
}

impl List {
    /// What fits.
    pub fn of(filter: Memo<Filter>, over: Memo<Option<OverFilter>>) -> Self {
        let replica = Replica::expect();
        let held = RwSignal::new(None::<BTreeSet<IncidentId>>);
        let came = Callback::new(move |more: Vec<IncidentId>| {
            if held.with_untracked(Option::is_some) {
                held.update(|held| held.iter_mut().for_each(|held| held.extend(&more)));
            }
        });
        let open = memo(move || {
            let filter = filter.get();
            replica.read(|view| open(view, replica, &filter))
        });
        let ended = Ended::of(over, open, came);
        let fitting = memo(move || {
            let mut over = ended.rows.get();
            // One that is about to leave those that go on may be found already.
            replica.read(|view| over.retain(|over| !view.incidents().all.contains_key(&over.id)));
            let open = open.get().into_iter().map(|incident| Line::Open(incident.id));
            open.chain(over.into_iter().map(Line::Over)).collect::<Vec<_>>()
        });
        let shown = memo(move || {
            let held = held.read();
            let is_shown = |line: &Line| held.as_ref().is_none_or(|held| held.contains(&line.id()));
            fitting.get().into_iter().filter(is_shown).collect::<Vec<_>>()
        });
        let waiting = memo(move || fitting.with(Vec::len) - shown.with(Vec::len));
        Self { replica, ended, waiting, shown, held, limit: RwSignal::new(ROWS) }
    }

    /// Holds still what is there.
    pub fn hold(self) {
        if self.held.with_untracked(Option::is_none) {
            let open = self.replica.peek(|state| state.incidents.all.keys().copied().collect::<BTreeSet<_>>());
            let over = self.ended.rows.with_untracked(|rows| rows.iter().map(|row| row.id).collect::<BTreeSet<_>>());
            self.held.set(Some(open.into_iter().chain(over).collect()));
        }
    }

    /// Shows what came meanwhile.
    pub fn let_go(self) {
        self.held.set(None);
    }

    /// The lines that are drawn.
    pub fn drawn(self) -> Signal<Vec<Line>> {
        derived(move || {
            let most = self.limit.get();
            let is_cut = self.open_count() > most;
            self.shown.with(|shown| if is_cut { shown[..most].to_vec() } else { shown.clone() })
        })
    }

    /// How many fit, and whether there are more; `None` until that is known. Tracked.
    pub fn count(self) -> Option<(usize, bool)> {
        (self.ended.stand.get() != Stand::OnItsWay)
            .then(|| (self.shown.with(Vec::len), self.ended.next.with(Option::is_some)))
    }

    /// Where it stands; tracked.
    pub fn standing(self) -> Standing {
        if self.open_count() > self.limit.get() {
            return Standing::GoesOn;
        }
        match self.ended.stand.get() {
            Stand::OnItsWay => Standing::OnItsWay,
            Stand::Silence => Standing::Silence,
            Stand::There if self.ended.next.with(Option::is_some) => Standing::GoesOn,
            Stand::There if self.shown.with(Vec::is_empty) && self.waiting.get() == 0 => Standing::NoMatch,
            Stand::There => Standing::Complete,
        }
    }

    /// Draws more of what is there, or asks for more.
    pub fn show_more(self) {
        if untrack(|| self.open_count()) > self.limit.get_untracked() {
            self.limit.update(|limit| *limit += ROWS);
        } else {
            self.ended.ask_more();
        }
    }

    fn open_count(self) -> usize {
        self.shown.with(|shown| shown.iter().filter(|line| matches!(line, Line::Open(_))).count())
    }
}

/// Those that go on and are asked for: what runs, the gravest first; then the rest, the last reported first.
fn open(view: &TrackedView, replica: Replica, filter: &Filter) -> Vec<Arc<Incident>> {
    let me = replica.me();
    let (company, incidents) = (view.company(), view.incidents());
    let running = incidents.running();
    let mut rest: Vec<&Arc<Incident>> = incidents.all.values().filter(|it| !it.stage.is_running()).collect();
    rest.arrange_by_key(|incident| Reverse(incident.reported_at));
    let all = running.iter().chain(rest);
    all.filter(|incident| filter.fits(company, me, incident)).cloned().collect()
}
