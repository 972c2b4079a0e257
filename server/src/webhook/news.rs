//! What is told of an incident: an event's name, and what it says in either language.

use shared::incident::{Entry, EntryKind, Incident, SYSTEM, Severity};
use shared::organisation::{Company, Locale};

use super::wire::Message;

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
    let chinese = locale == Locale::Zh;
    let severity = match (incident.severity, chinese) {
        (Severity::Normal, true) => "一般",
        (Severity::Severe, true) => "严重",
        (Severity::Urgent, true) => "紧急",
        (Severity::Normal, false) => "Normal",
        (Severity::Severe, false) => "Severe",
        (Severity::Urgent, false) => "Urgent",
    };
    let title = format!("[{severity}] {} {}", incident.number(), incident.title);
    let lines: Vec<String> = news.iter().map(|entry| line(company, entry, chinese)).collect();
    let (event, link) = (event.to_owned(), link.map(str::to_owned));
    Some(Message { event, incident: Some(incident.id), title, text: lines.join("\n\n"), link })
}

fn line(company: &Company, entry: &Entry, chinese: bool) -> String {
    let person = |id| company.people.get(id).map_or("?", |person| person.name.as_str());
    let by = if entry.by == SYSTEM { "Qibu" } else { person(&entry.by) };
    let said = said(&entry.kind, chinese);
    let more = match &entry.kind {
        EntryKind::Called { people, .. } => people.iter().map(person).collect::<Vec<_>>().join(", "),
        EntryKind::Updated { text, .. }
        | EntryKind::Mitigated { text }
        | EntryKind::Resolved { solution: text }
        | EntryKind::Refused { reason: text }
        | EntryKind::Rejected { reason: text }
        | EntryKind::Severity { reason: text, .. }
        | EntryKind::MergedInto { reason: text, .. } => text.clone(),
        _ => String::new(),
    };
    if more.is_empty() { format!("{by} {said}") } else { format!("{by} {said}: {more}") }
}

fn said(kind: &EntryKind, chinese: bool) -> &'static str {
    let (zh, en) = match kind {
        EntryKind::Reported => ("上报了问题", "reported it"),
        EntryKind::Called { alarm: None, .. } => ("呼叫", "calls"),
        EntryKind::Called { alarm: Some(_), .. } => ("因超时呼叫", "calls, because a deadline is past"),
        EntryKind::Taken => ("接手处理", "took it"),
        EntryKind::TeamFormed => ("组建了临时小组", "formed a team"),
        EntryKind::Updated { .. } => ("更新了进度", "posted an update"),
        EntryKind::Severity { .. } => ("调整了级别", "changed the severity"),
        EntryKind::Mitigated { .. } => ("控制住了影响", "contained the harm"),
        EntryKind::Breached { .. } => ("记录超时", "notes a missed deadline"),
        EntryKind::Rang { .. } => ("提醒:时限将至或已过", "reminds: a deadline is near or past"),
        EntryKind::Resolved { .. } => ("提交了解决方案", "posted the solution"),
        EntryKind::Confirmed => ("确认已解决", "confirmed that it is solved"),
        EntryKind::Refused { .. } => ("认为尚未解决,重新打开", "says it is not solved: reopened"),
        EntryKind::MergedInto { .. } => ("合并到其他问题", "merged it into another"),
        EntryKind::Rejected { .. } => ("驳回", "rejected it"),
        EntryKind::Filed => ("提交了处理报告", "filed the report"),
        EntryKind::Closed => ("关闭了问题", "closed it"),
        _ => ("", ""),
    };
    if chinese { zh } else { en }
}
