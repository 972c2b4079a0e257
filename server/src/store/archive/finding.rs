//! What a check may find.

use thiserror::Error;

use crate::store::Row;

/// Something in a database that cannot be right, or was not.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Finding {
    /// The journal makes a thing that its table does not have.
    #[error("{0} is missing")]
    Missing(Named),
    /// A table has a thing that the journal does not make.
    #[error("{0} is in no row of the journal")]
    Extra(Named),
    /// A thing is not as the journal makes it.
    #[error("{thing} is not as the journal has it: {what}")]
    Differs {
        /// Which.
        thing: Named,
        /// Each column or field that differs, with both values.
        what: String,
    },
    /// A row cannot be read.
    #[error("a row of {table} cannot be read: {row}: {why}")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// Names the row.
        row: String,
        /// What is wrong with it.
        why: String,
    },
    /// A row of the journal names another one before it than there is.
    #[error("row {seq} of the journal follows row {is} in {scope}, but says that it follows row {told}")]
    Prev {
        /// The scope.
        scope: String,
        /// The row.
        seq: i64,
        /// What it says.
        told: i64,
        /// What is so; 0 for none.
        is: i64,
    },
    /// The journal's time goes back. Order is by number, so nothing is damaged; [`Store::heal_times`] puts it right.
    ///
    /// [`Store::heal_times`]: crate::store::Store::heal_times
    #[error("row {0} of the journal is older than the one before it in its scope: a clock was wrong")]
    Older(i64),
    /// A row has no changes and no snapshot stands for them, or has some that are in the snapshot already.
    #[error("row {0} of the journal does not fit the snapshot of its scope")]
    Snapshot(i64),
    /// The journal has no row of this number, and later ones.
    #[error("the journal has no row {0}, but later ones")]
    Gap(i64),
    /// The next number of the journal is not the one after its last row.
    #[error("the journal ends with row {last}, but its head says {head}")]
    Head {
        /// What the head says.
        head: i64,
        /// What is so.
        last: i64,
    },
    /// A row of the journal is not listed with a thing that it touched.
    #[error("the activity of {subject} lacks row {seq} of the journal")]
    Subject {
        /// The thing.
        subject: String,
        /// The row.
        seq: i64,
    },
    /// Rows of the journal are listed with things that they did not touch.
    #[error("{0} rows of the journal are listed with things that they did not touch")]
    Subjects(u64),
    /// A browser was told of a command that it has not sent.
    #[error("browser {client} was told of its command {number}, which it has not sent")]
    Verdict {
        /// The browser.
        client: String,
        /// The command.
        number: i64,
    },
}

/// Names a thing, wherever it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{kind} {id} in {scope}")]
pub struct Named {
    /// What it is.
    pub kind: String,
    /// Its scope, as the tables have it.
    pub scope: String,
    /// Which it is.
    pub id: String,
}

impl Finding {
    /// Whether it tells of something, and nothing is damaged.
    pub const fn is_harmless(&self) -> bool {
        matches!(self, Self::Older(_))
    }

    pub(super) fn missing(row: &Row) -> Self {
        Self::Missing(Named { kind: row.kind.name.to_owned(), scope: row.scope.to_string(), id: row.id.clone() })
    }
}
