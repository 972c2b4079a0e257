//! How values stand in columns, the same in every engine: ids and scopes as text, times and numbers as integers.

use shared::command::ScopedChanges;
use shared::sync::{Delta, Seq};
use shared::{Scope, Timestamp};

use super::StoreError;

/// A scope as the tables name it.
pub(super) fn name(scope: Scope) -> String {
    scope.to_string()
}

pub(super) fn scope(name: &str) -> Result<Scope, StoreError> {
    name.parse().map_err(|_| StoreError::Damaged { what: "scope", why: name.to_owned() })
}

pub(super) fn parsed<T: std::str::FromStr<Err = uuid::Error>>(what: &'static str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|why: uuid::Error| StoreError::Damaged { what, why: why.to_string() })
}

pub(super) fn json<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|why| StoreError::Damaged { what, why: why.to_string() })
}

/// What a row of the journal is read as: scope, seq, prev, command, actor, at, changes.
pub(super) type JournalRow = (String, i64, i64, String, String, i64, String);

pub(super) fn delta((place, number, prev, command, actor, at, changes): JournalRow) -> Result<Delta, StoreError> {
    if changes.is_empty() {
        return Err(StoreError::Compacted);
    }
    Ok(Delta {
        seq: seq(number),
        prev: seq(prev),
        command: parsed("a command's id", &command)?,
        actor: parsed("an actor", &actor)?,
        at: Timestamp::from_micros(at),
        part: ScopedChanges { scope: scope(&place)?, changes: json("a change", &changes)? },
    })
}

/// A number of the journal as the tables have it.
pub(super) fn integer(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}

pub(super) fn seq(number: i64) -> Seq {
    Seq(u64::try_from(number).unwrap_or_default())
}
