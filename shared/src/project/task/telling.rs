//! Who is told what of tasks (task: telling): one function finds it by comparing the tasks before a decision with what
//! the decision makes of them, so that no rule that changes a task has to think of it, and undoing tells the opposite.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::sync::Arc;

use super::{AwaitedFrom, Blocked, Comment, Priority, Task, TaskField};
use crate::command::{Change, Changes, ScopedChanges};
use crate::id::{ColumnId, DeliverableId, PersonId, ProjectId, TaskId};
use crate::inbox::{BoardTask, Card, Duty, InboxChange, News, Note, NoteKey, Source};
use crate::markdown;
use crate::project::Project;
use crate::project::board::{Board, BoardChange, RecordChange, Status};
use crate::project::deliverable::{self, Deliverable};
use crate::{Context, Date, Scope, State, Timestamp};

/// The changes of a board, with what those concerned are told of them in their inboxes.
pub(in crate::project) fn told(
    state: &State,
    project: &Project,
    board: &Board,
    changes: Vec<BoardChange>,
    context: &Context,
) -> Changes {
    if changes.is_empty() {
        return Vec::new();
    }
    let mut teller = Teller { state, project, board, context, statuses: BTreeMap::new(), told: BTreeMap::new() };
    teller.compare(&changes);
    let told = teller.told;
    let changes = changes.into_iter().map(Change::Board).collect();
    let of_board = ScopedChanges { scope: Scope::Board(project.id), changes };
    iter::once(of_board).chain(parts(told)).collect()
}

/// What becomes of the duties of those whom a project takes in or lets go, and of what its lead is to accept.
pub(in crate::project) fn of_members(before: &Project, after: &Project, board: &Board, context: &Context) -> Changes {
    let mut told = Told::new();
    for deliverable in board.record().deliverables.values() {
        let compared = deliverable::compare((before, Some(deliverable)), (after, Some(deliverable)), context);
        for (person, change) in compared {
            tell(&mut told, person, change);
        }
    }
    for task in board.tasks().values() {
        let face = Face::of(task);
        for person in face.people() {
            let card = |project: &Project| face.card(project, status(board, task.column), person);
            match (card(before), card(after)) {
                (None, Some(card)) => {
                    tell(&mut told, person, InboxChange::DutyPut(on(after, task.id), known(task, person, card)));
                }
                (Some(_), None) => tell(&mut told, person, InboxChange::DutyGone(on(after, task.id))),
                _ => {}
            }
        }
    }
    parts(told).collect()
}

/// The tasks of a project of which somebody's inbox does not say what it should: they are from before anybody was told.
pub fn untold(state: &State, project: ProjectId) -> Vec<TaskId> {
    let (Ok(project), Ok(board)) = (state.project(project), state.board(project)) else { return Vec::new() };
    let says = |task: TaskId, (person, card): (PersonId, Card)| {
        let inbox = state.inboxes.get(&person);
        inbox.and_then(|inbox| inbox.duties.get(&on(project, task))).is_some_and(|duty| duty.card == card)
    };
    let tasks = board.tasks().values().filter(|task| cards(project, board, task).any(|card| !says(task.id, card)));
    tasks.map(|task| task.id).collect()
}

/// Tells whoever these tasks belong to of them, as if nobody had been told before.
pub(super) fn anew(project: &Project, board: &Board, tasks: &[TaskId]) -> Changes {
    let mut told = Told::new();
    for task in tasks.iter().filter_map(|id| board.task(*id).ok()) {
        for (person, card) in cards(project, board, task) {
            tell(&mut told, person, InboxChange::DutyPut(on(project, task.id), known(task, person, card)));
        }
    }
    parts(told).collect()
}

/// What the inboxes of a task's people are to say of it.
fn cards(project: &Project, board: &Board, task: &Task) -> impl Iterator<Item = (PersonId, Card)> {
    let (face, status) = (Face::of(task), status(board, task.column));
    face.people().filter_map(move |person| Some((person, face.card(project, status, person)?)))
}

/// A duty that was somebody's before anybody could tell since when: nobody asks them to begin with it.
fn known(task: &Task, person: PersonId, card: Card) -> Duty {
    Duty { card, since: task.created_at, by: person }
}

fn on(project: &Project, task: TaskId) -> BoardTask {
    BoardTask { project: project.id, task }
}

/// What is told, by whom it is told to.
type Told = BTreeMap<PersonId, Vec<InboxChange>>;

fn tell(told: &mut Told, person: PersonId, change: InboxChange) {
    told.entry(person).or_default().push(change);
}

fn parts(told: Told) -> impl Iterator<Item = ScopedChanges> {
    told.into_iter().map(|(person, changes)| ScopedChanges {
        scope: Scope::Inbox(person),
        changes: changes.into_iter().map(Change::Inbox).collect(),
    })
}

/// The status of what is in a column, blocked or not.
fn status(board: &Board, column: ColumnId) -> Status {
    board.column(column).map_or(Status::Todo, |column| column.status)
}

/// All of a task that anybody is told of.
#[derive(Clone, Copy)]
struct Face<'a> {
    number: u32,
    name: &'a str,
    description: &'a str,
    owner: PersonId,
    collaborators: &'a BTreeSet<PersonId>,
    due: Option<Date>,
    priority: Priority,
    blocked: Option<&'a Blocked>,
    column: ColumnId,
    created_at: Timestamp,
}

impl<'a> Face<'a> {
    fn of(task: &'a Task) -> Self {
        Self {
            number: task.number,
            name: &task.name,
            description: &task.description,
            owner: task.owner,
            collaborators: &task.collaborators,
            due: task.due,
            priority: task.priority,
            blocked: task.blocked.as_ref(),
            column: task.column,
            created_at: task.created_at,
        }
    }

    /// Gives a field its value; says whether anybody may have to be told.
    fn set(&mut self, field: &'a TaskField) -> bool {
        match field {
            TaskField::Name(name) => self.name = name,
            TaskField::Description(text) => self.description = text,
            TaskField::Owner(owner) => self.owner = *owner,
            TaskField::Collaborators(people) => self.collaborators = people,
            TaskField::Due(due) => self.due = *due,
            TaskField::Priority(priority) => self.priority = *priority,
            TaskField::Blocked(blocked) => self.blocked = blocked.as_ref(),
            // Another place in the same column is nobody's news.
            TaskField::Place { column, .. } if *column != self.column => self.column = *column,
            _ => return false,
        }
        true
    }

    /// Its owner and its collaborators, each once.
    fn people(self) -> impl Iterator<Item = PersonId> + use<'a> {
        let owner = self.owner;
        iter::once(owner).chain(self.collaborators.iter().copied().filter(move |person| *person != owner))
    }

    fn is_of(self, person: PersonId) -> bool {
        self.owner == person || self.collaborators.contains(&person)
    }

    /// What its person's inbox says of it, in a column of that status; nothing once it is over, or to who is not in the
    /// project.
    fn card(self, project: &Project, status: Status, person: PersonId) -> Option<Card> {
        let is_told = !status.is_over() && self.is_of(person) && project.members.contains_key(&person);
        is_told.then(|| Card {
            number: self.number,
            name: self.name.to_owned(),
            due: self.due,
            priority: self.priority,
            status: if self.blocked.is_some() { Status::Blocked } else { status },
            owned: self.owner == person,
        })
    }
}

/// Compares, and gathers what is to be told.
struct Teller<'a> {
    state: &'a State,
    project: &'a Project,
    board: &'a Board,
    context: &'a Context,
    /// The columns that get another status.
    statuses: BTreeMap<ColumnId, Status>,
    told: Told,
}

impl<'a> Teller<'a> {
    fn compare(&mut self, changes: &'a [BoardChange]) {
        let mut after: BTreeMap<TaskId, Option<Face<'a>>> = BTreeMap::new();
        for change in changes {
            match change {
                BoardChange::ColumnPut(column) => {
                    if self.board.column(column.id).is_ok_and(|was| was.status != column.status) {
                        self.statuses.insert(column.id, column.status);
                        for id in self.board.cards(column.id) {
                            after.entry(*id).or_insert_with(|| self.face(*id));
                        }
                    }
                }
                BoardChange::TaskPut(task) => {
                    after.insert(task.id, Some(Face::of(task)));
                }
                BoardChange::TaskField { task, now, .. } => {
                    let known = after.get(task).copied().unwrap_or_else(|| self.face(*task));
                    if let Some(mut face) = known
                        && face.set(now)
                    {
                        after.insert(*task, Some(face));
                    }
                }
                BoardChange::TaskGone(task) => {
                    after.insert(*task, None);
                }
                BoardChange::CommentPut(comment) => self.comment(comment),
                BoardChange::CommentGone { task, comment } => {
                    if let Ok(comment) = self.board.comment(*task, *comment) {
                        self.uncomment(comment);
                    }
                }
                BoardChange::Record(RecordChange::DeliverablePut(is, _)) => self.deliverable(is.id, Some(is)),
                BoardChange::Record(RecordChange::DeliverableGone(id)) => self.deliverable(*id, None),
                BoardChange::ColumnGone(_) | BoardChange::Record(_) => {}
            }
        }
        for (task, after) in after {
            let before = self.face(task);
            self.duties(task, before, after);
            match (before, after) {
                (Some(_), None) => self.forget(task),
                (before, Some(after)) => self.notes(task, before, after),
                (None, None) => {}
            }
        }
    }

    /// What a deliverable asks of its people, and does no more.
    fn deliverable(&mut self, id: DeliverableId, is: Option<&Deliverable>) {
        let was = self.board.deliverable(id).ok().map(Arc::as_ref);
        let compared = deliverable::compare((self.project, was), (self.project, is), self.context);
        for (person, change) in compared {
            self.tell(person, change);
        }
    }

    fn face(&self, task: TaskId) -> Option<Face<'a>> {
        self.board.task(task).ok().map(|task| Face::of(task))
    }

    /// Whose the task was and is, and what has changed for them.
    fn duties(&mut self, task: TaskId, before: Option<Face>, after: Option<Face>) {
        let people: BTreeSet<PersonId> = before.iter().chain(&after).flat_map(|face| face.people()).collect();
        for person in people {
            let was = before.and_then(|face| face.card(self.project, status(self.board, face.column), person));
            let is = after.and_then(|face| face.card(self.project, self.status_after(face.column), person));
            let change = match (was, is) {
                (was, Some(is)) if was.as_ref().is_none_or(|was| was.owned != is.owned) => {
                    let (since, by) = (self.context.now, self.context.actor);
                    InboxChange::DutyGiven(on(self.project, task), Duty { card: is, since, by })
                }
                (Some(was), Some(card)) if was != card => {
                    let since = after.map_or(self.context.now, |face| face.created_at);
                    InboxChange::DutyPut(on(self.project, task), Duty { card, since, by: person })
                }
                (Some(_), None) => InboxChange::DutyGone(on(self.project, task)),
                _ => continue,
            };
            self.tell(person, change);
        }
    }

    fn status_after(&self, column: ColumnId) -> Status {
        self.statuses.get(&column).copied().unwrap_or_else(|| status(self.board, column))
    }

    /// What was said once of a task that is still there: who is named in its description, whom it waits for; and that
    /// comments are nothing to those whose it is no more.
    fn notes(&mut self, task: TaskId, before: Option<Face>, after: Face) {
        let description = before.map_or("", |before| before.description);
        if description != after.description {
            let (was, is) = (self.named(description), self.named(after.description));
            self.told_once(task, after, Source::Description, (News::Mentioned, &was, &is));
        }
        let from = |face: Face| face.blocked.map(|blocked| blocked.from);
        let (was, is) = (before.and_then(from), from(after));
        if was != is {
            let awaited = |from: Option<AwaitedFrom>| -> BTreeSet<PersonId> {
                from.and_then(|from| self.project.awaits(&self.state.company, from)).into_iter().collect()
            };
            let (were, are) = (awaited(was), awaited(is));
            if let Some(source) = is.or(was).map(Source::Block) {
                self.told_once(task, after, source, (News::Awaited, &were, &are));
            }
        }
        let left = before.into_iter().flat_map(Face::people).filter(|person| !after.is_of(*person));
        for person in left.collect::<Vec<_>>() {
            self.past(person, task, News::Commented, None);
        }
    }

    /// Tells those who are new, and takes it back from those who are no more.
    fn told_once(
        &mut self,
        task: TaskId,
        face: Face,
        source: Source,
        (news, were, are): (News, &BTreeSet<PersonId>, &BTreeSet<PersonId>),
    ) {
        // That a task waits for somebody is in one place, whoever it was.
        let past = if news == News::Awaited { None } else { Some(source) };
        were.difference(are).for_each(|person| self.past(*person, task, news, past));
        are.difference(were).for_each(|person| self.note(*person, (task, face), news, source));
    }

    /// All notes of a task that is gone are past. Whom it named once may have another name by now, or have left the
    /// project: so it is the inboxes that tell.
    fn forget(&mut self, task: TaskId) {
        let of_task = |news: News| NoteKey { task: on(self.project, task), news };
        let inboxes = self.state.inboxes.iter();
        let noted = inboxes.flat_map(|(person, inbox)| {
            let notes = [News::Mentioned, News::Commented, News::Awaited].into_iter();
            notes.filter(|news| inbox.notes.contains_key(&of_task(*news))).map(|news| (*person, news))
        });
        for (person, news) in noted.collect::<Vec<_>>() {
            self.past(person, task, news, None);
        }
    }

    /// A comment that is new or changed: those whom it names are told so, the others whose the task is that there is one.
    fn comment(&mut self, comment: &Comment) {
        let Some(face) = self.face(comment.task) else { return };
        let (task, source) = (comment.task, Source::Comment(comment.id));
        let before = self.board.comment(task, comment.id).ok();
        let nobody = BTreeSet::new();
        let were = before.map_or(&nobody, |before| &before.mentions);
        self.told_once(task, face, source, (News::Mentioned, were, &comment.mentions));
        let others = face.people().filter(|person| before.is_some() == comment.mentions.contains(person));
        for person in others.collect::<Vec<_>>() {
            if before.is_none() {
                self.note(person, (task, face), News::Commented, source);
            } else if !were.contains(&person) {
                self.past(person, task, News::Commented, Some(source));
            }
        }
    }

    fn uncomment(&mut self, comment: &Comment) {
        let source = Some(Source::Comment(comment.id));
        for person in &comment.mentions {
            self.past(*person, comment.task, News::Mentioned, source);
        }
        for person in self.face(comment.task).into_iter().flat_map(Face::people).collect::<Vec<_>>() {
            if person != comment.author && !comment.mentions.contains(&person) {
                self.past(person, comment.task, News::Commented, source);
            }
        }
    }

    /// Whom a description names: members alone, as in comments.
    fn named(&self, text: &str) -> BTreeSet<PersonId> {
        // Nobody reads the whole company for a text that names nobody.
        if !text.contains('@') {
            return BTreeSet::new();
        }
        let people = self.state.company.people.values().map(|person| (person.id, person.name.as_str()));
        let mut named = markdown::named(text, people);
        named.retain(|person| self.project.members.contains_key(person));
        named
    }

    /// Tells somebody something once, unless it is their own doing or nothing that they may read.
    fn note(&mut self, person: PersonId, (task, face): (TaskId, Face), news: News, source: Source) {
        if person == self.context.actor || !self.project.is_read_by(person) {
            return;
        }
        let (by, at) = (self.context.actor, self.context.now);
        let (task, number, name) = (on(self.project, task), face.number, face.name.to_owned());
        self.tell(person, InboxChange::NotePut(Note { task, news, source, number, name, by, at }));
    }

    fn past(&mut self, person: PersonId, task: TaskId, news: News, source: Option<Source>) {
        self.tell(person, InboxChange::NoteGone(NoteKey { task: on(self.project, task), news }, source));
    }

    fn tell(&mut self, person: PersonId, change: InboxChange) {
        tell(&mut self.told, person, change);
    }
}
