//! The older part of the journal: what its rows have changed is put into one snapshot per scope, and taken out of them.
//! So the journal grows by what is kept of every row (who, when, where, the command's id), and no longer by what people
//! have written.

use shared::{Scope, Timestamp};

use super::replay::{Replay, snapshot};
use super::{Moment, Store};
use crate::clock::now;
use crate::store::StoreError;
use crate::store::batch::subjects;
use crate::store::columns::{JournalRow, delta, name, scope};

/// How many rows lose their changes in one transaction at the least.
const STEP: usize = 1_000;
/// For how many bytes of the snapshot one more does: each step writes it anew, so that steps as long as it is large keep
/// the whole from growing with its square.
const WEIGHT: usize = 1_000;

/// What one step of the compaction has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compacted {
    /// Where.
    pub scope: Scope,
    /// How many rows of the journal have lost their changes.
    pub rows: usize,
}

/// The rows of one scope whose changes are to be put into its snapshot.
pub(in crate::store) struct Old {
    pub(in crate::store) scope: String,
    /// The last row in the snapshot that there is; 0 for none.
    pub(in crate::store) after: i64,
    /// That snapshot.
    pub(in crate::store) snapshot: Option<String>,
    /// Those after it, oldest first.
    pub(in crate::store) rows: Vec<JournalRow>,
}

/// The snapshot that comes in their place.
pub(in crate::store) struct Condensed {
    pub(in crate::store) scope: String,
    /// The last row in the one before.
    pub(in crate::store) after: i64,
    /// The last row in it.
    pub(in crate::store) seq: i64,
    pub(in crate::store) body: String,
    /// The things that those rows are listed with, and their numbers.
    pub(in crate::store) pairs: Vec<(String, i64)>,
}

impl Store {
    /// Takes the next step in emptying the journal's rows from before a time; `None` if there is none left.
    ///
    /// One step is one scope and 1,000 rows, or more where the scope is large: its transaction takes about as long as
    /// writing the scope's snapshot, which is some milliseconds for a board of a thousand cards. Browsers that were away
    /// since before the last row that was emptied take a snapshot; the activity of things ends there. May be done while
    /// servers run, and by several at once.
    pub async fn compact(&self, before: Timestamp) -> Result<Option<Compacted>, StoreError> {
        let mut moment = self.moment().await?;
        let Some(old) = moment.old(before).await? else { return Ok(None) };
        drop(moment);
        let (scope, rows) = (scope(&old.scope)?, old.rows.len());
        // A large board takes too long for a thread that serves sockets.
        let condensed = tokio::task::spawn_blocking(move || condense(scope, old)).await;
        let condensed =
            condensed.map_err(|why| StoreError::Damaged { what: "the journal", why: why.to_string() })??;
        ask!(self, engine => engine.condense(&condensed).await)?;
        Ok(Some(Compacted { scope, rows }))
    }
}

impl Moment {
    async fn old(&mut self, before: Timestamp) -> Result<Option<Old>, StoreError> {
        at!(self, engine => engine.old((before, now()), |snapshot| STEP + snapshot / WEIGHT).await)
    }
}

fn condense(scope: Scope, old: Old) -> Result<Condensed, StoreError> {
    let mut replay = Replay::new(scope, old.snapshot.as_deref())?;
    let (after, mut seq, mut pairs) = (old.after, old.after, Vec::new());
    for row in old.rows {
        seq = row.1;
        let delta = delta(row)?;
        pairs.extend(subjects(&delta).into_iter().map(|subject| (subject.to_string(), seq)));
        replay.step(&delta)?;
    }
    Ok(Condensed { scope: name(scope), after, seq, body: snapshot(replay.finish()?)?, pairs })
}
