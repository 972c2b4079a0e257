//! The figures as the server last counted them, and asking it anew.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::incident::Tally;
use qibu::incident::functions::tally;

use super::first_month;
use crate::reactive::effect;
use crate::sync::Replica;
use crate::ui::{Pause, Question, Stand};

/// How long the incidents are left alone before they are counted anew: those that are over are counted by an index that
/// lags a little.
const REST: Duration = Duration::from_secs(1);

/// The figures.
#[derive(Clone, Copy)]
pub struct Counted {
    /// Where they stand.
    pub stand: RwSignal<Stand>,
    /// Of how many months they are, and what they are.
    pub told: RwSignal<Option<(i32, Tally)>>,
    months: Memo<i32>,
    question: Question,
}

impl Counted {
    /// Those of so many months: asked for at once, when other months are looked at, and when incidents have changed.
    pub fn of(months: Memo<i32>) -> Self {
        let counted = Self {
            stand: RwSignal::new(Stand::OnItsWay),
            told: RwSignal::new(None),
            months,
            question: Question::new(),
        };
        effect(move || {
            months.track();
            counted.ask();
        });
        let (replica, pause) = (Replica::expect(), Pause::of(REST));
        Effect::new(move |before: Option<()>| {
            replica.read(|view| {
                view.incidents();
            });
            if before.is_some() {
                pause.then(move || counted.ask());
            }
        });
        counted
    }

    /// Asks the server. Figures that are shown stay until there are others.
    pub fn ask(self) {
        let (question, months) = (self.question.anew(), self.months.get_untracked());
        let is_shown = self.told.with_untracked(|told| told.as_ref().is_some_and(|(of, _)| *of == months));
        if !is_shown && self.stand.get_untracked() == Stand::Silence {
            self.stand.set(Stand::OnItsWay);
        }
        spawn_local(async move {
            let answer = tally(first_month(months)).await;
            if !self.question.counts(question) {
                return;
            }
            match answer {
                Ok(tally) => {
                    self.told.set(Some((months, tally)));
                    self.stand.set(Stand::There);
                }
                Err(_) if is_shown => {}
                Err(_) => {
                    self.told.set(None);
                    self.stand.set(Stand::Silence);
                }
            }
        });
    }
}
