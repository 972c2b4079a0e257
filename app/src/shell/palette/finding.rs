//! What the palette has found: at once what is here, a little later what the server has besides.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::entries::{Deed, Entry, entries, fitting, merged, of_found};
use crate::knowledge::found_by_server;
use crate::reactive::memo;
use crate::sync::Replica;
use crate::ui::{Pause, Question, Stand, Typed};

/// What was typed, what was found, and which of it is chosen.
#[derive(Clone, Copy)]
pub struct Finding {
    /// What is typed.
    pub typed: RwSignal<String>,
    /// What was found, by heading.
    pub found: Memo<Vec<Entry>>,
    /// Which of it is chosen.
    pub at: RwSignal<usize>,
    /// Where the server's answer stands.
    pub stand: RwSignal<Stand>,
    replica: Replica,
    /// What the server has found.
    served: RwSignal<Vec<Entry>>,
    /// Whether Enter was pressed before the server had answered, and nothing here was there to choose.
    hurried: StoredValue<bool>,
    question: Question,
    pause: Pause,
}

impl Finding {
    /// Nothing typed yet, on the page of a path.
    pub fn on(replica: Replica, path: &str) -> Self {
        let all = StoredValue::new(replica.peek(|state| entries(state, replica.me(), path)));
        let (typed, served) = (RwSignal::new(String::new()), RwSignal::new(Vec::<Entry>::new()));
        let here = memo(move || {
            let typed = Typed::of(&typed.read());
            all.with_value(|all| replica.peek(|state| fitting(all, state, &typed)))
        });
        let found = memo(move || {
            let (here, served) = (here.get(), served.get());
            if served.is_empty() { here } else { merged(here.into_iter().chain(served)) }
        });
        Self {
            typed,
            found,
            at: RwSignal::new(0),
            stand: RwSignal::new(Stand::There),
            replica,
            served,
            hurried: StoredValue::new(false),
            question: Question::new(),
            pause: Pause::new(),
        }
    }

    /// Something else is typed. What the server found for what was typed before stays until it has answered, as far as it
    /// still fits.
    pub fn type_(self, text: String, choose: Callback<Deed>) {
        let typed = Typed::of(&text);
        self.served.update(|served| served.retain(|entry| typed.finds(&entry.label, &[])));
        self.hurried.set_value(false);
        self.at.set(0);
        let question = self.question.anew();
        // A single letter is in everything.
        let asks = !typed.is_empty() && (text.trim().chars().nth(1).is_some() || !text.is_ascii());
        self.typed.set(text.clone());
        if !asks {
            self.pause.forget();
            self.served.set(Vec::new());
            self.stand.set(Stand::There);
            return;
        }
        self.stand.set(Stand::OnItsWay);
        self.pause.then(move || self.ask(text, question, choose));
    }

    fn ask(self, text: String, question: u32, choose: Callback<Deed>) {
        spawn_local(async move {
            let answer = found_by_server(self.replica, text).await;
            if !self.question.counts(question) {
                return;
            }
            self.stand.set(if answer.is_ok() { Stand::There } else { Stand::Silence });
            let chosen = self.chosen();
            self.served.set(answer.unwrap_or_default().into_iter().map(of_found).collect());
            // What is chosen stays so, wherever it stands now.
            let place = |found: &Vec<Entry>| found.iter().position(|entry| Some(&entry.deed) == chosen.as_ref());
            self.at.set(self.found.with_untracked(place).unwrap_or_default());
            if self.hurried.get_value() {
                self.choose(choose);
            }
        });
    }

    /// Does what is chosen: at once, or when the server has answered if nothing is there yet.
    pub fn choose(self, perform: Callback<Deed>) {
        match self.chosen() {
            Some(deed) => perform.run(deed),
            None => self.hurried.set_value(self.stand.get_untracked() == Stand::OnItsWay),
        }
    }

    fn chosen(self) -> Option<Deed> {
        let at = self.at.get_untracked();
        self.found.with_untracked(|found| found.get(at).map(|entry| entry.deed.clone()))
    }

    /// The next one is chosen, or the one before; answers which that is.
    pub fn step(self, forward: bool) -> Option<usize> {
        let count = self.found.with_untracked(Vec::len);
        if count == 0 {
            return None;
        }
        self.at.update(|at| *at = if forward { (*at + 1) % count } else { (*at + count - 1) % count });
        Some(self.at.get_untracked())
    }
}
