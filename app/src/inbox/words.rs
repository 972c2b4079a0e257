//! The words for what asks something.

use rust_i18n::t;
use shared::inbox::AskKind;

/// What an ask is about, as its area says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
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
    }
    .into_owned()
}
