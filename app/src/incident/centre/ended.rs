//! Those that are over, as the server has answered so far, and asking it for more.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::Fault;
use qibu::incident::functions::over;
use qibu::incident::{Over, OverFilter, OverPage, OverPlace};
use shared::arrange::Arrange as _;
use shared::id::IncidentId;
use shared::incident::Incident;

use super::row_id;
use super::table::of;
use crate::reactive::{effect, memo};
use crate::sync::Replica;
use crate::ui::{Pause, Question, Stand, focus_later};

/// When the server is asked for what has just ended: it finds it a moment later, and under load after some more.
const LOOKS: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(10), Duration::from_secs(30)];

/// The list of those that are over.
#[derive(Clone, Copy)]
pub struct Ended {
    /// Those so far, the last reported first.
    pub rows: RwSignal<Vec<Over>>,
    /// Where the first page stands.
    pub stand: RwSignal<Stand>,
    /// Where the list goes on.
    pub next: RwSignal<Option<OverPlace>>,
    /// Where the page stands that was asked for last, if it is one more.
    pub more: RwSignal<Stand>,
    /// Hears of what was asked for by who looks, rather than by what has ended meanwhile.
    came: Callback<Vec<IncidentId>>,
    asked: Memo<Option<OverFilter>>,
    question: Question,
}

impl Ended {
    /// Asks the server whenever something else is asked for, and when an incident has ended; for nothing while none that
    /// is over would fit. `listed` are those that go on and fit.
    pub fn of(
        asked: Memo<Option<OverFilter>>,
        listed: Memo<Vec<Arc<Incident>>>,
        came: Callback<Vec<IncidentId>>,
    ) -> Self {
        let ended = Self {
            rows: RwSignal::new(Vec::new()),
            stand: RwSignal::new(Stand::OnItsWay),
            next: RwSignal::new(None),
            more: RwSignal::new(Stand::There),
            came,
            asked,
            question: Question::new(),
        };
        effect(move || {
            asked.track();
            ended.ask();
        });
        ended.follow(listed);
        ended
    }

    /// Asks for the first page anew.
    pub fn ask(self) {
        let question = self.question.anew();
        let Some(filter) = self.asked.get_untracked() else {
            self.show(Ok(OverPage::default()));
            return;
        };
        if self.stand.get_untracked() == Stand::Silence {
            self.stand.set(Stand::OnItsWay);
        }
        spawn_local(async move {
            if let Some(page) = self.page(question, filter, None).await {
                self.show(page);
            }
        });
    }

    fn show(self, page: Result<OverPage, Fault>) {
        self.stand.set(if page.is_ok() { Stand::There } else { Stand::Silence });
        let page = page.unwrap_or_default();
        self.more.set(Stand::There);
        self.next.set(page.next);
        self.came.run(page.rows.iter().map(|row| row.id).collect());
        self.rows.set(page.rows);
    }

    /// Asks for the rows after the last one. The focus stays where it is, unless the button goes: then it is on the
    /// first of the new rows.
    pub fn ask_more(self) {
        let waits = self.more.get_untracked() == Stand::OnItsWay;
        let Some((filter, place)) = self.asked.get_untracked().zip(self.next.get_untracked()).filter(|_| !waits) else {
            return;
        };
        self.more.set(Stand::OnItsWay);
        let question = self.question.current();
        spawn_local(async move {
            let Some(page) = self.page(question, filter, Some(place)).await else { return };
            self.more.set(if page.is_ok() { Stand::There } else { Stand::Silence });
            let Ok(page) = page else { return };
            if let Some(first) = page.rows.first().filter(|_| page.next.is_none()) {
                focus_later(row_id(first.id));
            }
            self.next.set(page.next);
            self.came.run(page.rows.iter().map(|row| row.id).collect());
            self.join(page.rows);
        });
    }

    /// Asks again a moment after an incident has left those that go on. One that was listed stays meanwhile as it was.
    fn follow(self, listed: Memo<Vec<Arc<Incident>>>) {
        let replica = Replica::expect();
        let open =
            memo(move || replica.read(|view| view.incidents().all.keys().copied().collect::<BTreeSet<IncidentId>>()));
        let looks = LOOKS.map(Pause::of);
        Effect::new(move |before: Option<(BTreeSet<IncidentId>, Vec<Arc<Incident>>)>| {
            let (open, listed) = (open.get(), listed.get());
            if let Some((was_open, was_listed)) = before
                && !was_open.is_subset(&open)
            {
                let left = was_listed.iter().filter(|incident| !open.contains(&incident.id));
                self.join(left.map(|incident| of(incident)).collect());
                for pause in looks {
                    pause.then(move || self.look());
                }
            }
            (open, listed)
        });
    }

    /// Takes in what has ended meanwhile; who has asked for more keeps it.
    fn look(self) {
        if self.stand.try_get_untracked() != Some(Stand::There) {
            return;
        }
        let Some(filter) = self.asked.get_untracked() else { return };
        let question = self.question.current();
        spawn_local(async move {
            // What is shown without an answer is not wrong.
            if let Some(Ok(page)) = self.page(question, filter, None).await {
                self.join(page.rows);
            }
        });
    }

    /// Puts rows among those that are there.
    fn join(self, more: Vec<Over>) {
        self.rows.update(|rows| {
            // What came last says how it stands now.
            rows.retain(|row| more.iter().all(|new| new.id != row.id));
            rows.extend(more);
            rows.arrange_by_key(|row| Reverse((row.reported_at, row.id)));
        });
    }

    /// A page with a row at the least, unless the list ends before one; `None` if something else was asked meanwhile.
    async fn page(
        self,
        question: u32,
        filter: OverFilter,
        mut after: Option<OverPlace>,
    ) -> Option<Result<OverPage, Fault>> {
        loop {
            let page = over(filter.clone(), after).await;
            if !self.question.counts(question) {
                return None;
            }
            match page {
                Ok(OverPage { rows, next: Some(next) }) if rows.is_empty() => after = Some(next),
                page => return Some(page),
            }
        }
    }
}
