//! The rows of things, derived from changes and the state: no kind of thing has code of its own for being saved.

use std::collections::BTreeMap;

use shared::command::ScopedChanges;
use shared::state::{Fate, Kind, Thing};
use shared::sync::Seq;
use shared::{Scope, State};

/// A thing as it is to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub scope: Scope,
    /// Which it is, within its kind and scope.
    pub id: String,
    /// The last row of the journal that touched it.
    pub seq: Seq,
    /// Whether it is no longer there.
    pub gone: bool,
    /// All of it, as JSON; of a thing that is gone, what it last was, and nothing of one that goes on elsewhere.
    pub body: String,
}

/// The things that a batch touches: each is written once, as it stands at the end.
#[derive(Debug, Default)]
pub(crate) struct Touched(BTreeMap<(Scope, Thing), Touch>);

#[derive(Debug)]
struct Touch {
    seq: Seq,
    /// What it was when it went.
    last: Option<String>,
}

impl Touched {
    /// Takes note of a part that is about to be applied to `before`.
    pub(crate) fn note(&mut self, before: &State, part: &ScopedChanges, seq: Seq) -> Result<(), serde_json::Error> {
        let scope = part.scope;
        let mut unwritable = Ok(());
        for change in &part.changes {
            before.touched(scope, change, &mut |thing, fate| {
                let last = match fate {
                    Fate::Put => None,
                    Fate::Left => Some(String::new()),
                    Fate::Gone => before.write(scope, &thing).transpose().unwrap_or_else(|error| {
                        unwritable = Err(error);
                        None
                    }),
                };
                self.0.insert((scope, thing), Touch { seq, last });
            });
        }
        unwritable
    }

    /// The rows, with the bodies that things have in `after`, where all noted parts are applied.
    pub(crate) fn into_rows(self, after: &State) -> Result<Vec<Row>, serde_json::Error> {
        let row = |((scope, thing), touch): ((Scope, Thing), Touch)| {
            let here = after.write(scope, &thing).transpose();
            let gone = matches!(here, Ok(None));
            // Neither here nor there before: the change fitted nothing.
            let body = here.map(|here| here.or(touch.last)).transpose()?;
            let (kind, id) = thing.name();
            Some(body.map(|body| Row { kind, scope, id, seq: touch.seq, gone, body }))
        };
        self.0.into_iter().filter_map(row).collect()
    }
}
