//! A change on its way to many sockets: written once, shared by all, with the right to read it at that very moment.

use axum::body::Bytes;
use shared::Scope;
use shared::sync::{FrameError, Onlooker, Seq, ServerFrame, encode};

use super::audience::Audience;
use super::hub::Row;

/// The largest frame that waits in memory for those who are slow, in bytes.
const LARGEST_WAITING: usize = 32 * 1024;

/// One frame for all the readers of a scope.
#[derive(Debug)]
pub(super) struct Frame {
    /// The scope that it belongs to.
    pub(super) scope: Scope,
    /// What it is.
    pub(super) kind: FrameKind,
    /// The frame as it goes over the wire; `None` if it is large: then each socket reads it from the journal, so that
    /// one that is slow does not hold many of them in memory.
    pub(super) bytes: Option<Bytes>,
}

#[derive(Debug)]
pub(super) enum FrameKind {
    /// A row of the journal.
    Delta {
        /// Its number.
        seq: Seq,
        /// Who may have it.
        audience: Audience,
    },
    /// Who looks at the scope.
    Presence,
}

impl Frame {
    pub(super) fn delta(Row { delta, audience }: &Row) -> Result<Self, FrameError> {
        let bytes = encode(&ServerFrame::Delta(delta.clone()))?;
        let bytes = (bytes.len() <= LARGEST_WAITING).then(|| bytes.into());
        let kind = FrameKind::Delta { seq: delta.seq, audience: audience.clone() };
        Ok(Self { scope: delta.part.scope, kind, bytes })
    }

    pub(super) fn presence(scope: Scope, onlookers: Vec<Onlooker>) -> Result<Self, FrameError> {
        let bytes = Some(encode(&ServerFrame::Presence { scope, onlookers })?.into());
        Ok(Self { scope, kind: FrameKind::Presence, bytes })
    }
}
