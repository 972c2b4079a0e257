//! A short history in which every kind of thing is made, changed and removed.

use std::collections::{BTreeMap, BTreeSet};

use qibu::sync::Engine;
use shared::id::{
    ColumnId, CommandId, CommentId, DeliverableId, DepartmentId, ItemId, MilestoneId, PersonId, ProjectId, TaskId,
};
use shared::organisation::{CompanyRole, Department, NewPerson, OrganisationCommand, Profile};
use shared::project::board::{BoardCommand, BoardIntent, NewColumn, Status};
use shared::project::deliverable::{DeliverableCommand, DeliverableEdit, DeliverableIntent, NewDeliverable};
use shared::project::task::{AwaitedFrom, Dependency, NewTask, Place, Priority, TaskCommand, TaskEdit, TaskIntent};
use shared::project::{Milestone, ProjectCommand, ProjectEdit, ProjectIntent, Register, Registration, Role, Stage};
use shared::{Command, Date, Scope};
use uuid::Uuid;

use crate::incidents::Aftermath;

/// What the history has left.
pub(crate) struct History {
    pub(crate) lead: PersonId,
    pub(crate) work: Work,
    pub(crate) task: TaskId,
    pub(crate) aftermath: Aftermath,
}

/// A project and its columns.
pub(crate) struct Work {
    pub(crate) project: ProjectId,
    columns: Vec<ColumnId>,
}

impl History {
    pub(crate) async fn play(engine: &Engine) -> Self {
        let admin = person("Lead", CompanyRole::Admin);
        let lead = admin.id;
        let (work, registered) = register(lead, &[]);
        let (aftermath, registered_too) = Aftermath::new(lead);
        let history = Self { lead, task: TaskId::new(Uuid::now_v7()), work, aftermath };
        let found = OrganisationCommand::Found { name: "启明科技".to_owned(), admin };
        history.act(engine, Command::Organisation(found)).await;
        let department = history.organise(engine).await;
        history.act(engine, registered_too).await;
        history.aftermath.play(&history, engine, department).await;
        history.act(engine, registered).await;
        history.lead_project(engine).await;
        history.work_on_tasks(engine).await;
        history.deliver(engine).await;
        history
    }

    pub(crate) fn scopes(&self) -> Vec<Scope> {
        let mut scopes = vec![Scope::Company, Scope::Project(self.work.project), self.work.board()];
        scopes.extend(self.aftermath.scopes());
        scopes
    }

    /// Runs a command of the lead's; it must not be refused.
    pub(crate) async fn act(&self, engine: &Engine, command: Command) {
        let acted = engine.act(self.lead, CommandId::new(Uuid::now_v7()), command.clone()).await;
        assert!(acted.is_ok(), "{command:?}: {acted:?}");
    }

    /// Makes departments and people; answers a department.
    async fn organise(&self, engine: &Engine) -> DepartmentId {
        use OrganisationCommand as C;
        let department = |name: &str, parent| {
            let id = DepartmentId::new(Uuid::now_v7());
            Department { id, name: name.to_owned(), parent, head: Some(self.lead) }
        };
        let (top, gone) = (department("技术部", None), department("Gone", None));
        let below = department("\"Quotes\" \\ and \n?", Some(top.id));
        let member = person("Member", CompanyRole::Member);
        let commands = [
            C::AddDepartment(top.clone()),
            C::AddDepartment(gone.clone()),
            C::EditDepartment(Department { name: "No longer".to_owned(), ..gone.clone() }),
            C::RemoveDepartment(gone.id),
            C::AddPerson(member.clone()),
            C::SetDepartment { person: member.id, department: Some(top.id) },
            C::SetActive { person: member.id, active: false },
            C::RenameCompany("启明".to_owned()),
        ];
        for command in commands {
            self.act(engine, Command::Organisation(command)).await;
        }
        let odd = Department { name: below.name.replace('\n', " "), ..below };
        self.act(engine, Command::Organisation(C::AddDepartment(odd))).await;
        top.id
    }

    async fn lead_project(&self, engine: &Engine) {
        let milestone = Milestone {
            id: MilestoneId::new(Uuid::now_v7()),
            name: "Beta".to_owned(),
            date: Date::constant(2026, 3, 1),
            done: false,
        };
        let intents = [
            ProjectIntent::PutMilestone(milestone),
            ProjectIntent::Edit(ProjectEdit::Background("第一行\n第二行".to_owned())),
            ProjectIntent::Edit(ProjectEdit::Open(true)),
        ];
        for intent in intents {
            let command = ProjectCommand::On { project: self.work.project, intent };
            self.act(engine, Command::Project(command)).await;
        }
        let column = ColumnId::new(Uuid::now_v7());
        let new = NewColumn { id: column, name: "Review".to_owned(), status: Status::Submitted };
        let spare = NewColumn { id: ColumnId::new(Uuid::now_v7()), ..new.clone() };
        let intents = [
            BoardIntent::AddColumn(new),
            BoardIntent::AddColumn(spare.clone()),
            BoardIntent::RenameColumn { column, name: "Reviewed".to_owned() },
            BoardIntent::MoveColumn { column, after: None },
            BoardIntent::SetWipLimit { column, limit: Some(3) },
            BoardIntent::RemoveColumn(spare.id),
        ];
        for intent in intents {
            let command = BoardCommand { project: self.work.project, intent };
            self.act(engine, Command::Board(command)).await;
        }
    }

    /// What is on record beside tasks: deliverables, a baseline, dates that moved, a stage.
    async fn deliver(&self, engine: &Engine) {
        let accepter = person("Accepter", CompanyRole::Member);
        let project = self.work.project;
        let on = |intent| Command::Project(ProjectCommand::On { project, intent });
        let deliver = |intent| Command::Deliverable(DeliverableCommand { project, intent });
        let new = |task| NewDeliverable {
            id: DeliverableId::new(Uuid::now_v7()),
            name: "设计稿".to_owned(),
            criteria: "齐全".to_owned(),
            task,
            producer: self.lead,
            accepter: Some(accepter.id),
        };
        let (design, gone) = (new(None), new(None));
        let (deliverable, edit) = (design.id, DeliverableEdit::Name("设计稿 V2".to_owned()));
        let commands = [
            Command::Organisation(OrganisationCommand::AddPerson(accepter.clone())),
            on(ProjectIntent::PutMember { person: accepter.id, role: Role::Observer }),
            deliver(DeliverableIntent::Add(design)),
            deliver(DeliverableIntent::Add(gone.clone())),
            deliver(DeliverableIntent::Edit { deliverable, edit }),
            deliver(DeliverableIntent::Remove(gone.id)),
            on(ProjectIntent::TakeBaseline { reason: "Planned".to_owned() }),
        ];
        for command in commands {
            self.act(engine, command).await;
        }
        let (_, state) = engine.read(&[Scope::Project(project)]).await.expect("it reads");
        let milestone = state.projects[&project].milestones[0].id;
        let (date, why) = (Date::constant(2026, 3, 9), "Later".to_owned());
        self.act(engine, on(ProjectIntent::MoveMilestone { milestone, date, why })).await;
        self.act(engine, on(ProjectIntent::SetStage { stage: Stage::Accepting, reason: String::new() })).await;
    }

    async fn work_on_tasks(&self, engine: &Engine) {
        let work = &self.work;
        self.act(engine, work.create_as(self.task, self.lead, "Write it down")).await;
        let (first, create) = work.create(self.lead, "Before it");
        self.act(engine, create).await;
        let (gone, create) = work.create(self.lead, "Gone");
        self.act(engine, create).await;
        let item = ItemId::new(Uuid::now_v7());
        let edits = [
            TaskEdit::Name("Written \"down\" — 完成".to_owned()),
            TaskEdit::Description { base: String::new(), text: "# 标题\n\n- [ ] one".to_owned() },
            TaskEdit::Due(Some(Date::constant(2026, 2, 27))),
            TaskEdit::Priority(Priority::High),
            TaskEdit::Estimate(Some(8)),
            TaskEdit::Progress { percent: 40, note: "Halfway".to_owned() },
            TaskEdit::AddLabel("接口".to_owned()),
            TaskEdit::AddItem { id: item, text: "Step".to_owned() },
            TaskEdit::CheckItem { id: item, done: true },
            TaskEdit::AddDependency(Dependency { on: first, days: 3 }),
            TaskEdit::AddDependency(Dependency { on: gone, days: 1 }),
            TaskEdit::AddCollaborator(self.lead),
            TaskEdit::Block { awaiting: "文档".to_owned(), from: AwaitedFrom::Person(self.lead) },
        ];
        for edit in edits {
            self.act(engine, work.intend(TaskIntent::Edit { task: self.task, edit })).await;
        }
        self.act(engine, work.comment(gone, "Goes with its task")).await;
        self.act(engine, work.comment(self.task, "Stays")).await;
        let (comment, text) = (CommentId::new(Uuid::now_v7()), "Goes alone".to_owned());
        let write = TaskIntent::Comment { id: comment, task: self.task, text, mentions: BTreeSet::from([self.lead]) };
        self.act(engine, work.intend(write)).await;
        let text = "Edited, then gone".to_owned();
        let edit = TaskIntent::EditComment { task: self.task, comment, text, mentions: BTreeSet::new() };
        self.act(engine, work.intend(edit)).await;
        self.act(engine, work.intend(TaskIntent::RemoveComment { task: self.task, comment })).await;
        // The same comment's id on another task is another comment.
        let text = "Elsewhere".to_owned();
        let again = TaskIntent::Comment { id: comment, task: first, text, mentions: BTreeSet::new() };
        self.act(engine, work.intend(again)).await;
        self.act(engine, work.remove(gone)).await;
        let both = TaskIntent::Move { tasks: vec![self.task, first], column: work.columns[2], place: Place::First };
        self.act(engine, work.intend(both)).await;
        let back = TaskIntent::Move { tasks: vec![first], column: work.columns[0], place: Place::Last };
        self.act(engine, work.intend(back)).await;
    }
}

impl Work {
    pub(crate) fn board(&self) -> Scope {
        Scope::Board(self.project)
    }

    pub(crate) fn create(&self, owner: PersonId, name: &str) -> (TaskId, Command) {
        let id = TaskId::new(Uuid::now_v7());
        (id, self.create_as(id, owner, name))
    }

    pub(crate) fn create_as(&self, id: TaskId, owner: PersonId, name: &str) -> Command {
        self.intend(TaskIntent::Create(NewTask {
            id,
            name: name.to_owned(),
            column: self.columns[0],
            place: Place::Last,
            owner,
            due: None,
            priority: Priority::Medium,
        }))
    }

    pub(crate) fn comment(&self, task: TaskId, text: &str) -> Command {
        let id = CommentId::new(Uuid::now_v7());
        self.intend(TaskIntent::Comment { id, task, text: text.to_owned(), mentions: BTreeSet::new() })
    }

    pub(crate) fn remove(&self, task: TaskId) -> Command {
        self.intend(TaskIntent::Remove(vec![task]))
    }

    fn intend(&self, intent: TaskIntent) -> Command {
        Command::Task(TaskCommand { project: self.project, intent })
    }
}

pub(crate) fn register(lead: PersonId, members: &[PersonId]) -> (Work, Command) {
    let columns: Vec<NewColumn> = [("待办", Status::Todo), ("进行中", Status::InProgress), ("已完成", Status::Done)]
        .into_iter()
        .map(|(name, status)| NewColumn { id: ColumnId::new(Uuid::now_v7()), name: name.to_owned(), status })
        .collect();
    let project = ProjectId::new(Uuid::now_v7());
    let work = Work { project, columns: columns.iter().map(|column| column.id).collect() };
    let registration = Registration {
        name: "积分商城".to_owned(),
        start: Date::constant(2026, 1, 5),
        contact: "8001".to_owned(),
        background: String::new(),
        problem: String::new(),
        expected_results: vec!["转化率 +10 %".to_owned()],
        open: false,
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

pub(crate) fn person(name: &str, role: CompanyRole) -> NewPerson {
    NewPerson {
        id: PersonId::new(Uuid::now_v7()),
        profile: Profile { name: name.to_owned(), ..Profile::default() },
        email: format!("{}@qiming.example", name.to_lowercase()),
        department: None,
        role,
    }
}
