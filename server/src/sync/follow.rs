//! What a session sends of each scope: catching up from the journal, then change by change; and what it takes away.
//!
//! For each scope that the browser follows, `held` says how far it has been sent. A socket first subscribes, then
//! reads the journal, and then passes over what the broadcast repeats: so nothing is lost between the two.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::Scope;
use shared::sync::{Cursor, Resume, Seq, ServerFrame};
use tokio_stream::wrappers::BroadcastStream;

use super::close;
use super::frame::{Frame, FrameKind};
use super::line::End;
use super::session::{MOST_WATCHED, Session, unavailable};
use crate::metrics::{self, Read};

/// How many rows of a scope are sent one by one: of more, the browser takes a snapshot.
const MOST_ROWS: u32 = 5_000;
/// The same in bytes of their JSON: snapshots are compressed, sockets are not.
const MOST_BYTES: u64 = 1 << 20;
/// How many rows are read at once.
const PAGE: u32 = 500;

impl Session {
    /// Takes up where the browser left off.
    pub(super) async fn resume(&mut self, resume: &Resume) -> Result<(), End> {
        let Some(light) = self.engine.light(self.person) else { return Err(End::Close(close::SIGNED_OUT)) };
        let known: BTreeMap<Scope, Seq> = resume.cursors.iter().map(|cursor| (cursor.scope, cursor.upto)).collect();
        let same = resume.epoch == Some(self.engine.epoch());
        for scope in light.scopes.keys() {
            match known.get(scope) {
                Some(_) if !same => self.resync(*scope, light.last).await?,
                from => self.follow(*scope, from.copied()).await?,
            }
        }
        for (scope, upto) in known.into_iter().filter(|(scope, _)| !light.scopes.contains_key(scope)) {
            if !self.may_read(scope).await? {
                self.revoke(scope).await?;
                continue;
            }
            if !scope.is_light() {
                self.look(scope).await?;
            }
            if same {
                self.follow(scope, Some(upto)).await?;
            } else {
                self.resync(scope, light.last).await?;
            }
        }
        Ok(())
    }

    /// After changes of light scopes were left out: catches up with all of them.
    pub(super) async fn refill(&mut self) -> Result<(), End> {
        let Some(light) = self.engine.light(self.person) else { return Err(End::Close(close::SIGNED_OUT)) };
        let lost: Vec<Scope> =
            self.held.keys().copied().filter(|scope| scope.is_light() && !light.scopes.contains_key(scope)).collect();
        for scope in lost {
            self.revoke(scope).await?;
        }
        for scope in light.scopes.keys() {
            self.follow(*scope, self.held.get(scope).copied()).await?;
        }
        self.recheck().await
    }

    /// Sends a scope from where the browser has it; all of it if it has nothing.
    pub(super) async fn follow(&mut self, scope: Scope, from: Option<Seq>) -> Result<(), End> {
        if !self.may_read(scope).await? {
            return self.revoke(scope).await;
        }
        if from.is_none() {
            self.line.send(&ServerFrame::Granted(scope)).await?;
        }
        self.catch_up(scope, from.unwrap_or_default()).await
    }

    /// Sends what the journal has of a scope after a number, or has the browser take a snapshot.
    pub(super) async fn catch_up(&mut self, scope: Scope, from: Seq) -> Result<(), End> {
        let Some((mut last, mut upto)) = self.engine.upto(scope).await.map_err(unavailable)? else {
            return self.revoke(scope).await;
        };
        if from > last {
            // It may come from another node.
            self.engine.current().await.map_err(unavailable)?;
            let Some(now) = self.engine.upto(scope).await.map_err(unavailable)? else {
                return self.revoke(scope).await;
            };
            (last, upto) = now;
        }
        if from > last {
            // The browser has followed a journal that this one is not, or is no longer.
            return self.resync(scope, last).await;
        }
        let mut sent = from;
        let mut prev = upto;
        if from < upto {
            let store = self.engine.store().clone();
            let backlog = store.backlog(scope, from, MOST_ROWS + 1).await.map_err(unavailable)?;
            if backlog.is_none_or(|backlog| backlog.rows > MOST_ROWS || backlog.bytes > MOST_BYTES) {
                return self.resync(scope, last).await;
            }
            loop {
                let page = store.journal_after(scope, (sent, last), PAGE);
                let page = metrics::read(Read::Journal, page).await.map_err(unavailable)?;
                metrics::caught_up(page.len());
                // Asked after reading: whoever may read now may read all that went before.
                if !self.may_read(scope).await? {
                    return self.revoke(scope).await;
                }
                let more = page.len() == PAGE as usize;
                for delta in page {
                    sent = delta.seq;
                    prev = sent;
                    self.line.send(&ServerFrame::Delta(delta)).await?;
                }
                if !more {
                    break;
                }
            }
        }
        self.held.insert(scope, sent);
        let cursor = Cursor { scope, upto: sent.max(last) };
        self.line.send(&ServerFrame::UpTo { cursor, prev }).await
    }

    /// Sends a change on, or finds that it gives or takes the right to read its scope.
    pub(super) async fn forward(&mut self, frame: &Arc<Frame>) -> Result<(), End> {
        // A person is told to leave before any later frame is sent out.
        if self.letters.leaving().is_some() {
            return Err(End::Leave);
        }
        match &frame.kind {
            FrameKind::Presence => {
                let welcome = self.held.contains_key(&frame.scope) && self.engine.reads(self.person, frame.scope);
                match &frame.bytes {
                    Some(bytes) if welcome => self.line.pass(bytes.clone()).await,
                    _ => Ok(()),
                }
            }
            FrameKind::Delta { audience, .. }
                if !audience.has(self.person, || self.engine.reads(self.person, frame.scope)) =>
            {
                self.revoke(frame.scope).await
            }
            FrameKind::Delta { seq, .. } => match (self.held.get_mut(&frame.scope), &frame.bytes) {
                (Some(sent), Some(bytes)) if *seq > *sent => {
                    *sent = *seq;
                    self.line.pass(bytes.clone()).await
                }
                (Some(sent), None) if *seq > *sent => {
                    let from = *sent;
                    self.catch_up(frame.scope, from).await
                }
                (None, _) if frame.scope.is_light() => self.follow(frame.scope, None).await,
                _ => Ok(()),
            },
        }
    }

    /// Sends what a command of this browser has made, if it is not there yet.
    pub(super) async fn deliver(&mut self, rows: &[Cursor]) -> Result<(), End> {
        for Cursor { scope, .. } in rows {
            if self.held.contains_key(scope) || !self.engine.reads(self.person, *scope) {
                continue;
            }
            if !scope.is_light() {
                // A board that came with its project is new, and about to be looked at; what else is looked at is asked for.
                let above = scope.judge().filter(|judge| judge != scope);
                if !above.is_some_and(|above| rows.iter().any(|row| row.scope == above)) {
                    continue;
                }
                self.subscribe(*scope)?;
            }
            self.follow(*scope, None).await?;
        }
        Ok(())
    }

    /// After a change of the directory: takes away what is looked at and may be read no more.
    pub(super) async fn recheck(&mut self) -> Result<(), End> {
        let lost = self.watched.keys().copied().filter(|scope| !self.engine.reads(self.person, *scope));
        for scope in lost.collect::<Vec<_>>() {
            self.revoke(scope).await?;
        }
        Ok(())
    }

    /// Something is looked at from now on.
    pub(super) async fn look(&mut self, scope: Scope) -> Result<(), End> {
        // Who may not read it is not seen there either.
        if self.may_read(scope).await? {
            self.subscribe(scope)?;
            let (socket, person) = (self.entry.id(), self.person);
            self.engine.hub().onlookers(scope, |onlookers| onlookers.add(socket, person));
        }
        Ok(())
    }

    /// Something is no longer looked at.
    pub(super) fn unwatch(&mut self, scope: Scope) {
        self.held.remove(&scope);
        if self.watched.remove(&scope).is_some() {
            self.engine.hub().unwatch(self.entry.id(), scope);
        }
    }

    fn subscribe(&mut self, scope: Scope) -> Result<(), End> {
        if !self.watched.contains_key(&scope) {
            if self.watched.len() >= MOST_WATCHED {
                return Err(End::Close(close::TOO_MUCH));
            }
            self.watched.insert(scope, BroadcastStream::new(self.engine.hub().watch(scope)));
        }
        Ok(())
    }

    // Not by `&self`, since no two threads may have a socket.
    async fn may_read(&mut self, scope: Scope) -> Result<bool, End> {
        self.engine.may_read(self.person, scope).await.map_err(unavailable)
    }

    async fn resync(&mut self, scope: Scope, last: Seq) -> Result<(), End> {
        metrics::resync();
        // The snapshot will be of now or later.
        self.held.insert(scope, last);
        self.line.send(&ServerFrame::Resync(scope)).await
    }

    /// Takes a scope off the browser, with all that is read by the word of the same one: a board goes with its project.
    async fn revoke(&mut self, scope: Scope) -> Result<(), End> {
        // Who may not even read what everybody may has left.
        if self.engine.light(self.person).is_none() {
            return Err(End::Close(close::SIGNED_OUT));
        }
        let judge = scope.judge().unwrap_or(scope);
        for scope in [Some(judge), judge.takes_along()].into_iter().flatten() {
            self.unwatch(scope);
            self.line.send(&ServerFrame::Revoked(scope)).await?;
        }
        self.line.flush().await
    }
}
