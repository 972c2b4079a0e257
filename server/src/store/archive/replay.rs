//! What things a scope should have, by its journal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::state::{Kind, Part, Things};
use shared::sync::Delta;
use shared::{Scope, State};

use crate::store::columns::{integer, json, seq};
use crate::store::{Row, StoreError, Touched};

/// The things of a scope, by kind and id.
pub(super) type Rows = BTreeMap<(Kind, String), Row>;

/// A scope that is made once more from its journal.
pub(super) struct Replay {
    state: State,
    rows: Rows,
    touched: Touched,
}

/// A row of a snapshot: kind, id, seq, gone, body.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept(pub(super) String, pub(super) String, pub(super) i64, pub(super) bool, pub(super) String);

/// The rows of a snapshot.
pub(super) fn kept(snapshot: &str) -> Result<Vec<Kept>, StoreError> {
    json("a snapshot", snapshot)
}

impl Replay {
    /// From a snapshot, or from nothing.
    pub(super) fn new(scope: Scope, snapshot: Option<&str>) -> Result<Self, StoreError> {
        let kept = snapshot.map(kept).transpose()?.unwrap_or_default();
        let row = |Kept(kind, id, number, gone, body)| {
            let kind = kind_of(&kind)?;
            Ok(((kind, id.clone()), Row { kind, scope, id, seq: seq(number), gone, body }))
        };
        let rows = kept.into_iter().map(row).collect::<Result<Rows, StoreError>>()?;
        let mut state = State::default();
        if let Some(part) = part(scope, &rows)? {
            state.put(scope, part);
        }
        Ok(Self { state, rows, touched: Touched::default() })
    }

    /// Takes the next row of the journal in.
    pub(super) fn step(&mut self, delta: &Delta) -> Result<(), StoreError> {
        self.touched.note(&self.state, &delta.part, delta.seq)?;
        self.state.apply(&delta.part);
        Ok(())
    }

    /// The things that there should be after the last row.
    pub(super) fn finish(self) -> Result<Rows, StoreError> {
        let mut rows = self.rows;
        let touched = self.touched.into_rows(&self.state)?;
        rows.extend(touched.into_iter().map(|row| ((row.kind, row.id.clone()), row)));
        Ok(rows)
    }
}

/// The kind of a name.
pub(super) fn kind_of(name: &str) -> Result<Kind, StoreError> {
    let unknown = || StoreError::Damaged { what: "a kind", why: name.to_owned() };
    Scope::kinds().find(|kind| kind.name == name).ok_or_else(unknown)
}

/// The text of a snapshot.
pub(super) fn snapshot(rows: Rows) -> Result<String, StoreError> {
    let kept =
        rows.into_values().map(|row| Kept(row.kind.name.to_owned(), row.id, integer(row.seq), row.gone, row.body));
    Ok(serde_json::to_string(&kept.collect::<Vec<_>>())?)
}

/// A scope as its things have it; `None` if there are none.
fn part(scope: Scope, rows: &Rows) -> Result<Option<Part>, StoreError> {
    #[derive(Deserialize)]
    struct Numbered {
        number: u32,
    }
    if rows.is_empty() {
        return Ok(None);
    }
    let mut things = Things::default();
    for row in rows.values() {
        if !row.gone {
            things.add(row.kind.name, &row.id, &row.body);
        } else if scope.numbered().contains(&row.kind) {
            things.add_gone(json::<Numbered>("a number", &row.body)?.number);
        }
    }
    Part::read(scope, &things).map_err(|why| StoreError::Damaged { what: "a snapshot", why: why.to_string() })
}
