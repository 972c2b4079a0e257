//! Which cards a board shows: by text, owner, department, label, priority and due date.

use std::collections::BTreeSet;

use shared::Date;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::Company;
use shared::project::board::Status;
use shared::project::task::{Priority, Task};

/// How near a task is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueIn {
    /// The day is past and the task is not over.
    Overdue,
    /// Within seven days from today, and the task is not over.
    Week,
    /// There is no day.
    Never,
}

/// What is asked for; what is empty lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In the name, or the number.
    pub text: String,
    /// Who owns it.
    pub owner: Option<PersonId>,
    /// Where its owner works, or below.
    pub department: Option<DepartmentId>,
    /// One of its labels.
    pub label: Option<String>,
    /// Its priority.
    pub priority: Option<Priority>,
    /// When it is due.
    pub due: Option<DueIn>,
}

/// A filter made ready to be asked thousands of times.
pub struct Sieve<'a> {
    filter: &'a Filter,
    needle: Needle,
    staff: Option<BTreeSet<PersonId>>,
    today: Date,
    week: Date,
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Makes it ready.
    pub fn sieve<'a>(&'a self, company: &Company, today: Date) -> Sieve<'a> {
        let works_in = |id: DepartmentId| company.lineage(id).any(|above| Some(above.id) == self.department);
        let people = company.people.values();
        let staff = self
            .department
            .map(|_| people.filter(|person| person.department.is_some_and(works_in)).map(|person| person.id).collect());
        let week = today.checked_add(jiff::Span::new().days(7)).unwrap_or(Date::MAX);
        Sieve { filter: self, needle: Needle::new(&self.text), staff, today, week }
    }
}

impl Sieve<'_> {
    /// Whether a task passes, whose status is asked for where it counts.
    pub fn passes(&self, task: &Task, status: impl Fn() -> Status) -> bool {
        let Filter { owner, label, priority, due, .. } = self.filter;
        owner.is_none_or(|owner| task.owner == owner)
            && priority.is_none_or(|priority| task.priority == priority)
            && self.staff.as_ref().is_none_or(|staff| staff.contains(&task.owner))
            && label.as_ref().is_none_or(|label| task.labels.contains(label))
            && due.is_none_or(|due| self.is_due(due, task, &status))
            && self.needle.is_in(task)
    }

    fn is_due(&self, due: DueIn, task: &Task, status: impl Fn() -> Status) -> bool {
        match (due, task.due) {
            (DueIn::Never, date) => date.is_none(),
            (_, None) => false,
            (_, Some(_)) if status().is_over() => false,
            (DueIn::Overdue, Some(date)) => date < self.today,
            (DueIn::Week, Some(date)) => date >= self.today && date <= self.week,
        }
    }
}

/// A text to look for without regard to case, at the cost of a plain search: most texts need no folding, since Chinese
/// has no case and that of ASCII is one bit.
enum Needle {
    Nothing,
    Ascii(Vec<u8>),
    Caseless(String),
    Folded(String),
}

impl Needle {
    fn new(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Nothing;
        }
        let folded = text.to_lowercase();
        if folded.is_ascii() {
            Self::Ascii(folded.into_bytes())
        } else if folded == text.to_uppercase() {
            Self::Caseless(folded)
        } else {
            Self::Folded(folded)
        }
    }

    fn is_in(&self, task: &Task) -> bool {
        match self {
            Self::Nothing => true,
            Self::Ascii(needle) => {
                is_number(needle, task.number)
                    || task.name.as_bytes().windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
            }
            Self::Caseless(needle) => task.name.contains(needle.as_str()),
            Self::Folded(needle) => task.name.to_lowercase().contains(needle.as_str()),
        }
    }
}

/// Whether a text is a task's number, as `12` or `#12`.
fn is_number(text: &[u8], number: u32) -> bool {
    let digits = text.strip_prefix(b"#").unwrap_or(text);
    let parsed = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<u32>().ok());
    parsed == Some(number)
}
