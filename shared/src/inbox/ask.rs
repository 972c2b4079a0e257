//! What asks something of a person, found in the state (inbox: what asks, order).

use super::{BoardDeliverable, BoardTask, Source, task};
use crate::arrange::Arrange as _;
use crate::id::{IncidentId, MilestoneId, PersonId, ProjectId};
use crate::incident::{Clock, Incident, Severity, Stage};
use crate::project::Stage as ProjectStage;
use crate::{Date, State, Timestamp};

/// Something that asks something of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Names it for good: what was said of it under this key holds as long as it asks the same.
    pub key: String,
    /// What it asks.
    pub kind: AskKind,
    /// What it is about.
    pub about: About,
    /// Since when it asks.
    pub since: Timestamp,
    /// Until when it is to be done, if that is known.
    pub due: Option<Timestamp>,
    /// The day by whose end it is to be done, where that is said by the day.
    pub day: Option<Date>,
    /// Whether it asks for action now: an urgent one, or one that is late.
    pub presses: bool,
    /// Who said what it asks one to read, and where in the task, if that is known.
    pub said: Option<(PersonId, Source)>,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AskKind {
    /// Take the incident.
    Take,
    /// Help with the incident that one was called to.
    Respond,
    /// Post the next progress update.
    Update,
    /// Do what one was assigned.
    Assignment,
    /// Confirm the solution.
    Confirm,
    /// Confirm in the reporter's stead.
    ConfirmInstead,
    /// Write and file the report.
    Report,
    /// Close it.
    Close,
    /// Read where one was named.
    Mentioned,
    /// A milestone of a project that one leads is late.
    Milestone,
    /// Do a task that one was made the owner of.
    Owned,
    /// Help with a task that one was made a collaborator of.
    Helps,
    /// A task is due by the next working day.
    DueSoon,
    /// A task is late.
    Overdue,
    /// Read what was said of a task of one's own.
    Commented,
    /// A task waits for one.
    Awaited,
    /// Hand in a deliverable that one was made the producer of.
    HandIn,
    /// Accept or return what was handed in.
    Accept,
    /// Hand in another version of what was returned.
    Revise,
    /// Know that one's deliverable is accepted.
    Accepted,
}

impl AskKind {
    /// Whether a word said about it is all that it asks for.
    pub const fn is_answered_by_a_word(self) -> bool {
        matches!(self, Self::Respond | Self::Mentioned | Self::Commented | Self::Awaited)
    }

    /// Whether it asks one to read something, and nothing else.
    pub const fn is_answered_by_reading(self) -> bool {
        matches!(self, Self::Mentioned | Self::Commented | Self::Accepted)
    }
}

/// What an ask is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// An incident.
    Incident(IncidentId),
    /// A milestone of a project.
    Milestone(ProjectId, MilestoneId),
    /// A task of a project.
    Task(BoardTask),
    /// A deliverable of a project.
    Deliverable(BoardDeliverable),
}

/// All that asks something of a person now, in the order of the inbox. What they said of it is not
/// considered; see [`super::Inbox::shows`].
pub fn asks(state: &State, person: PersonId, now: Timestamp) -> Vec<Ask> {
    let mut asks: Vec<Ask> =
        state.incidents.all.values().flat_map(|incident| of_incident(state, incident, person, now)).collect();
    asks.extend(late_milestones(state, person, now));
    asks.extend(task::asks(state, person, now));
    let never = Timestamp::from_micros(i64::MAX);
    asks.arrange_by_key(|ask| (!ask.presses, ask.kind != AskKind::Take, ask.due.unwrap_or(never), ask.since));
    asks
}

fn of_incident(state: &State, incident: &Incident, person: PersonId, now: Timestamp) -> Vec<Ask> {
    let round = &incident.round;
    let nth = incident.round_index();
    let urgent = incident.severity == Severity::Urgent;
    let mut asks = Vec::new();
    let mut ask = |kind: AskKind, name: String, since: Timestamp, due: Option<Timestamp>, presses: bool| {
        let late = due.is_some_and(|due| due < now);
        let about = About::Incident(incident.id);
        asks.push(Ask {
            key: format!("incident:{}:{name}", incident.id),
            kind,
            about,
            since,
            due,
            day: None,
            presses: presses || late,
            said: None,
        });
    };
    let due = |clock| incident.running_clock(clock).map(|deadline| deadline.due);
    let runs = incident.is_run_by(state, person, now);
    let leads = incident.leader() == Some(person);
    match incident.stage {
        Stage::Reported | Stage::Reopened => {
            // Who has come on duty since was not called, and it is theirs all the same.
            let roster = &state.incidents.roster;
            let is_on_duty = roster.on_duty(&state.company, now) == Some(person);
            let duty = roster.at(now).filter(|_| is_on_duty).map(|shift| shift.from);
            if let Some(since) = incident.called.get(&person).copied().or(duty) {
                // Where no time is set for taking it, that for solving it runs all the same.
                let due = due(Clock::Take).or_else(|| due(Clock::Resolve));
                ask(AskKind::Take, format!("take:{nth}"), since.max(round.begun.at), due, urgent);
            }
        }
        Stage::Responding | Stage::TeamFormed | Stage::Mitigated => {
            if leads && let Some(update) = incident.running_clock(Clock::Update) {
                ask(AskKind::Update, format!("update:{}", update.from.micros()), update.from, Some(update.due), false);
            }
            let is_busy = leads || incident.assignments.iter().any(|assignment| assignment.person == person);
            if let Some(since) =
                incident.called.get(&person).filter(|_| !is_busy && round.taken.is_none_or(|t| t.by != person))
            {
                ask(AskKind::Respond, format!("respond:{nth}"), *since, None, false);
            }
        }
        Stage::Resolved => {
            let since = round.resolved.map_or(incident.reported_at, |resolved| resolved.at);
            if incident.reporter == person {
                ask(AskKind::Confirm, format!("confirm:{nth}"), since, due(Clock::Confirm), false);
            } else if runs && incident.may_be_confirmed_by(state, person, now) {
                ask(AskKind::ConfirmInstead, format!("confirm-instead:{nth}"), since, None, false);
            }
        }
        Stage::Confirmed if leads => {
            let since = round.confirmed.map_or(incident.reported_at, |confirmed| confirmed.at);
            match incident.filed {
                None => ask(AskKind::Report, "report".to_owned(), since, due(Clock::Report), false),
                Some(filed) => ask(AskKind::Close, "close".to_owned(), filed.at, None, false),
            }
        }
        Stage::Confirmed | Stage::Closed | Stage::Merged | Stage::Rejected => {}
    }
    if !incident.stage.is_over() {
        let open = incident.assignments.iter().filter(|given| given.person == person && given.done.is_none());
        for given in open {
            let name = format!("assignment:{}", given.id);
            ask(AskKind::Assignment, name, given.given.at, Some(given.due), false);
        }
        if let Some(at) = incident.mentions.get(&person) {
            ask(AskKind::Mentioned, format!("mentioned:{}", at.micros()), *at, None, false);
        }
    }
    asks
}

fn late_milestones(state: &State, person: PersonId, now: Timestamp) -> Vec<Ask> {
    let today = crate::incident::day_of(now);
    let led = state.projects.values().filter(|project| project.lead == person && project.stage == ProjectStage::Active);
    let late = led.flat_map(|project| {
        let late = project.milestones.iter().filter(move |milestone| !milestone.done && milestone.date < today);
        late.map(move |milestone| (project, milestone))
    });
    late.map(|(project, milestone)| {
        let due = crate::incident::end_of(milestone.date);
        Ask {
            key: format!("milestone:{}:{}:{}", project.id, milestone.id, milestone.date),
            kind: AskKind::Milestone,
            about: About::Milestone(project.id, milestone.id),
            since: due,
            due: Some(due),
            day: Some(milestone.date),
            presses: false,
            said: None,
        }
    })
    .collect()
}
