//! How the directory is kept: the company, its departments, its people.

use serde_json::Error;
use uuid::Uuid;

use super::{Company, CompanyInfo, Department, OrganisationChange, Person};
use crate::id::{DepartmentId, PersonId};
use crate::state::{Contents, Fate, Kind, Things};

const COMPANY: Kind = Kind::of::<CompanyInfo>("company");
const DEPARTMENT: Kind = Kind::of::<Department>("department");
const PERSON: Kind = Kind::of::<Person>("person");

/// A thing of the directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // named as in the domain
pub enum CompanyThing {
    Company,
    Department(DepartmentId),
    Person(PersonId),
}

use CompanyThing as Thing;

impl Contents for Company {
    type Key = ();
    type Change = OrganisationChange;
    type Thing = Thing;

    const KINDS: &'static [Kind] = &[COMPANY, DEPARTMENT, PERSON];

    fn begun_by(_: &OrganisationChange) -> Option<Self> {
        Some(Self::default())
    }

    fn apply(&mut self, change: &OrganisationChange) {
        match change {
            OrganisationChange::CompanyPut(info) => self.info = info.clone(),
            OrganisationChange::DepartmentPut(department) => {
                self.departments.insert(department.id, department.clone());
            }
            OrganisationChange::DepartmentGone(id) => {
                self.departments.remove(id);
            }
            OrganisationChange::PersonPut(person) => {
                self.people.insert(person.id, person.clone());
            }
        }
    }

    fn touched(_: Option<&Self>, change: &OrganisationChange, note: &mut dyn FnMut(Thing, Fate)) {
        match change {
            OrganisationChange::CompanyPut(_) => note(Thing::Company, Fate::Put),
            OrganisationChange::DepartmentPut(department) => note(Thing::Department(department.id), Fate::Put),
            OrganisationChange::DepartmentGone(id) => note(Thing::Department(*id), Fate::Gone),
            OrganisationChange::PersonPut(person) => note(Thing::Person(person.id), Fate::Put),
        }
    }

    fn name(thing: &Thing) -> (Kind, String) {
        match thing {
            Thing::Company => (COMPANY, "company".to_owned()),
            Thing::Department(id) => (DEPARTMENT, id.to_string()),
            Thing::Person(id) => (PERSON, id.to_string()),
        }
    }

    fn write(&self, thing: &Thing) -> Option<Result<String, Error>> {
        Some(match thing {
            Thing::Company => serde_json::to_string(&self.info),
            Thing::Department(id) => serde_json::to_string(self.departments.get(id)?),
            Thing::Person(id) => serde_json::to_string(self.people.get(id)?),
        })
    }

    fn read(things: &Things) -> Result<Option<Self>, Error> {
        let (departments, people): (Vec<Department>, Vec<Person>) = (things.all(DEPARTMENT)?, things.all(PERSON)?);
        Ok(Some(Self {
            info: things.one(COMPANY)?.unwrap_or_default(),
            departments: departments.into_iter().map(|department| (department.id, department)).collect(),
            people: people.into_iter().map(|person| (person.id, person)).collect(),
        }))
    }

    fn subject((): (), change: &OrganisationChange) -> Option<Uuid> {
        match change {
            OrganisationChange::DepartmentPut(department) => Some(department.id.uuid()),
            OrganisationChange::DepartmentGone(id) => Some(id.uuid()),
            OrganisationChange::PersonPut(person) => Some(person.id.uuid()),
            OrganisationChange::CompanyPut(_) => None,
        }
    }
}
