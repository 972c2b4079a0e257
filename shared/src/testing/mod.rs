//! A small company for the tests of the rules: who is in it, and how a test says what they do.
//!
//! `World::board().does(MEMBER, edit(A, TaskEdit::Unblock))` reads as it runs; what is refused changes nothing.

pub(crate) mod kept;
pub(crate) mod whims;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use uuid::Uuid;

use crate::command::{Change, Changes, decide};
use crate::id::{
    ColumnId, CommandId, CommentId, DeliverableId, DepartmentId, ItemId, MilestoneId, PersonId, ProjectId, TaskId,
};
use crate::organisation::{CompanyRole, Department, NewPerson, OrganisationCommand, Profile};
use crate::project::board::{Board, BoardCommand, BoardIntent, NewColumn, Status};
use crate::project::deliverable::{DeliverableCommand, DeliverableIntent};
use crate::project::task::{NewTask, Place, Priority, Task, TaskCommand, TaskEdit, TaskIntent};
use crate::project::{Milestone, Project, ProjectCommand, ProjectIntent, Register, Registration, Role};
use crate::{Command, Context, Date, Rejection, Scope, State, Timestamp};

/// The only admin; in no department and no project.
pub(crate) const ADMIN: PersonId = person(1);
/// Heads operations, and therefore what is beneath it; in no project.
pub(crate) const HEAD: PersonId = person(2);
/// Works in technology, leads the project.
pub(crate) const LEAD: PersonId = person(3);
/// Works in design, member of the project.
pub(crate) const MEMBER: PersonId = person(4);
/// Works in technology, observes the project.
pub(crate) const OBSERVER: PersonId = person(5);
/// Works in technology, not in the project.
pub(crate) const OUTSIDER: PersonId = person(6);
/// Worked in design and has left the company; still a member of the project.
pub(crate) const LEFT: PersonId = person(7);
/// Nobody that the company knows.
pub(crate) const STRANGER: PersonId = person(99);

pub(crate) const OPERATIONS: DepartmentId = DepartmentId::new(Uuid::from_u128(21));
/// Beneath operations.
pub(crate) const DESIGN: DepartmentId = DepartmentId::new(Uuid::from_u128(22));
pub(crate) const TECHNOLOGY: DepartmentId = DepartmentId::new(Uuid::from_u128(23));
pub(crate) const NO_DEPARTMENT: DepartmentId = DepartmentId::new(Uuid::from_u128(29));

pub(crate) const PROJECT: ProjectId = project_id(1);

pub(crate) const PLANNED: ColumnId = column_id(1);
pub(crate) const DOING: ColumnId = column_id(2);
pub(crate) const SUBMITTED: ColumnId = column_id(3);
pub(crate) const DONE: ColumnId = column_id(4);

/// The cards of the board, all in the first column in this order.
pub(crate) const A: TaskId = task_id(1);
pub(crate) const B: TaskId = task_id(2);
pub(crate) const C: TaskId = task_id(3);
pub(crate) const D: TaskId = task_id(4);
/// A card that is nowhere.
pub(crate) const NOWHERE: TaskId = task_id(999);

pub(crate) const fn person(index: u128) -> PersonId {
    PersonId::new(Uuid::from_u128(10_000 + index))
}

pub(crate) const fn project_id(index: u128) -> ProjectId {
    ProjectId::new(Uuid::from_u128(20_000 + index))
}

pub(crate) const fn column_id(index: u128) -> ColumnId {
    ColumnId::new(Uuid::from_u128(30_000 + index))
}

pub(crate) const fn task_id(index: u128) -> TaskId {
    TaskId::new(Uuid::from_u128(40_000 + index))
}

pub(crate) const fn item_id(index: u128) -> ItemId {
    ItemId::new(Uuid::from_u128(50_000 + index))
}

pub(crate) const fn comment_id(index: u128) -> CommentId {
    CommentId::new(Uuid::from_u128(60_000 + index))
}

pub(crate) const fn milestone_id(index: u128) -> MilestoneId {
    MilestoneId::new(Uuid::from_u128(70_000 + index))
}

pub(crate) const fn command_id(index: u128) -> CommandId {
    CommandId::new(Uuid::from_u128(80_000 + index))
}

pub(crate) const fn deliverable_id(index: u128) -> DeliverableId {
    DeliverableId::new(Uuid::from_u128(90_000 + index))
}

pub(crate) const fn day(month: i8, day: i8) -> Date {
    Date::constant(2026, month, day)
}

pub(crate) const fn at(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros)
}

/// A state, with a clock that goes on by itself.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) state: State,
    now: i64,
}

impl World {
    pub(crate) fn empty() -> Self {
        Self { state: State::default(), now: 0 }
    }

    /// The company with its departments and people.
    pub(crate) fn company() -> Self {
        let mut world = Self::empty();
        let admin = new_person(ADMIN, "admin", None, CompanyRole::Admin);
        world.does(ADMIN, OrganisationCommand::Found { name: "启明".into(), admin });
        for department in [
            department(OPERATIONS, "运营部", None),
            department(DESIGN, "设计部", Some(OPERATIONS)),
            department(TECHNOLOGY, "技术部", None),
        ] {
            world.does(ADMIN, OrganisationCommand::AddDepartment(department));
        }
        for (id, name, place) in [
            (HEAD, "head", OPERATIONS),
            (LEAD, "lead", TECHNOLOGY),
            (MEMBER, "member", DESIGN),
            (OBSERVER, "observer", TECHNOLOGY),
            (OUTSIDER, "outsider", TECHNOLOGY),
            (LEFT, "left", DESIGN),
        ] {
            let person = new_person(id, name, Some(place), CompanyRole::Member);
            world.does(ADMIN, OrganisationCommand::AddPerson(person));
        }
        let headed = Department { head: Some(HEAD), ..department(OPERATIONS, "运营部", None) };
        world.does(ADMIN, OrganisationCommand::EditDepartment(headed));
        world.leaves_the_company(LEFT);
        world
    }

    /// The company with its project, whose board is empty.
    pub(crate) fn project() -> Self {
        let mut world = Self::company();
        world.does(ADMIN, OrganisationCommand::SetActive { person: LEFT, active: true });
        world.does(LEAD, registration());
        world.leaves_the_company(LEFT);
        world
    }

    /// The project with the cards A, B, C and D in the first column, owned by the member.
    pub(crate) fn board() -> Self {
        Self::project().with_cards(4)
    }

    /// As many cards in the first column: A, B, C and so on.
    pub(crate) fn with_cards(mut self, count: u128) -> Self {
        (1..=count).for_each(|index| self.does(MEMBER, create(task_id(index), PLANNED, Place::Last)));
        self
    }

    /// What `actor` does is allowed.
    #[track_caller]
    pub(crate) fn does(&mut self, actor: PersonId, command: impl Into<Command>) {
        let command = command.into();
        if let Err(refusal) = self.tries(actor, &command) {
            panic!("{command:?} is refused: {refusal}");
        }
    }

    /// What `actor` does is refused, in this way.
    #[track_caller]
    pub(crate) fn refuses(&self, actor: PersonId, command: impl Into<Command>) -> Rejection {
        let command = command.into();
        match self.decide(actor, &command) {
            Ok(_) => panic!("{command:?} is allowed"),
            Err(refusal) => refusal,
        }
    }

    /// What `actor` does is allowed, and there is nothing to do.
    #[track_caller]
    pub(crate) fn has_nothing_to_do(&self, actor: PersonId, command: impl Into<Command>) {
        let command = command.into();
        assert_eq!(self.decide(actor, &command), Ok(Changes::new()), "{command:?}");
    }

    /// Whether `actor` may do this.
    pub(crate) fn allows(&self, actor: PersonId, command: impl Into<Command>) -> bool {
        self.decide(actor, &command.into()).is_ok()
    }

    /// Decides, and applies what is allowed.
    pub(crate) fn tries(&mut self, actor: PersonId, command: &Command) -> Result<Changes, Rejection> {
        self.now += 1;
        let changes = self.decide(actor, command)?;
        self.state.apply_all(&changes);
        Ok(changes)
    }

    pub(crate) fn decide(&self, actor: PersonId, command: &Command) -> Result<Changes, Rejection> {
        let changes = decide(&self.state, command, &Context { actor, now: self.now() })?;
        // The journal has one row for each scope of a command.
        let scopes: HashSet<Scope> = changes.iter().map(|part| part.scope).collect();
        assert_eq!(scopes.len(), changes.len(), "{command:?} names a scope twice");
        for (scope, change) in changes.iter().flat_map(|part| part.changes.iter().map(|change| (part.scope, change))) {
            let mut touches = false;
            self.state.touched(scope, change, &mut |_, _| touches = true);
            // That something is past may be told to who did not know it.
            let is_told = matches!((scope, change), (Scope::Inbox(_), Change::Inbox(_)));
            assert!(touches || is_told, "{change:?} is no change of {scope}");
        }
        Ok(changes)
    }

    pub(crate) fn now(&self) -> Timestamp {
        at(self.now)
    }

    /// The clock is set forward.
    pub(crate) fn it_is(&mut self, now: Timestamp) {
        self.now = now.micros();
    }

    /// Minutes go by.
    pub(crate) fn minutes_pass(&mut self, minutes: i64) {
        self.now += minutes * 60_000_000;
    }

    pub(crate) fn leaves_the_company(&mut self, person: PersonId) {
        self.does(ADMIN, OrganisationCommand::SetActive { person, active: false });
    }

    pub(crate) fn the_project(&self) -> &Project {
        self.state.project(PROJECT).expect("the project")
    }

    pub(crate) fn the_board(&self) -> &Board {
        self.state.board(PROJECT).expect("the board")
    }

    pub(crate) fn task(&self, id: TaskId) -> &Arc<Task> {
        self.the_board().task(id).expect("the task")
    }

    /// The cards of a column from above.
    pub(crate) fn cards(&self, column: ColumnId) -> Vec<TaskId> {
        self.the_board().cards(column).to_vec()
    }
}

impl From<OrganisationCommand> for Command {
    fn from(command: OrganisationCommand) -> Self {
        Self::Organisation(command)
    }
}

impl From<Register> for Command {
    fn from(form: Register) -> Self {
        Self::Project(ProjectCommand::Register(Box::new(form)))
    }
}

/// On the project.
impl From<ProjectIntent> for Command {
    fn from(intent: ProjectIntent) -> Self {
        Self::Project(ProjectCommand::On { project: PROJECT, intent })
    }
}

/// On the project's board.
impl From<TaskIntent> for Command {
    fn from(intent: TaskIntent) -> Self {
        Self::Task(TaskCommand { project: PROJECT, intent })
    }
}

/// Of the project.
impl From<DeliverableIntent> for Command {
    fn from(intent: DeliverableIntent) -> Self {
        Self::Deliverable(DeliverableCommand { project: PROJECT, intent })
    }
}

/// On the project's board.
impl From<BoardIntent> for Command {
    fn from(intent: BoardIntent) -> Self {
        Self::Board(BoardCommand { project: PROJECT, intent })
    }
}

pub(crate) fn department(id: DepartmentId, name: &str, parent: Option<DepartmentId>) -> Department {
    Department { id, name: name.into(), parent, head: None }
}

/// Somebody new, with the address `NAME@qiming.example`.
pub(crate) fn new_person(id: PersonId, name: &str, department: Option<DepartmentId>, role: CompanyRole) -> NewPerson {
    let profile = Profile { name: name.into(), ..Profile::default() };
    NewPerson { id, profile, email: format!("{name}@qiming.example"), department, role }
}

/// The form of the project as it is filled in: led by the lead, from 1 July.
pub(crate) fn registration() -> Register {
    Register {
        id: PROJECT,
        registration: Registration {
            name: "积分商城".into(),
            start: day(7, 1),
            contact: String::new(),
            background: String::new(),
            problem: String::new(),
            expected_results: Vec::new(),
            open: false,
        },
        lead: LEAD,
        draft: false,
        milestones: Vec::new(),
        departments: BTreeMap::new(),
        members: BTreeMap::from([(MEMBER, Role::Member), (OBSERVER, Role::Observer), (LEFT, Role::Member)]),
        columns: vec![
            new_column(PLANNED, Status::Todo),
            new_column(DOING, Status::InProgress),
            new_column(SUBMITTED, Status::Submitted),
            new_column(DONE, Status::Done),
        ],
    }
}

pub(crate) fn new_column(id: ColumnId, status: Status) -> NewColumn {
    NewColumn { id, name: format!("{status:?}"), status }
}

pub(crate) fn milestone(index: u128, name: &str, date: Date) -> Milestone {
    Milestone { id: milestone_id(index), name: name.into(), date, done: false }
}

pub(crate) fn create(id: TaskId, column: ColumnId, place: Place) -> TaskIntent {
    TaskIntent::Create(new_task(id, column, place))
}

pub(crate) fn new_task(id: TaskId, column: ColumnId, place: Place) -> NewTask {
    let name = format!("card {}", id.uuid().as_u128() - 40_000);
    NewTask { id, name, column, place, owner: MEMBER, due: None, priority: Priority::Medium }
}

pub(crate) fn move_to(tasks: &[TaskId], column: ColumnId, place: Place) -> TaskIntent {
    TaskIntent::Move { tasks: tasks.to_vec(), column, place }
}

pub(crate) fn edit(task: TaskId, edit: TaskEdit) -> TaskIntent {
    TaskIntent::Edit { task, edit }
}

pub(crate) fn comment(index: u128, task: TaskId, text: &str) -> TaskIntent {
    TaskIntent::Comment { id: comment_id(index), task, text: text.into(), mentions: BTreeSet::new() }
}
