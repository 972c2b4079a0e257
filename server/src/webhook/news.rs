//! What is told of an incident: an event's name, and what it says in either language.

use shared::incident::{Entry, EntryKind, Incident, SYSTEM, Severity};
use shared::organisation::{Company, Locale};

use super::wire::Message;
use crate::translation::tr;

/// The event of a line of the timeline; none of chat, roles, assignments and pins.
pub(super) fn event(kind: &EntryKind) -> Option<&'static str> {
    Some(match kind {
        EntryKind::Reported => "incident.reported",
        EntryKind::Called { .. } => "incident.called",
        EntryKind::Taken => "incident.taken",
        EntryKind::TeamFormed => "incident.team_formed",
        EntryKind::Updated { .. } => "incident.updated",
        EntryKind::Severity { .. } => "incident.severity_changed",
        EntryKind::Mitigated { .. } => "incident.mitigated",
        EntryKind::Breached { .. } => "incident.breached",
        EntryKind::Rang { .. } => "incident.alarm",
        EntryKind::Resolved { .. } => "incident.resolved",
        EntryKind::Confirmed => "incident.confirmed",
        EntryKind::Refused { .. } => "incident.reopened",
        EntryKind::MergedInto { .. } => "incident.merged",
        EntryKind::Rejected { .. } => "incident.rejected",
        EntryKind::Filed => "incident.filed",
        EntryKind::Closed => "incident.closed",
        EntryKind::ReportedToo { .. }
        | EntryKind::Held { .. }
        | EntryKind::Assigned(_)
        | EntryKind::AssignmentDone { .. }
        | EntryKind::Said { .. }
        | EntryKind::Pinned { .. }
        | EntryKind::MergedHere { .. } => return None,
    })
}

/// The message of the news in one row: all lines in one, named after the first.
pub(super) fn message(
    company: &Company,
    incident: &Incident,
    (entries, locale, link): (&[&Entry], Locale, Option<&str>),
) -> Option<Message> {
    let news: Vec<&&Entry> = entries.iter().filter(|entry| event(&entry.kind).is_some()).collect();
    let event = event(&news.first()?.kind)?;
    let severity = match incident.severity {
        Severity::Normal => tr("webhook.severity.normal", locale),
        Severity::Severe => tr("webhook.severity.severe", locale),
        Severity::Urgent => tr("webhook.severity.urgent", locale),
    };
    let title = format!("[{severity}] {} {}", incident.number(), incident.title);
    let lines: Vec<String> = news.iter().map(|entry| line(company, entry, locale)).collect();
    let (event, link) = (event.to_owned(), link.map(str::to_owned));
    Some(Message { event, incident: Some(incident.id), title, text: lines.join("\n\n"), link })
}

fn line(company: &Company, entry: &Entry, locale: Locale) -> String {
    let person = |id| company.people.get(id).map_or("?", |person| person.name.as_str());
    let by = if entry.by == SYSTEM { tr("webhook.system", locale) } else { person(&entry.by) };
    let said = said(&entry.kind, locale);
    let more = match &entry.kind {
        EntryKind::Called { people, .. } => {
            people.iter().map(person).collect::<Vec<_>>().join(tr("webhook.and", locale))
        }
        EntryKind::Updated { text, .. }
        | EntryKind::Mitigated { text }
        | EntryKind::Resolved { solution: text }
        | EntryKind::Refused { reason: text }
        | EntryKind::Rejected { reason: text }
        | EntryKind::Severity { reason: text, .. }
        | EntryKind::MergedInto { reason: text, .. } => text.clone(),
        _ => String::new(),
    };
    if more.is_empty() { format!("{by} {said}") } else { format!("{by} {said}{}{more}", tr("webhook.colon", locale)) }
}

fn said(kind: &EntryKind, locale: Locale) -> &'static str {
    match kind {
        EntryKind::Reported => tr("webhook.said.reported", locale),
        EntryKind::Called { alarm: None, .. } => tr("webhook.said.called", locale),
        EntryKind::Called { alarm: Some(_), .. } => tr("webhook.said.called_late", locale),
        EntryKind::Taken => tr("webhook.said.taken", locale),
        EntryKind::TeamFormed => tr("webhook.said.team_formed", locale),
        EntryKind::Updated { .. } => tr("webhook.said.updated", locale),
        EntryKind::Severity { .. } => tr("webhook.said.severity", locale),
        EntryKind::Mitigated { .. } => tr("webhook.said.mitigated", locale),
        EntryKind::Breached { .. } => tr("webhook.said.breached", locale),
        EntryKind::Rang { .. } => tr("webhook.said.rang", locale),
        EntryKind::Resolved { .. } => tr("webhook.said.resolved", locale),
        EntryKind::Confirmed => tr("webhook.said.confirmed", locale),
        EntryKind::Refused { .. } => tr("webhook.said.refused", locale),
        EntryKind::MergedInto { .. } => tr("webhook.said.merged", locale),
        EntryKind::Rejected { .. } => tr("webhook.said.rejected", locale),
        EntryKind::Filed => tr("webhook.said.filed", locale),
        EntryKind::Closed => tr("webhook.said.closed", locale),
        _ => "",
    }
}
