//! What asks something of a person in tasks and deliverables: found in what they are told of them.

use super::ask::{About, Ask, AskKind};
use super::{BoardDeliverable, BoardTask, Card, Delivery, DeliveryAsk, Duty, Inbox, News, Note, Source};
use crate::arrange::Arrange as _;
use crate::id::{PersonId, ProjectId};
use crate::incident::{day_of, end_of, next_working_day};
use crate::project::Project;
use crate::project::board::Status;
use crate::{Date, State, Timestamp};

/// All that asks something of a person in tasks now.
pub(super) fn asks(state: &State, person: PersonId, now: Timestamp) -> Vec<Ask> {
    let Some(inbox) = state.inboxes.get(&person) else { return Vec::new() };
    let asked = Asked { state, inbox, person, now, today: day_of(now), near: next_working_day(day_of(now)) };
    let duties = inbox.duties.iter().filter(|(task, _)| asked.goes_on(task.project).is_some());
    let notes = inbox.notes.values().filter_map(|note| asked.of_note(note));
    let deliveries = inbox.deliveries.iter().filter_map(|(on, delivery)| asked.of_delivery(*on, delivery));
    duties.flat_map(|(task, duty)| asked.of_duty(*task, duty)).chain(notes).chain(deliveries).collect()
}

/// The late tasks of others in the projects that a person leads, with their owners, the latest first. For whoever knows
/// everybody's inbox: the server.
pub fn late_for_lead(state: &State, lead: PersonId, now: Timestamp) -> Vec<(PersonId, BoardTask, &Card)> {
    let today = day_of(now);
    let leads = |project: ProjectId| {
        state.projects.get(&project).is_some_and(|project| project.lead == lead && !project.stage.is_over())
    };
    let others = state.inboxes.iter().filter(|(owner, _)| **owner != lead);
    let duties = others.flat_map(|(owner, inbox)| inbox.duties.iter().map(|(task, duty)| (*owner, *task, &duty.card)));
    let is_late = |card: &Card| card.owned && card.due.is_some_and(|due| due < today);
    let mut late: Vec<_> = duties.filter(|(_, task, card)| is_late(card) && leads(task.project)).collect();
    late.arrange_by_key(|(_, task, card)| (card.due, *task));
    late
}

/// Who is asked, and when.
struct Asked<'a> {
    state: &'a State,
    inbox: &'a Inbox,
    person: PersonId,
    now: Timestamp,
    today: Date,
    /// A task that is due until then is due soon.
    near: Date,
}

impl Asked<'_> {
    /// A project that is not over and that the person reads.
    fn goes_on(&self, project: ProjectId) -> Option<&Project> {
        let project = self.state.projects.get(&project)?;
        (!project.stage.is_over() && project.is_read_by(self.person)).then_some(project)
    }

    /// That it was given, and that it is due. The former says the date, too: the latter asks besides it only once the
    /// former does not ask.
    fn of_duty(&self, task: BoardTask, duty: &Duty) -> impl Iterator<Item = Ask> {
        let card = &duty.card;
        let due = card.due.filter(|_| card.owned && card.status != Status::Submitted);
        let is_late = due.is_some_and(|due| due < self.today);
        let ask = |kind: AskKind, key: String, since: Timestamp| Ask {
            key,
            kind,
            about: About::Task(task),
            since,
            due: due.map(end_of),
            day: due,
            presses: is_late,
            said: None,
        };
        let given = (duty.by != self.person && card.status == Status::Todo).then(|| {
            let kind = if card.owned { AskKind::Owned } else { AskKind::Helps };
            ask(kind, format!("given:{task}:{}", duty.since.micros()), duty.since)
        });
        let is_asked = given.as_ref().is_some_and(|given| self.inbox.shows(&given.key, self.now));
        let due = due.filter(|due| *due <= self.near && !is_asked).map(|due| {
            let (kind, name) = if is_late { (AskKind::Overdue, "overdue") } else { (AskKind::DueSoon, "due") };
            ask(kind, format!("{name}:{task}:{due}"), duty.since)
        });
        given.into_iter().chain(due)
    }

    fn of_delivery(&self, on: BoardDeliverable, delivery: &Delivery) -> Option<Ask> {
        self.goes_on(on.project)?;
        let (kind, name) = match delivery.ask {
            DeliveryAsk::HandIn => (AskKind::HandIn, "hand-in"),
            DeliveryAsk::Accept => (AskKind::Accept, "accept"),
            DeliveryAsk::Revise => (AskKind::Revise, "revise"),
            DeliveryAsk::Accepted => (AskKind::Accepted, "accepted"),
        };
        Some(Ask {
            key: format!("{name}:{on}:{}", delivery.version),
            kind,
            about: About::Deliverable(on),
            since: delivery.at,
            due: None,
            day: None,
            presses: false,
            said: None,
        })
    }

    fn of_note(&self, note: &Note) -> Option<Ask> {
        let project = self.goes_on(note.task.project)?;
        let (kind, name) = match note.news {
            News::Mentioned => (AskKind::Mentioned, "mentioned"),
            News::Commented => (AskKind::Commented, "commented"),
            News::Awaited => (AskKind::Awaited, "awaited"),
        };
        // Somebody else may answer for the department by now.
        if let Source::Block(from) = note.source
            && project.awaits(&self.state.company, from) != Some(self.person)
        {
            return None;
        }
        Some(Ask {
            key: format!("{name}:{}:{}", note.task, note.at.micros()),
            kind,
            about: About::Task(note.task),
            since: note.at,
            due: None,
            day: None,
            presses: false,
            said: Some((note.by, note.source)),
        })
    }
}
