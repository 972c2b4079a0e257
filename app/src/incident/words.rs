//! The words for what `shared` says of incidents.

use shared::incident::{AlarmKind, Callee, Clock, Hindrance, IncidentKind, Part, Reach, SYSTEM, Severity, Stage, Team};

use crate::sync::Replica;
use crate::ui::days;
use crate::words;
pub use crate::words::incident_stage as stage;

/// How grave it is.
pub fn severity(severity: Severity) -> String {
    match severity {
        Severity::Normal => t!("severity.normal"),
        Severity::Severe => t!("severity.severe"),
        Severity::Urgent => t!("severity.urgent"),
    }
    .into_owned()
}

/// A severity as the style sheets name it.
pub const fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Normal => "normal",
        Severity::Severe => "severe",
        Severity::Urgent => "urgent",
    }
}

/// What sort of problem it is.
pub fn kind(kind: IncidentKind) -> String {
    match kind {
        IncidentKind::Technical => t!("incident_kind.technical"),
        IncidentKind::Complaint => t!("incident_kind.complaint"),
        IncidentKind::Security => t!("incident_kind.security"),
        IncidentKind::Other => t!("incident_kind.other"),
    }
    .into_owned()
}

/// A stage by the shapes of a task's status, as the style sheets name them.
pub const fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Reported | Stage::Reopened => "todo",
        Stage::Responding | Stage::TeamFormed | Stage::Mitigated => "in_progress",
        Stage::Resolved | Stage::Confirmed => "submitted",
        Stage::Closed => "done",
        Stage::Merged | Stage::Rejected => "cancelled",
    }
}

/// What a clock counts down to.
pub fn clock(clock: Clock) -> String {
    match clock {
        Clock::Take => t!("clock.take"),
        Clock::Team => t!("clock.team"),
        Clock::Resolve => t!("clock.resolve"),
        Clock::Update => t!("clock.update"),
        Clock::Confirm => t!("clock.confirm"),
        Clock::Report => t!("clock.report"),
    }
    .into_owned()
}

/// What an alarm says.
pub fn alarm(alarm: AlarmKind) -> String {
    match alarm {
        AlarmKind::CallFallback => t!("alarm.call_fallback"),
        AlarmKind::CallAdmins => t!("alarm.call_admins"),
        AlarmKind::TeamLate => t!("alarm.team_late"),
        AlarmKind::ResolveLate => t!("alarm.resolve_late"),
        AlarmKind::UpdateSoon => t!("alarm.update_soon"),
        AlarmKind::UpdateMissed => t!("alarm.update_missed"),
        AlarmKind::UpdateStillMissing => t!("alarm.update_still_missing"),
        AlarmKind::ConfirmSoon => t!("alarm.confirm_soon"),
        AlarmKind::ConfirmLate => t!("alarm.confirm_late"),
        AlarmKind::ReportLate => t!("alarm.report_late"),
    }
    .into_owned()
}

/// A role in the response.
pub fn part(part: Part) -> String {
    match part {
        Part::Leader => t!("incident_part.leader"),
        Part::Deputy => t!("incident_part.deputy"),
    }
    .into_owned()
}

/// A part that a department plays.
pub fn team(team: Team) -> String {
    match team {
        Team::Technology => t!("team.technology"),
        Team::CustomerService => t!("team.customer_service"),
        Team::PublicRelations => t!("team.public_relations"),
        Team::Management => t!("team.management"),
    }
    .into_owned()
}

/// Whom a rule of the policy calls; tracked.
pub fn callee(replica: Replica, callee: Callee) -> String {
    match callee {
        Callee::Head(of) => t!("callee.head", team = team(of)),
        Callee::Staff(of) => t!("callee.staff", team = team(of)),
        Callee::ReportersHead => t!("callee.reporters_head"),
        Callee::Person(person) => return words::person_name(replica, person),
        Callee::Admins => t!("callee.admins"),
    }
    .into_owned()
}

/// How many it hits.
pub fn reach(reach: Reach) -> String {
    match reach {
        Reach::Few => t!("reach.few"),
        Reach::Some => t!("reach.some"),
        Reach::Most => t!("reach.most"),
    }
    .into_owned()
}

/// What it keeps them from.
pub fn hindrance(hindrance: Hindrance) -> String {
    match hindrance {
        Hindrance::Little => t!("hindrance.little"),
        Hindrance::Much => t!("hindrance.much"),
        Hindrance::Stopped => t!("hindrance.stopped"),
    }
    .into_owned()
}

/// Who did something, also where a clock did; tracked.
pub fn actor_name(replica: Replica, person: shared::id::PersonId) -> String {
    if person == SYSTEM { t!("incident_actor.system").into_owned() } else { words::person_name(replica, person) }
}

/// A stretch of time in the largest units that say enough.
pub fn stretch(micros: i64) -> String {
    let minutes = micros / 60_000_000;
    match minutes {
        ..1 => t!("figures.under_a_minute"),
        1..60 => t!("figures.minutes", minutes = minutes),
        60..1_440 if minutes % 60 == 0 => t!("figures.whole_hours", hours = minutes / 60),
        60..1_440 => t!("figures.hours", hours = minutes / 60, minutes = minutes % 60),
        _ => return days(minutes.unsigned_abs() / 60),
    }
    .into_owned()
}
