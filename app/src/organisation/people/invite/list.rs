//! Those who are invited by their names and addresses: as they were pasted, and what is wrong with some.

use leptos::prelude::*;
use qibu::organisation::Invitation;
use shared::arrange::Arrange as _;
use shared::organisation::{Invitee, MOST_INVITED, invitees};
use shared::{Field, Reason, Rejection};

use crate::reactive::derived;
use crate::sync::Replica;
use crate::ui::{Errors, Text, TextInput};
use crate::words;

/// What was pasted, and the lines of it that are wrong. Who was invited is taken out of it, so that what is left is
/// what is still to be done.
#[derive(Clone, Copy)]
pub struct Names {
    pasted: RwSignal<String>,
    wrong: RwSignal<Vec<Wrong>>,
}

/// A line that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wrong {
    /// Which it was in what was pasted.
    line: usize,
    text: String,
    why: String,
}

impl Names {
    /// Nobody yet.
    pub fn new() -> Self {
        Self { pasted: RwSignal::new(String::new()), wrong: RwSignal::new(Vec::new()) }
    }

    /// Those who can be invited, taken out of what was pasted, with their lines; `None` if there is nothing to read at all.
    pub fn read(self, replica: Replica, errors: Errors) -> Option<Vec<(usize, Invitee)>> {
        let text = self.pasted.get_untracked();
        let pasted = replica.peek(|state| invitees(&state.company, &text));
        let reason = match pasted.len() {
            0 => Some(Reason::Required),
            count if count > MOST_INVITED => Some(Reason::TooMany { max: MOST_INVITED }),
            _ => None,
        };
        if let Some(reason) = reason {
            errors.add(Rejection::of(Field::Invitees, reason));
            return None;
        }
        let (mut good, mut wrong) = (Vec::new(), Vec::new());
        for one in pasted {
            match one.invitee {
                Ok(invitee) => good.push((one.line, invitee)),
                Err(rejection) => {
                    wrong.push(Wrong { line: one.line, text: one.text, why: words::reason(&rejection.reason) });
                }
            }
        }
        self.set(wrong);
        Some(good)
    }

    /// The links that were made; who was refused after all goes back among the wrong ones.
    pub fn take(self, sent: &[(usize, Invitee)], answers: Vec<Result<Invitation, Rejection>>) -> Vec<Invitation> {
        let mut wrong = self.wrong.try_get_untracked().unwrap_or_default();
        let mut made = Vec::new();
        for ((line, invitee), answer) in sent.iter().zip(answers) {
            match answer {
                Ok(invitation) => made.push(invitation),
                Err(rejection) => {
                    let (text, why) = (invitee.to_string(), words::reason(&rejection.reason));
                    wrong.push(Wrong { line: *line, text, why });
                }
            }
        }
        wrong.arrange_by_key(|wrong| wrong.line);
        self.set(wrong);
        made
    }

    /// Puts those who were not sent before what is left.
    pub fn give_back(self, sent: &[(usize, Invitee)]) {
        self.pasted.try_update(|pasted| {
            let sent = sent.iter().map(|(_, invitee)| invitee.to_string());
            let back: Vec<String> = sent.chain(pasted.lines().map(str::to_owned)).collect();
            *pasted = back.join("\n");
        });
        self.wrong.try_set(Vec::new());
    }

    /// How many lines are wrong, in words; tracked.
    fn summary(self) -> Option<String> {
        let count = self.wrong.with(Vec::len);
        (count > 0).then(|| t!("invite.wrong_count", count = count).into_owned())
    }

    fn set(self, wrong: Vec<Wrong>) {
        let lines: Vec<&str> = wrong.iter().map(|line| line.text.as_str()).collect();
        self.pasted.try_set(lines.join("\n"));
        self.wrong.try_set(wrong);
    }
}

/// The field, and what is wrong with its lines.
#[component]
pub fn NameList(names: Names, errors: Errors) -> impl IntoView {
    let wrong = move || {
        let line = |wrong: Wrong| {
            let text = t!("invite.wrong_line", line = wrong.line, text = wrong.text, why = wrong.why);
            view! { <li class="error">{text}</li> }
        };
        names.wrong.get().into_iter().map(line).collect_view()
    };
    view! {
        <div class="invite-names">
            <TextInput
                id="invite-names"
                label=t!("invite.names")
                hint=t!("invite.names_hint", max = MOST_INVITED)
                kind=Text::Lines
                value=names.pasted
                error=derived(move || errors.of(Field::Invitees).or_else(|| names.summary()))
            />
            <ul class="invite-wrong" aria-label=t!("invite.wrong")>
                {wrong}
            </ul>
        </div>
    }
}
