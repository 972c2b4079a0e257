//! What a store would have: the things that changes touch, written when they are, and read back.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::command::Changes;
use crate::state::{Fate, Part, Thing, Things};
use crate::{Scope, State};

/// The things by scope.
#[derive(Default)]
pub(crate) struct Kept(BTreeMap<Scope, Rows>);

/// Things by kind and name: whether each is gone, and its body.
type Rows = BTreeMap<(&'static str, String), (bool, String)>;

impl Kept {
    /// Writes what `changes` touch, and applies them.
    pub(crate) fn take(&mut self, state: &mut State, changes: &Changes) {
        for part in changes {
            let mut touched: Vec<(Thing, String)> = Vec::new();
            for change in &part.changes {
                state.touched(part.scope, change, &mut |thing, fate| {
                    let last = match fate {
                        Fate::Gone => state.write(part.scope, &thing).map(|body| body.expect("JSON")),
                        Fate::Put | Fate::Left => None,
                    };
                    touched.push((thing, last.unwrap_or_default()));
                });
            }
            state.apply(part);
            let rows = self.0.entry(part.scope).or_default();
            for (thing, last) in touched {
                let (kind, id) = thing.name();
                let row = state.write(part.scope, &thing).map_or((true, last), |body| (false, body.expect("JSON")));
                rows.insert((kind.name, id), row);
            }
        }
    }

    /// Demands that what is kept reads as what is there.
    pub(crate) fn reads_as(&self, state: &State) {
        self.reads_of(state, |_| true);
    }

    /// The same of some scopes.
    pub(crate) fn reads_of(&self, state: &State, counts: impl Fn(Scope) -> bool) {
        #[derive(Deserialize)]
        struct Numbered {
            number: u32,
        }
        for (scope, rows) in self.0.iter().filter(|(scope, _)| counts(**scope)) {
            let numbered: BTreeSet<&str> = scope.numbered().iter().map(|kind| kind.name).collect();
            let mut things = Things::default();
            for ((kind, id), (gone, body)) in rows {
                if !gone {
                    things.add(kind, id, body);
                } else if numbered.contains(kind) {
                    things.add_gone(serde_json::from_str::<Numbered>(body).expect("a number").number);
                }
            }
            let read = Part::read(*scope, &things).expect("it can be read");
            assert_eq!(read, state.part(*scope), "{scope}");
        }
    }
}
