//! What waits for one socket: answers, changes of light scopes, and the word to leave.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};

use shared::Rejection;
use shared::sync::Cursor;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::frame::Frame;

/// How many changes of light scopes may wait. A socket that is further behind reads them from the journal.
const MOST_WAITING: usize = 256;

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is in the journal, at these places; none if there was nothing to change.
    Done(Vec<Cursor>),
    /// The rules refused it.
    Refused(Rejection),
    /// A command before it is missing.
    Gap,
    /// It could not be written.
    Unavailable,
}

impl Answer {
    /// What the operator is told that became of the command.
    pub(super) fn outcome(&self) -> &'static str {
        match self {
            Self::Done(rows) if rows.is_empty() => "unchanged",
            Self::Done(_) => "done",
            Self::Refused(_) => "refused",
            Self::Gap => "gap",
            Self::Unavailable => "unavailable",
        }
    }
}

/// One thing for a socket to do.
#[derive(Debug)]
pub(super) enum Mail {
    /// A change of the directory or of a project, also one that takes the project away.
    Light(Arc<Frame>),
    /// What became of a command of its own.
    Answer(u64, Box<Answer>),
}

/// Where the hub and the writer leave word for a socket. Nobody waits for a slow one.
#[derive(Clone, Debug)]
pub(super) struct Mailbox {
    sender: mpsc::UnboundedSender<Mail>,
    shared: Arc<Shared>,
}

/// The socket's end.
#[derive(Debug)]
pub(super) struct Letters {
    receiver: mpsc::UnboundedReceiver<Mail>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// How many light changes wait. Answers are few: a socket's commands in flight are bounded.
    waiting: AtomicUsize,
    /// Whether some were left out.
    behind: AtomicBool,
    leave: CancellationToken,
    code: AtomicU16,
}

pub(super) fn mailbox() -> (Mailbox, Letters) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let shared = Arc::new(Shared::default());
    (Mailbox { sender, shared: shared.clone() }, Letters { receiver, shared })
}

impl Mailbox {
    /// Hands over a light change, or marks the socket as behind.
    pub(super) fn light(&self, frame: Arc<Frame>) {
        if self.shared.waiting.load(Ordering::Acquire) >= MOST_WAITING {
            self.shared.behind.store(true, Ordering::Release);
            return;
        }
        self.shared.waiting.fetch_add(1, Ordering::AcqRel);
        // A socket that is gone has no use for it.
        let _ = self.sender.send(Mail::Light(frame));
    }

    /// Hands over what became of a command.
    pub(super) fn answer(&self, number: u64, answer: Answer) {
        let _ = self.sender.send(Mail::Answer(number, Box::new(answer)));
    }

    /// Tells the socket to close, before anything else. The first code counts.
    pub(super) fn leave(&self, code: u16) {
        let _ = self.shared.code.compare_exchange(0, code, Ordering::AcqRel, Ordering::Acquire);
        self.shared.leave.cancel();
    }
}

impl Letters {
    /// The next thing to do.
    pub(super) async fn next(&mut self) -> Option<Mail> {
        let mail = self.receiver.recv().await;
        self.taken(mail)
    }

    /// The next thing to do, if it is there already.
    pub(super) fn next_now(&mut self) -> Option<Mail> {
        let mail = self.receiver.try_recv().ok();
        self.taken(mail)
    }

    fn taken(&self, mail: Option<Mail>) -> Option<Mail> {
        if let Some(Mail::Light(_)) = mail {
            self.shared.waiting.fetch_sub(1, Ordering::AcqRel);
        }
        mail
    }

    /// Whether light changes were left out since this was last asked.
    pub(super) fn is_behind(&self) -> bool {
        self.shared.behind.swap(false, Ordering::AcqRel)
    }

    /// With which code to close, once it is to.
    pub(super) fn leaving(&self) -> Option<u16> {
        self.shared.leave.is_cancelled().then(|| self.shared.code.load(Ordering::Acquire))
    }

    /// The word to leave, to be waited for.
    pub(super) fn leave(&self) -> CancellationToken {
        self.shared.leave.clone()
    }
}

#[cfg(test)]
mod tests {
    use shared::Scope;
    use shared::id::ProjectId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_full_mailbox_takes_answers_and_says_that_changes_were_left_out() {
        let (mailbox, mut letters) = mailbox();
        let scope = Scope::Board(ProjectId::new(Uuid::nil()));
        let frame = Arc::new(Frame::presence(scope, Vec::new()).expect("a frame"));
        for _ in 0..MOST_WAITING {
            mailbox.light(frame.clone());
        }
        assert!(!letters.is_behind());
        mailbox.light(frame.clone());
        mailbox.answer(7, Answer::Gap);
        assert!(letters.is_behind());
        assert!(!letters.is_behind(), "it is said once");
        for _ in 0..MOST_WAITING {
            assert!(matches!(letters.next_now(), Some(Mail::Light(_))));
        }
        assert!(matches!(letters.next_now(), Some(Mail::Answer(7, _))));
        assert!(letters.next_now().is_none());
        mailbox.light(frame);
        assert!(!letters.is_behind(), "there is room again");
    }

    #[test]
    fn the_first_word_to_leave_counts() {
        let (mailbox, letters) = mailbox();
        assert_eq!(letters.leaving(), None);
        mailbox.leave(4003);
        mailbox.leave(4001);
        assert_eq!(letters.leaving(), Some(4003));
    }
}
