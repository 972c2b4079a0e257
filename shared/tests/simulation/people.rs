//! A small company with one project, and what its people may take it into their heads to do.

use std::collections::{BTreeMap, BTreeSet};

use shared::command::{Command, Context, decide};
use shared::id::{ColumnId, CommandId, CommentId, ItemId, PersonId, ProjectId, TaskId};
use shared::organisation::{CompanyRole, NewPerson, OrganisationCommand, Profile};
use shared::project::board::{BoardCommand, BoardIntent, NewColumn, Status};
use shared::project::task::{AwaitedFrom, Dependency, NewTask, Place, Priority, TaskCommand, TaskEdit, TaskIntent};
use shared::project::{ProjectCommand, ProjectIntent, Register, Registration, Role};
use shared::{Date, State, Timestamp};
use uuid::Uuid;

pub(crate) const PROJECT: ProjectId = ProjectId::new(Uuid::from_u128(100));

pub(crate) fn person(index: usize) -> PersonId {
    PersonId::new(Uuid::from_u128(10 + index as u128))
}

/// The state in which every simulation begins: a lead, two members, four columns (one limited), six cards.
pub(crate) fn beginning() -> State {
    let mut state = State::default();
    let mut run = |actor: usize, command: Command| {
        let context = Context { actor: person(actor), now: Timestamp::from_micros(1) };
        let changes = decide(&state, &command, &context).expect("the beginning is allowed");
        state.apply_all(&changes);
    };
    let admin = new_person(0, CompanyRole::Admin);
    run(0, Command::Organisation(OrganisationCommand::Found { name: "启明".into(), admin }));
    for index in 1..3 {
        run(0, Command::Organisation(OrganisationCommand::AddPerson(new_person(index, CompanyRole::Member))));
    }
    let column = |index: u128, status| NewColumn { id: column(index), name: format!("column {index}"), status };
    run(
        0,
        Command::Project(ProjectCommand::Register(Box::new(Register {
            id: PROJECT,
            registration: Registration {
                name: "积分商城".into(),
                start: Date::constant(2026, 7, 1),
                contact: String::new(),
                background: String::new(),
                problem: String::new(),
                expected_results: Vec::new(),
                open: false,
            },
            lead: person(0),
            draft: false,
            milestones: Vec::new(),
            departments: BTreeMap::new(),
            members: (1..3).map(|index| (person(index), Role::Member)).collect(),
            columns: vec![
                column(0, Status::Todo),
                column(1, Status::InProgress),
                column(2, Status::Submitted),
                column(3, Status::Done),
            ],
        }))),
    );
    let limit = BoardIntent::SetWipLimit { column: self::column(1), limit: Some(5) };
    run(0, Command::Board(BoardCommand { project: PROJECT, intent: limit }));
    for index in 0..6 {
        run(0, create(TaskId::new(Uuid::from_u128(1_000 + index)), index % 2, person(0)));
    }
    state
}

/// What the numbers of a step make of a person's whim, on what they see.
pub(crate) fn whim(state: &State, actor: usize, fresh: Uuid, what: u32, which: u32) -> Option<Command> {
    let board = state.boards.get(&PROJECT)?;
    let tasks: Vec<TaskId> = board.tasks().keys().copied().collect();
    let pick = |offset: usize| -> Option<TaskId> {
        (!tasks.is_empty()).then(|| tasks[(which as usize).wrapping_add(offset) % tasks.len()])
    };
    let to = column(u128::from(which / 7) % 4);
    let place = match what / 64 % 3 {
        0 => Place::First,
        1 => Place::Last,
        _ => board.cards(to).get(which as usize % 5).map_or(Place::Last, |card| Place::After(*card)),
    };
    let edit = |edit: TaskEdit| Some(TaskIntent::Edit { task: pick(0)?, edit });
    let intent = match what % 16 {
        0..2 => return Some(create(TaskId::new(fresh), u128::from(which) % 4, person(actor))),
        2..7 => TaskIntent::Move { tasks: vec![pick(0)?], column: to, place },
        7 => TaskIntent::Move { tasks: vec![pick(0)?, pick(1)?, pick(3)?], column: to, place },
        8 => edit(TaskEdit::Name(format!("name {which}")))?,
        9 => edit(of_a_person(which))?,
        10 => edit(TaskEdit::AddItem { id: ItemId::new(fresh), text: "step".into() })?,
        11 => edit(TaskEdit::AddDependency(Dependency { on: pick(1)?, days: 3 }))?,
        12 => {
            let base = board.task(pick(0)?).ok()?.description.clone();
            let text =
                if which.is_multiple_of(2) { format!("{base}\nline {which}") } else { format!("line {which}\n{base}") };
            edit(TaskEdit::Description { base, text })?
        }
        13 => TaskIntent::Comment {
            id: CommentId::new(fresh),
            task: pick(0)?,
            text: "a word".into(),
            mentions: BTreeSet::from([person(which as usize % 3)]),
        },
        14 if which.is_multiple_of(4) => TaskIntent::Remove(vec![pick(0)?]),
        14 => edit(TaskEdit::Progress { percent: (which % 101) as u8, note: String::new() })?,
        _ => {
            let intent = BoardIntent::MoveColumn { column: to, after: Some(column(u128::from(what / 64) % 4)) };
            return Some(Command::Board(BoardCommand { project: PROJECT, intent }));
        }
    };
    Some(Command::Task(TaskCommand { project: PROJECT, intent }))
}

/// What concerns a person besides whoever does it: who is to do it, and who is awaited.
fn of_a_person(which: u32) -> TaskEdit {
    let somebody = person(which as usize / 5 % 3);
    match which % 5 {
        0 => TaskEdit::AddLabel(format!("label {}", which % 7)),
        1 => TaskEdit::Owner(somebody),
        2 => TaskEdit::AddCollaborator(somebody),
        3 => TaskEdit::Block { awaiting: "a document".into(), from: AwaitedFrom::Person(somebody) },
        _ => TaskEdit::Unblock,
    }
}

/// The lead removes a member who is in, and takes one in who is not.
pub(crate) fn membership(state: &State, index: usize) -> Command {
    let person = person(index);
    let is_in = state.projects.get(&PROJECT).is_some_and(|project| project.members.contains_key(&person));
    let intent = if is_in {
        ProjectIntent::RemoveMember(person)
    } else {
        ProjectIntent::PutMember { person, role: Role::Member }
    };
    Command::Project(ProjectCommand::On { project: PROJECT, intent })
}

pub(crate) fn command_id(id: Uuid) -> CommandId {
    CommandId::new(id)
}

fn column(index: u128) -> ColumnId {
    ColumnId::new(Uuid::from_u128(200 + index))
}

fn create(id: TaskId, to: u128, owner: PersonId) -> Command {
    let new = NewTask {
        id,
        name: "card".into(),
        column: column(to),
        place: Place::Last,
        owner,
        due: None,
        priority: Priority::Medium,
    };
    Command::Task(TaskCommand { project: PROJECT, intent: TaskIntent::Create(new) })
}

fn new_person(index: usize, role: CompanyRole) -> NewPerson {
    NewPerson {
        id: person(index),
        profile: Profile { name: format!("person {index}"), ..Profile::default() },
        email: format!("person{index}@example.com"),
        department: None,
        role,
    }
}
