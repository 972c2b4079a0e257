//! A line of the timeline, in words.

use shared::State;
use shared::file::Attachment;
use shared::id::{IncidentId, PersonId};
use shared::incident::{Entry, EntryKind, Part};

use crate::format;
use crate::incident::words;

/// What part of the timeline a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// What was said.
    Talk,
    /// Progress updates and solutions.
    Updates,
    /// Stages, people, severities, alarms.
    Status,
}

/// What part of the timeline is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Every line.
    All,
    /// One sort of lines.
    Of(Sort),
    /// What came with files.
    Files,
}

impl Filter {
    /// Whether a line is shown; `reported` are the files that came with the report.
    pub fn shows(self, kind: &EntryKind, reported: &[Attachment]) -> bool {
        match self {
            Self::All => true,
            Self::Of(wanted) => sort(kind) == wanted,
            Self::Files => !files(kind, reported).is_empty(),
        }
    }
}

/// The files that came with a line; `reported` are those of the report.
pub fn files<'a>(kind: &'a EntryKind, reported: &'a [Attachment]) -> &'a [Attachment] {
    match kind {
        EntryKind::Reported => reported,
        EntryKind::Said { files, .. } => files,
        _ => &[],
    }
}

/// Where a line belongs.
pub const fn sort(kind: &EntryKind) -> Sort {
    match kind {
        EntryKind::Said { .. } | EntryKind::ReportedToo { .. } => Sort::Talk,
        EntryKind::Updated { .. } | EntryKind::Resolved { .. } | EntryKind::Mitigated { .. } => Sort::Updates,
        _ => Sort::Status,
    }
}

/// What somebody wrote, as Markdown, if the line has such a text.
pub fn text(kind: &EntryKind) -> Option<&str> {
    match kind {
        EntryKind::Said { text, .. }
        | EntryKind::ReportedToo { text }
        | EntryKind::Updated { text, .. }
        | EntryKind::Mitigated { text }
        | EntryKind::Resolved { solution: text } => (!text.is_empty()).then_some(text.as_str()),
        _ => None,
    }
}

/// The other incident that a line speaks of.
pub const fn other(kind: &EntryKind) -> Option<IncidentId> {
    match kind {
        EntryKind::MergedInto { into: other, .. } | EntryKind::MergedHere { from: other } => Some(*other),
        _ => None,
    }
}

/// Whether a clock ran out: such a line has a mark.
pub const fn alarms(kind: &EntryKind) -> bool {
    matches!(kind, EntryKind::Breached { .. } | EntryKind::Rang { .. } | EntryKind::Called { alarm: Some(_), .. })
}

/// A role inside a sentence.
fn role(part: Part) -> String {
    words::part(part).to_lowercase()
}

/// What a line says, without who said it and without what they wrote.
pub fn sentence(state: &State, entry: &Entry) -> String {
    let person = |id: &PersonId| {
        state.company.people.get(id).map_or_else(|| t!("person.unknown").into_owned(), |person| person.name.clone())
    };
    let number = |id: &IncidentId| {
        // One that is over is here only while its room is looked at.
        state.incident(*id).map_or_else(|_| t!("entry.another_incident").into_owned(), |incident| incident.number())
    };
    match &entry.kind {
        EntryKind::Reported => t!("entry.reported"),
        EntryKind::ReportedToo { .. } => t!("entry.reported_too"),
        EntryKind::Called { people, alarm } => {
            let people: Vec<String> = people.iter().map(person).collect();
            let people = people.join(&t!("room.list_comma"));
            if let Some(alarm) = alarm {
                t!("entry.called_by_alarm", people = people, alarm = words::alarm(*alarm))
            } else {
                t!("entry.called", people = people)
            }
        }
        EntryKind::Taken => t!("entry.taken"),
        EntryKind::TeamFormed => t!("entry.team_formed"),
        EntryKind::Held { part, person: Some(holder) } if *holder == entry.by => {
            t!("entry.held_self", part = role(*part))
        }
        EntryKind::Held { part, person: Some(holder) } => {
            t!("entry.held", part = role(*part), person = person(holder))
        }
        EntryKind::Held { part, person: None } => t!("entry.given_up", part = role(*part)),
        EntryKind::Assigned(given) => {
            t!("entry.assigned", text = given.text, person = person(&given.person), due = format::instant(given.due))
        }
        EntryKind::AssignmentDone { text, done: true, .. } => t!("entry.assignment_done", text = text),
        EntryKind::AssignmentDone { text, done: false, .. } => t!("entry.assignment_open", text = text),
        EntryKind::Said { .. } => t!("entry.said"),
        EntryKind::Updated { late: false, .. } => t!("entry.updated"),
        EntryKind::Updated { late: true, .. } => t!("entry.updated_late"),
        EntryKind::Pinned { text } if text.is_empty() => t!("entry.unpinned"),
        EntryKind::Pinned { text } => t!("entry.pinned", text = text),
        EntryKind::Severity { from, to, reason } => {
            t!("entry.severity", from = words::severity(*from), to = words::severity(*to), reason = reason)
        }
        EntryKind::Mitigated { .. } => t!("entry.mitigated"),
        EntryKind::Resolved { .. } => t!("entry.resolved"),
        EntryKind::Confirmed => t!("entry.confirmed"),
        EntryKind::Refused { reason } => t!("entry.refused", reason = reason),
        EntryKind::Breached { clock, due } => {
            t!("entry.breached", clock = words::clock(*clock), due = format::instant(*due))
        }
        EntryKind::Rang { alarm } => return words::alarm(*alarm),
        EntryKind::MergedInto { into, reason } => t!("entry.merged_into", number = number(into), reason = reason),
        EntryKind::MergedHere { from } => t!("entry.merged_here", number = number(from)),
        EntryKind::Rejected { reason } => t!("entry.rejected", reason = reason),
        EntryKind::Filed => t!("entry.filed"),
        EntryKind::Closed => t!("entry.closed"),
    }
    .into_owned()
}
