//! The words for what asks something.

use shared::inbox::AskKind;

use crate::ui::Key;

/// What an ask is about, as its area says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Who said what, where that is what one is to read and it is at hand.
    pub said: Option<String>,
}

/// What does it, as a button says it.
pub const fn deed(kind: AskKind) -> Key {
    match kind {
        AskKind::Take => tr!("ask.do_take"),
        AskKind::Respond => tr!("ask.do_respond"),
        AskKind::Update => tr!("ask.do_update"),
        AskKind::Assignment
        | AskKind::Owned
        | AskKind::Helps
        | AskKind::DueSoon
        | AskKind::Overdue
        | AskKind::Awaited => tr!("ask.do_assignment"),
        AskKind::Confirm | AskKind::ConfirmInstead => tr!("ask.do_confirm"),
        AskKind::Report => tr!("ask.do_report"),
        AskKind::Close => tr!("ask.do_close"),
        AskKind::Mentioned | AskKind::Commented | AskKind::Accepted => tr!("ask.do_read"),
        AskKind::HandIn => tr!("ask.do_hand_in"),
        AskKind::Accept => tr!("ask.do_accept"),
        AskKind::Revise => tr!("ask.do_revise"),
        AskKind::Milestone => tr!("ask.do_milestone"),
    }
}

/// What is asked, as a sentence.
pub fn sentence(kind: AskKind) -> String {
    match kind {
        AskKind::Take => t!("ask.take"),
        AskKind::Respond => t!("ask.respond"),
        AskKind::Update => t!("ask.update"),
        AskKind::Assignment => t!("ask.assignment"),
        AskKind::Confirm => t!("ask.confirm"),
        AskKind::ConfirmInstead => t!("ask.confirm_instead"),
        AskKind::Report => t!("ask.report"),
        AskKind::Close => t!("ask.close"),
        AskKind::Mentioned => t!("ask.mentioned"),
        AskKind::Milestone => t!("ask.milestone"),
        AskKind::Owned => t!("ask.owned"),
        AskKind::Helps => t!("ask.helps"),
        AskKind::DueSoon => t!("ask.due_soon"),
        AskKind::Overdue => t!("ask.overdue"),
        AskKind::Commented => t!("ask.commented"),
        AskKind::Awaited => t!("ask.awaited"),
        AskKind::HandIn => t!("ask.hand_in"),
        AskKind::Accept => t!("ask.accept"),
        AskKind::Revise => t!("ask.revise"),
        AskKind::Accepted => t!("ask.accepted"),
    }
    .into_owned()
}
