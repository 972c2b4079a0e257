//! How an inbox is kept: its marks, its duties and its notes.

use std::str::FromStr;

use serde::de::Error as _;
use serde_json::Error;
use uuid::Uuid;

use super::told::MOST_NOTES;
use super::{BoardDeliverable, BoardTask, Delivery, Duty, Inbox, InboxChange, Mark, News, Note, NoteKey};
use crate::State;
use crate::id::{PersonId, ProjectId};
use crate::state::{Contents, Fate, Kind, Readers, Things};

const MARK: Kind = Kind::of::<Mark>("inbox_mark");
const DUTY: Kind = Kind::of::<Duty>("inbox_duty");
const DELIVERY: Kind = Kind::of::<Delivery>("inbox_delivery");
const NOTE: Kind = Kind::of::<Note>("inbox_note");

/// A thing in an inbox.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InboxThing {
    /// What was said of an ask, by its key.
    Mark(String),
    /// A task that is theirs.
    Duty(BoardTask),
    /// What was told once.
    Note(NoteKey),
    /// What a deliverable asks.
    Delivery(BoardDeliverable),
}

use InboxThing as Thing;

/// Who reads an inbox: whose it is.
pub(crate) const fn readers(_: &State, owner: PersonId) -> Readers<'_> {
    Readers::Only(owner)
}

impl Contents for Inbox {
    type Key = PersonId;
    type Change = InboxChange;
    type Thing = Thing;

    const KINDS: &'static [Kind] = &[MARK, DUTY, NOTE, DELIVERY];

    fn begun_by(_: &InboxChange) -> Option<Self> {
        Some(Self::default())
    }

    fn apply(&mut self, change: &InboxChange) {
        self.change(change);
    }

    fn touched(before: Option<&Self>, change: &InboxChange, note: &mut dyn FnMut(Thing, Fate)) {
        match change {
            InboxChange::MarkPut(key, _) => note(Thing::Mark(key.clone()), Fate::Put),
            InboxChange::MarkGone(key) => note(Thing::Mark(key.clone()), Fate::Gone),
            InboxChange::DutyGiven(task, _) | InboxChange::DutyPut(task, _) => note(Thing::Duty(*task), Fate::Put),
            // Of what is not there nothing goes.
            InboxChange::DutyGone(task) => {
                if before.is_some_and(|inbox| inbox.duties.contains_key(task)) {
                    note(Thing::Duty(*task), Fate::Gone);
                }
            }
            InboxChange::NotePut(put) => {
                // It may make another one go.
                let is_one_more = |inbox: &&Self| inbox.notes.len() >= MOST_NOTES && !inbox.has_note(&put.key(), None);
                let full = before.filter(is_one_more);
                if let Some(oldest) = full.and_then(Self::oldest_note) {
                    note(Thing::Note(oldest), Fate::Gone);
                }
                note(Thing::Note(put.key()), Fate::Put);
            }
            InboxChange::DeliveryPut(on, _) => note(Thing::Delivery(*on), Fate::Put),
            InboxChange::DeliveryGone(on) => {
                if before.is_some_and(|inbox| inbox.deliveries.contains_key(on)) {
                    note(Thing::Delivery(*on), Fate::Gone);
                }
            }
            InboxChange::NoteGone(key, source) => {
                if before.is_some_and(|inbox| inbox.has_note(key, *source)) {
                    note(Thing::Note(*key), Fate::Gone);
                }
            }
        }
    }

    fn name(thing: &Thing) -> (Kind, String) {
        match thing {
            Thing::Mark(key) => (MARK, key.clone()),
            Thing::Duty(task) => (DUTY, task.to_string()),
            Thing::Delivery(on) => (DELIVERY, on.to_string()),
            Thing::Note(NoteKey { task, news }) => (NOTE, format!("{task}/{}", name_of(*news))),
        }
    }

    fn write(&self, thing: &Thing) -> Option<Result<String, Error>> {
        match thing {
            Thing::Mark(key) => self.marks.get(key).map(serde_json::to_string),
            Thing::Duty(task) => self.duties.get(task).map(serde_json::to_string),
            Thing::Delivery(on) => self.deliveries.get(on).map(serde_json::to_string),
            Thing::Note(key) => self.notes.get(key).map(serde_json::to_string),
        }
    }

    fn read(things: &Things) -> Result<Option<Self>, Error> {
        let duties: Vec<(String, Duty)> = things.named(DUTY)?;
        let duties = duties.into_iter().map(|(name, duty)| Ok((read_task(&name)?, duty)));
        let notes: Vec<Note> = things.all(NOTE)?;
        let deliveries: Vec<(String, Delivery)> = things.named(DELIVERY)?;
        let deliveries = deliveries.into_iter().map(|(name, delivery)| {
            let (project, deliverable) = read_pair(&name)?;
            Ok((BoardDeliverable { project, deliverable }, delivery))
        });
        Ok(Some(Self {
            marks: things.named(MARK)?,
            duties: duties.collect::<Result<_, Error>>()?,
            notes: notes.into_iter().map(|note| (note.key(), note)).collect(),
            deliveries: deliveries.collect::<Result<_, Error>>()?,
        }))
    }

    /// Nobody looks up what a person has said of their own inbox, or was told there.
    fn subject(_: PersonId, _: &InboxChange) -> Option<Uuid> {
        None
    }
}

/// A task by what it is called in the tables.
fn read_task(name: &str) -> Result<BoardTask, Error> {
    let (project, task) = read_pair(name)?;
    Ok(BoardTask { project, task })
}

/// A project and one of its things by what they are called in the tables.
fn read_pair<T: FromStr<Err = uuid::Error>>(name: &str) -> Result<(ProjectId, T), Error> {
    let (project, thing) = name.split_once('/').ok_or_else(|| Error::custom("no thing of a project"))?;
    Ok((project.parse().map_err(Error::custom)?, thing.parse().map_err(Error::custom)?))
}

const fn name_of(news: News) -> &'static str {
    match news {
        News::Mentioned => "mentioned",
        News::Commented => "commented",
        News::Awaited => "awaited",
    }
}
