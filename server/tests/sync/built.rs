//! A company with a project, and the commands of those who work in it.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::{ColumnId, CommentId, PersonId, ProjectId, TaskId};
use shared::organisation::OrganisationCommand;
use shared::project::board::{NewColumn, Status};
use shared::project::task::{NewTask, Place, Priority, TaskCommand, TaskEdit, TaskIntent};
use shared::project::{ProjectCommand, ProjectEdit, ProjectIntent, Register, Registration, Role};
use shared::{Command, Date, Scope};
use uuid::Uuid;

use crate::support::TestServer;
use crate::wire::Door;

/// A server with a company of three, of whom two are in a project.
pub(crate) struct Built {
    pub(crate) server: TestServer,
    pub(crate) lead: PersonId,
    pub(crate) member: PersonId,
    pub(crate) outsider: PersonId,
    pub(crate) work: Work,
}

/// A project and its columns.
#[derive(Clone)]
pub(crate) struct Work {
    pub(crate) project: ProjectId,
    pub(crate) columns: Vec<ColumnId>,
}

impl Built {
    pub(crate) async fn new() -> Self {
        Self::on(TestServer::start().await).await
    }

    /// The same on a server that was set up otherwise.
    pub(crate) async fn on(server: TestServer) -> Self {
        let lead = server.company().await;
        let member = server.colleague(lead, "Member").await;
        let outsider = server.colleague(lead, "Outsider").await;
        let (work, register) = register(lead, &[member], false);
        server.act(lead, register).await;
        Self { server, lead, member, outsider, work }
    }

    pub(crate) async fn door(&self, person: PersonId) -> Door {
        Door::new(self.server.url(), &self.server.client_for(person).await)
    }

    /// A new task, made by the lead.
    pub(crate) async fn task(&self, name: &str) -> TaskId {
        let (id, command) = self.work.create(self.lead, name);
        self.server.act(self.lead, command).await;
        id
    }
}

pub(crate) fn register(lead: PersonId, members: &[PersonId], open: bool) -> (Work, Command) {
    let columns: Vec<NewColumn> = [("To do", Status::Todo), ("Doing", Status::InProgress), ("Done", Status::Done)]
        .into_iter()
        .map(|(name, status)| NewColumn { id: ColumnId::new(Uuid::now_v7()), name: name.to_owned(), status })
        .collect();
    let project = ProjectId::new(Uuid::now_v7());
    let work = Work { project, columns: columns.iter().map(|column| column.id).collect() };
    let registration = Registration {
        name: "Relaunch".to_owned(),
        start: Date::constant(2026, 1, 5),
        contact: String::new(),
        background: String::new(),
        problem: String::new(),
        expected_results: Vec::new(),
        open,
    };
    let register = Register {
        id: project,
        registration,
        lead,
        draft: false,
        milestones: Vec::new(),
        departments: BTreeMap::new(),
        members: members.iter().map(|person| (*person, Role::Member)).collect(),
        columns,
    };
    (work, Command::Project(ProjectCommand::Register(Box::new(register))))
}

pub(crate) fn set_active(person: PersonId, active: bool) -> Command {
    Command::Organisation(OrganisationCommand::SetActive { person, active })
}

impl Work {
    pub(crate) fn scope(&self) -> Scope {
        Scope::Project(self.project)
    }

    pub(crate) fn board(&self) -> Scope {
        Scope::Board(self.project)
    }

    pub(crate) fn create(&self, owner: PersonId, name: &str) -> (TaskId, Command) {
        let id = TaskId::new(Uuid::now_v7());
        let new = NewTask {
            id,
            name: name.to_owned(),
            column: self.columns[0],
            place: Place::Last,
            owner,
            due: None,
            priority: Priority::Medium,
        };
        (id, self.intend(TaskIntent::Create(new)))
    }

    pub(crate) fn move_to(&self, task: TaskId, column: usize, place: Place) -> Command {
        self.intend(TaskIntent::Move { tasks: vec![task], column: self.columns[column], place })
    }

    pub(crate) fn rename(&self, task: TaskId, name: &str) -> Command {
        self.edit(task, TaskEdit::Name(name.to_owned()))
    }

    pub(crate) fn edit(&self, task: TaskId, edit: TaskEdit) -> Command {
        self.intend(TaskIntent::Edit { task, edit })
    }

    pub(crate) fn comment(&self, task: TaskId, text: &str) -> Command {
        let id = CommentId::new(Uuid::now_v7());
        self.intend(TaskIntent::Comment { id, task, text: text.to_owned(), mentions: BTreeSet::new() })
    }

    pub(crate) fn remove(&self, task: TaskId) -> Command {
        self.intend(TaskIntent::Remove(vec![task]))
    }

    pub(crate) fn intend(&self, intent: TaskIntent) -> Command {
        Command::Task(TaskCommand { project: self.project, intent })
    }

    pub(crate) fn put_member(&self, person: PersonId) -> Command {
        self.on(ProjectIntent::PutMember { person, role: Role::Member })
    }

    pub(crate) fn remove_member(&self, person: PersonId) -> Command {
        self.on(ProjectIntent::RemoveMember(person))
    }

    pub(crate) fn open(&self, open: bool) -> Command {
        self.on(ProjectIntent::Edit(ProjectEdit::Open(open)))
    }

    pub(crate) fn on(&self, intent: ProjectIntent) -> Command {
        Command::Project(ProjectCommand::On { project: self.project, intent })
    }
}
