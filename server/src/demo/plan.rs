//! How the demo's projects are written down: plain tables, dates in days from today, people by the first part of
//! their address.

use shared::project::board::Status;
use shared::project::task::Priority;

/// A project with its board.
pub(super) struct Plan {
    /// Names it within the demo.
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) lead: &'static str,
    pub(super) contact: &'static str,
    pub(super) background: &'static str,
    pub(super) problem: &'static str,
    pub(super) results: &'static [&'static str],
    /// Whether the whole company reads it.
    pub(super) open: bool,
    /// Days from today.
    pub(super) start: i32,
    /// Name, days from today, whether it is reached.
    pub(super) milestones: &'static [(&'static str, i32, bool)],
    /// Department, who speaks for it, its duty.
    pub(super) departments: &'static [(&'static str, &'static str, &'static str)],
    pub(super) members: &'static [&'static str],
    pub(super) observers: &'static [&'static str],
    pub(super) columns: [Column; 5],
    /// The tasks, a list for each column.
    pub(super) tasks: [Vec<Job>; 5],
}

/// A column of a board.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) status: Status,
    pub(super) limit: Option<u16>,
}

/// The columns of the Chinese boards.
pub(super) const COLUMNS_ZH: [Column; 5] = [
    Column { name: "需求池", status: Status::Todo, limit: None },
    Column { name: "待办", status: Status::Todo, limit: None },
    Column { name: "进行中", status: Status::InProgress, limit: Some(15) },
    Column { name: "待验收", status: Status::Submitted, limit: Some(10) },
    Column { name: "已完成", status: Status::Done, limit: None },
];

/// The columns of the English boards.
pub(super) const COLUMNS_EN: [Column; 5] = [
    Column { name: "Backlog", status: Status::Todo, limit: None },
    Column { name: "To do", status: Status::Todo, limit: None },
    Column { name: "In progress", status: Status::InProgress, limit: Some(15) },
    Column { name: "Review", status: Status::Submitted, limit: Some(10) },
    Column { name: "Done", status: Status::Done, limit: None },
];

/// A task.
pub(super) struct Job {
    pub(super) name: &'static str,
    pub(super) owner: &'static str,
    pub(super) due: Option<i32>,
    pub(super) priority: Priority,
    pub(super) about: &'static str,
    pub(super) with: &'static [&'static str],
    pub(super) labels: &'static [&'static str],
    pub(super) hours: Option<u16>,
    /// Text, whether it is done.
    pub(super) steps: &'static [(&'static str, bool)],
    /// Percent, note.
    pub(super) progress: Option<(u8, &'static str)>,
    /// The task before, by name, and how many working days.
    pub(super) after: Vec<(&'static str, u16)>,
    /// The department that it waits for, and what for.
    pub(super) waits: Option<(&'static str, &'static str)>,
    /// Who, what. An `@` before a member's name mentions them.
    pub(super) said: Vec<(&'static str, &'static str)>,
}

/// A task of medium priority, to be filled in further.
pub(super) fn job(name: &'static str, owner: &'static str) -> Job {
    Job {
        name,
        owner,
        due: None,
        priority: Priority::Medium,
        about: "",
        with: &[],
        labels: &[],
        hours: None,
        steps: &[],
        progress: None,
        after: Vec::new(),
        waits: None,
        said: Vec::new(),
    }
}

impl Job {
    pub(super) fn due(mut self, days: i32) -> Self {
        self.due = Some(days);
        self
    }

    pub(super) fn high(mut self) -> Self {
        self.priority = Priority::High;
        self
    }

    pub(super) fn low(mut self) -> Self {
        self.priority = Priority::Low;
        self
    }

    pub(super) fn about(mut self, text: &'static str) -> Self {
        self.about = text;
        self
    }

    pub(super) fn with(mut self, people: &'static [&'static str]) -> Self {
        self.with = people;
        self
    }

    pub(super) fn labels(mut self, labels: &'static [&'static str]) -> Self {
        self.labels = labels;
        self
    }

    pub(super) fn hours(mut self, hours: u16) -> Self {
        self.hours = Some(hours);
        self
    }

    pub(super) fn steps(mut self, steps: &'static [(&'static str, bool)]) -> Self {
        self.steps = steps;
        self
    }

    pub(super) fn at(mut self, percent: u8, note: &'static str) -> Self {
        self.progress = Some((percent, note));
        self
    }

    pub(super) fn after(mut self, task: &'static str, days: u16) -> Self {
        self.after.push((task, days));
        self
    }

    pub(super) fn waits_for(mut self, department: &'static str, what: &'static str) -> Self {
        self.waits = Some((department, what));
        self
    }

    pub(super) fn said(mut self, person: &'static str, text: &'static str) -> Self {
        self.said.push((person, text));
        self
    }
}
