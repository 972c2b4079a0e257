//! What a person does, and takes back.

use super::Client;
use crate::command::{Command, Context, decide};
use crate::id::CommandId;
use crate::sync::queue::Pending;
use crate::{Rejection, Timestamp};

const MOST_UNDO: usize = 50;

impl Client {
    /// A person acts: decides, shows, queues and sends. Nothing happens if the rules refuse.
    pub fn act(&mut self, id: CommandId, command: Command, now: Timestamp) -> Result<(), Rejection> {
        let context = Context { actor: self.person, now };
        let changes = decide(&self.shown, &command, &context)?;
        if changes.is_empty() {
            return Ok(());
        }
        let inverse = command.inverse(&self.shown, &changes);
        if !inverse.is_empty() {
            self.undo.push((id, inverse));
            let surplus = self.undo.len().saturating_sub(MOST_UNDO);
            self.undo.drain(..surplus);
        }
        self.shown.apply_all(&changes);
        self.changed.extend(changes.iter().map(|part| part.scope));
        let number = self.next_number;
        self.next_number += 1;
        let pending = Pending { number, id, command, at: now, changes, begun: false, sent: None, rows: None };
        self.kept.push(pending.to_keep());
        self.queue.push_back(pending);
        self.send_queue(now);
        Ok(())
    }

    /// Whether there is something of one's own to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Takes back the last of one's own moves and edits by new commands. `false` if there was none.
    pub fn undo(&mut self, mut fresh: impl FnMut() -> CommandId, now: Timestamp) -> Result<bool, Rejection> {
        let Some((_, commands)) = self.undo.pop() else { return Ok(false) };
        // What takes back is not offered to be taken back.
        let earlier = std::mem::take(&mut self.undo);
        let result = commands.into_iter().try_for_each(|command| self.act(fresh(), command, now));
        self.undo = earlier;
        result.map(|()| true)
    }
}
