//! What a person does, and takes back.

use super::Client;
use crate::command::{Changes, Command};
use crate::id::CommandId;
use crate::sync::queue::{Pending, seen_by};
use crate::{Rejection, Timestamp};

const MOST_UNDO: usize = 50;

/// What a person did in one go.
pub(super) type Gesture = Vec<Done>;

/// One command of a gesture.
#[derive(Clone, Debug)]
pub(super) struct Done {
    id: CommandId,
    command: Command,
    changes: Changes,
    /// The commands that take it back; none if it is final.
    back: Vec<Command>,
}

/// What became of taking back the last gesture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// There was none.
    Nothing,
    /// All of it is taken back.
    Back(Vec<Command>),
    /// It is final, and stays as it is.
    Final(Vec<Command>),
    /// Somebody has gone on from there: it stays as they left it.
    Overtaken(Vec<Command>),
}

impl Client {
    /// A person acts: decides, shows, queues and sends. Nothing happens if the rules refuse.
    pub fn act(&mut self, id: CommandId, command: Command, now: Timestamp) -> Result<(), Rejection> {
        self.act_all([(id, command)], now)
    }

    /// A person does several things in one gesture, which is taken back as one. The first that the rules refuse ends it.
    pub fn act_all(
        &mut self,
        commands: impl IntoIterator<Item = (CommandId, Command)>,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        let mut gesture = Gesture::new();
        let result = commands.into_iter().try_for_each(|(id, command)| {
            gesture.extend(self.do_one(id, command, now)?);
            Ok(())
        });
        if !gesture.is_empty() {
            self.undo.push(gesture);
            let surplus = self.undo.len().saturating_sub(MOST_UNDO);
            self.undo.drain(..surplus);
        }
        result
    }

    /// Does one thing; `None` if that changes nothing.
    fn do_one(&mut self, id: CommandId, command: Command, now: Timestamp) -> Result<Option<Done>, Rejection> {
        let changes = seen_by(self.person, &self.shown, &command, now)?;
        if changes.is_empty() {
            return Ok(None);
        }
        let back = command.inverse(&self.shown, &changes);
        self.shown.apply_all(&changes);
        self.changed.extend(changes.iter().map(|part| part.scope));
        let number = self.next_number;
        self.next_number += 1;
        let done = Done { id, command: command.clone(), changes: changes.clone(), back };
        let pending = Pending { number, id, command, at: now, changes, begun: false, sent: None, rows: None };
        self.kept.push(pending.to_keep());
        self.queue.push_back(pending);
        self.send_queue(now);
        Ok(Some(done))
    }

    /// Whether the last gesture can be taken back.
    pub fn can_undo(&self) -> bool {
        self.undo.last().is_some_and(is_back)
    }

    /// Takes back one's own last gesture by new commands: all of it, or nothing if the rules refuse one of them.
    pub fn undo(&mut self, mut fresh: impl FnMut() -> CommandId, now: Timestamp) -> Result<Undone, Rejection> {
        let Some(gesture) = self.undo.pop() else { return Ok(Undone::Nothing) };
        let goes_back = is_back(&gesture);
        let stands = gesture.iter().all(|done| done.command.stands(&self.shown, &done.changes));
        let (commands, back): (Vec<_>, Vec<_>) = gesture.into_iter().map(|done| (done.command, done.back)).unzip();
        if !goes_back {
            return Ok(Undone::Final(commands));
        }
        if !stands {
            return Ok(Undone::Overtaken(commands));
        }
        let back: Vec<Command> = back.into_iter().rev().flatten().collect();
        self.rehearse(&back, now)?;
        for command in back {
            // What takes back is not offered to be taken back.
            self.do_one(fresh(), command, now)?;
        }
        Ok(Undone::Back(commands))
    }

    /// Whether the rules allow all of these, one after the other.
    fn rehearse(&self, commands: &[Command], now: Timestamp) -> Result<(), Rejection> {
        let mut state = self.shown.clone();
        commands.iter().try_for_each(|command| {
            state.apply_all(&seen_by(self.person, &state, command, now)?);
            Ok(())
        })
    }

    /// Forgets a command that the server refused.
    pub(super) fn forget_gesture_of(&mut self, refused: CommandId) {
        for gesture in &mut self.undo {
            gesture.retain(|done| done.id != refused);
        }
        self.undo.retain(|gesture| !gesture.is_empty());
    }
}

/// Whether all of a gesture can be taken back.
fn is_back(gesture: &Gesture) -> bool {
    gesture.iter().all(|done| !done.back.is_empty())
}
