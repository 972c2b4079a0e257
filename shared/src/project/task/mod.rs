//! Tasks.
//!
//! # Rules
//!
//! - **Fields** (任务分配表; guide 2.1, template two). A name and exactly one owner (负责人) must be there; the owner
//!   and the collaborators (协同人) are in the project when they are named. A task's number in its project is never
//!   given again.
//! - **Who works** (ours). The lead and members make, move, edit and remove tasks; observers only comment.
//! - **Progress** (guide 2.1: 已完成80%; template two). Percent and a line of text, kept with the time. Done is 100 %.
//! - **Blocked** (guide 2.1: 阻塞:需技术部提供接口文档). It says what is awaited and from whom, a person or a
//!   department, and since when, also after it is worded anew. Handing in, finishing or cancelling a task ends it; a
//!   task that is over is not blocked.
//! - **Lead times** (依赖任务; guide 2.1: 设计稿需在开发前3天完成). A task names others of its board that come first,
//!   each with how many working days before. A circle is refused with the names on it. Those that waited for a task
//!   that is removed wait no more.
//! - **Places** (ours). A drop says *after this card, in this column*, which stays true while others move cards: where
//!   the card has gone, the newcomers go to the end. One drop is one command, of up to 500 cards.
//! - **Two writers** (ours). A description comes with the text that its writer saw and is merged with what others wrote
//!   meanwhile; where both changed the same lines, the later one is refused.
//! - **Handing over** (ours). All open tasks of one person in a project go to another at once, when somebody leaves: by
//!   the lead, or by an admin. Whoever takes over becomes a member.
//! - **Done** (project, section 3). A task that delivers something is done once all of that is accepted; see
//!   `deliverable`. What it delivers stays when it is removed, as the project's own.
//! - **Comments** (ours). Everybody in the project comments, and names others of it with an @. Only who wrote a comment
//!   changes it; who wrote it and the lead remove it.
//! - **Telling** (ours). Whose a task is, or is no more, knows it without its board, as long as it is not over and they
//!   are in the project. Who is named in a comment or a description is told once; so are the owner and the collaborators
//!   of a comment, and of a task that waits whoever is awaited: the person, or who heads the department, else who speaks
//!   for it in the project. What is taken back is told no more. Nobody is told what they may not read.

mod command;
mod edit;
mod hand_over;
mod place;
mod telling;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use command::{NewTask, TaskCommand, TaskIntent};
pub use edit::TaskEdit;
pub(in crate::project) use edit::{current, takes_part};
pub use place::Place;
pub(in crate::project) use place::bring;
pub(crate) use place::consequences;
pub use telling::untold;
pub(in crate::project) use telling::{of_members, told};

use crate::id::{ColumnId, CommentId, DepartmentId, ItemId, PersonId, TaskId};
use crate::order::Key;
use crate::{Date, Timestamp};

/// A task (任务). Its project is the one whose board it is on (所属项目).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Short number within the project, for people to say.
    pub number: u32,
    /// 任务名称.
    pub name: String,
    /// Markdown (任务描述).
    pub description: String,
    /// Exactly one (负责人).
    pub owner: PersonId,
    /// 协同人.
    pub collaborators: BTreeSet<PersonId>,
    /// 截止日期.
    pub due: Option<Date>,
    /// 优先级.
    pub priority: Priority,
    /// 依赖任务, by id.
    pub dependencies: Vec<Dependency>,
    /// The last word on how far it is.
    pub progress: Progress,
    /// Free words to find it by.
    pub labels: BTreeSet<String>,
    /// Small steps.
    pub checklist: Vec<Item>,
    /// Work expected, in hours.
    pub estimate: Option<u16>,
    /// What it waits for, while it is blocked.
    pub blocked: Option<Blocked>,
    /// The column that it is in, which gives its status (进度状态).
    pub column: ColumnId,
    /// Where it stands in its column.
    pub key: Key,
    /// Who made it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
}

/// 优先级 高/中/低.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Priority {
    /// 高.
    High,
    /// 中.
    #[default]
    Medium,
    /// 低.
    Low,
}

/// Another task that must be finished some working days before this one is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// The task that comes first.
    pub on: TaskId,
    /// How many working days before.
    pub days: u16,
}

/// How far a task is, by its owner's word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// 0 to 100.
    pub percent: u8,
    /// A line of text with it.
    pub note: String,
    /// When it was said; `None` before the first word.
    pub at: Option<Timestamp>,
}

/// A step of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// What is to do.
    pub text: String,
    /// Whether it is done.
    pub done: bool,
}

/// Why a task does not move (阻塞:需技术部提供接口文档).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// What is awaited.
    pub awaiting: String,
    /// From whom.
    pub from: AwaitedFrom,
    /// Since when.
    pub since: Timestamp,
}

/// From whom a blocked task awaits something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AwaitedFrom {
    /// One person.
    Person(PersonId),
    /// A department.
    Department(DepartmentId),
}

/// A comment on a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The task.
    pub task: TaskId,
    /// Who wrote it.
    pub author: PersonId,
    /// Markdown.
    pub text: String,
    /// Those named in it with an @.
    pub mentions: BTreeSet<PersonId>,
    /// When it was written.
    pub at: Timestamp,
    /// When it was last changed.
    pub edited: Option<Timestamp>,
}

/// One field of a task with a value: what a change says it was and is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // the fields of `Task`
pub enum TaskField {
    Name(String),
    Description(String),
    Owner(PersonId),
    Collaborators(BTreeSet<PersonId>),
    Due(Option<Date>),
    Priority(Priority),
    Dependencies(Vec<Dependency>),
    Progress(Progress),
    Labels(BTreeSet<String>),
    Checklist(Vec<Item>),
    Estimate(Option<u16>),
    Blocked(Option<Blocked>),
    Place { column: ColumnId, key: Key },
}

/// Why a command on a task was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskRefusal {
    /// The dependencies would go round in a circle.
    DependencyCycle {
        /// The tasks on it by name, the first one again at the end.
        cycle: Vec<String>,
    },
    /// A task cannot wait for itself.
    DependsOnItself,
    /// Only who wrote a comment changes it.
    NotTheAuthor,
    /// A task whose work is over is not blocked.
    OverAlready,
}

impl Task {
    /// Gives a field its value.
    pub fn set(&mut self, field: &TaskField) {
        match field.clone() {
            TaskField::Name(name) => self.name = name,
            TaskField::Description(text) => self.description = text,
            TaskField::Owner(owner) => self.owner = owner,
            TaskField::Collaborators(people) => self.collaborators = people,
            TaskField::Due(due) => self.due = due,
            TaskField::Priority(priority) => self.priority = priority,
            TaskField::Dependencies(list) => self.dependencies = list,
            TaskField::Progress(progress) => self.progress = progress,
            TaskField::Labels(labels) => self.labels = labels,
            TaskField::Checklist(items) => self.checklist = items,
            TaskField::Estimate(hours) => self.estimate = hours,
            TaskField::Blocked(blocked) => self.blocked = blocked,
            TaskField::Place { column, key } => {
                self.column = column;
                self.key = key;
            }
        }
    }
}
