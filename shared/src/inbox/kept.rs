//! How an inbox is kept: its marks.

use serde_json::Error;
use uuid::Uuid;

use super::{Inbox, InboxChange, Mark};
use crate::State;
use crate::id::PersonId;
use crate::state::{Contents, Fate, Kind, Readers, Things};

const MARK: Kind = Kind::of::<Mark>("inbox_mark");

/// Who reads an inbox: whose it is.
pub(crate) const fn readers(_: &State, owner: PersonId) -> Readers<'_> {
    Readers::Only(owner)
}

impl Contents for Inbox {
    type Key = PersonId;
    type Change = InboxChange;
    /// The key of what a mark is about.
    type Thing = String;

    const KINDS: &'static [Kind] = &[MARK];

    fn begun_by(_: &InboxChange) -> Option<Self> {
        Some(Self::default())
    }

    fn apply(&mut self, change: &InboxChange) {
        match change {
            InboxChange::MarkPut(key, mark) => {
                self.marks.insert(key.clone(), *mark);
            }
            InboxChange::MarkGone(key) => {
                self.marks.remove(key);
            }
        }
    }

    fn touched(_: Option<&Self>, change: &InboxChange, note: &mut dyn FnMut(String, Fate)) {
        match change {
            InboxChange::MarkPut(key, _) => note(key.clone(), Fate::Put),
            InboxChange::MarkGone(key) => note(key.clone(), Fate::Gone),
        }
    }

    fn name(key: &String) -> (Kind, String) {
        (MARK, key.clone())
    }

    fn write(&self, key: &String) -> Option<Result<String, Error>> {
        self.marks.get(key).map(serde_json::to_string)
    }

    fn read(things: &Things) -> Result<Option<Self>, Error> {
        Ok(Some(Self { marks: things.named(MARK)? }))
    }

    /// Nobody looks up what a person has said of their own inbox.
    fn subject(_: PersonId, _: &InboxChange) -> Option<Uuid> {
        None
    }
}
