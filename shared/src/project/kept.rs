//! How a project's registration is kept, and who reads it.

use serde_json::Error;
use uuid::Uuid;

use super::{Project, ProjectChange};
use crate::State;
use crate::id::ProjectId;
use crate::state::{Contents, Fate, Kind, Readers, Things};

const PROJECT: Kind = Kind::of::<Project>("project");

/// Who reads a project and its board: its members, and everybody if it is open.
pub(crate) fn readers(state: &State, project: ProjectId) -> Readers<'_> {
    match state.projects.get(&project) {
        None => Readers::Nobody,
        Some(project) if project.registration.open => Readers::Everybody,
        Some(project) => Readers::Members(&project.members),
    }
}

impl Contents for Project {
    type Key = ProjectId;
    type Change = ProjectChange;
    type Thing = ProjectId;

    const KINDS: &'static [Kind] = &[PROJECT];

    fn begun_by(ProjectChange::Put(project): &ProjectChange) -> Option<Self> {
        Some(project.as_ref().clone())
    }

    fn apply(&mut self, ProjectChange::Put(project): &ProjectChange) {
        self.clone_from(project);
    }

    fn touched(_: Option<&Self>, ProjectChange::Put(project): &ProjectChange, note: &mut dyn FnMut(ProjectId, Fate)) {
        note(project.id, Fate::Put);
    }

    fn name(thing: &ProjectId) -> (Kind, String) {
        (PROJECT, thing.to_string())
    }

    fn write(&self, thing: &ProjectId) -> Option<Result<String, Error>> {
        (self.id == *thing).then(|| serde_json::to_string(self))
    }

    fn read(things: &Things) -> Result<Option<Self>, Error> {
        things.one(PROJECT)
    }

    fn subject(project: ProjectId, _: &ProjectChange) -> Option<Uuid> {
        Some(project.uuid())
    }
}
