//! Who is told what of a deliverable (deliverable: telling): found by comparing it before and after, as for tasks.

use std::collections::BTreeSet;

use super::{Deliverable, Standing};
use crate::Context;
use crate::id::PersonId;
use crate::inbox::{BoardDeliverable, Delivery, DeliveryAsk, InboxChange};
use crate::project::Project;

/// A deliverable at one time: in a project as it was then.
type Told<'a> = (&'a Project, Option<&'a Deliverable>);

/// What those concerned are told of a deliverable.
pub(in crate::project) fn compare(was: Told, is: Told, context: &Context) -> Vec<(PersonId, InboxChange)> {
    let Some(id) = is.1.or(was.1).map(|deliverable| deliverable.id) else { return Vec::new() };
    let on = BoardDeliverable { project: is.0.id, deliverable: id };
    let people: BTreeSet<PersonId> = [was, is].into_iter().flat_map(people).collect();
    let told = people.into_iter().filter_map(|person| {
        let (before, after) = (asked(was, person), asked(is, person));
        let change = match (before, after) {
            (before, after) if before == after => return None,
            // Nobody is asked for what they took on themselves.
            (_, Some((ask, version, name))) if person != context.actor || ask != DeliveryAsk::HandIn => {
                let (by, at) = (context.actor, context.now);
                InboxChange::DeliveryPut(on, Delivery { ask, version, name: name.to_owned(), by, at })
            }
            (None, _) => return None,
            (Some(_), _) => InboxChange::DeliveryGone(on),
        };
        Some((person, change))
    });
    told.collect()
}

fn people((project, deliverable): Told<'_>) -> impl Iterator<Item = PersonId> {
    let accepter = deliverable.and_then(|deliverable| deliverable.accepted_by(project));
    deliverable.map(|deliverable| deliverable.producer).into_iter().chain(accepter)
}

/// What it asks of somebody, of which version, by which name.
fn asked((project, deliverable): Told<'_>, person: PersonId) -> Option<(DeliveryAsk, u32, &str)> {
    let deliverable = deliverable.filter(|_| project.members.contains_key(&person))?;
    let ask = match deliverable.standing() {
        Standing::Awaited => DeliveryAsk::HandIn,
        Standing::Submitted => DeliveryAsk::Accept,
        Standing::Returned => DeliveryAsk::Revise,
        Standing::Accepted => DeliveryAsk::Accepted,
    };
    let who = match ask {
        DeliveryAsk::Accept => deliverable.accepted_by(project),
        DeliveryAsk::HandIn | DeliveryAsk::Revise | DeliveryAsk::Accepted => Some(deliverable.producer),
    };
    let version = deliverable.versions.last().map_or(0, |version| version.number);
    (who == Some(person)).then_some((ask, version, deliverable.name.as_str()))
}
