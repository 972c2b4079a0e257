//! What scopes are called in addresses, in tables and on disk: `company`, `project:ID`, `board:ID`, `incidents`,
//! `room:ID`, `article:ID` and `inbox:ID`.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::Scope;

/// A text that names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no scope has this name")]
pub struct UnknownScope;

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Company => f.write_str("company"),
            Self::Project(id) => write!(f, "project:{id}"),
            Self::Board(id) => write!(f, "board:{id}"),
            Self::Incidents => f.write_str("incidents"),
            Self::Room(id) => write!(f, "room:{id}"),
            Self::Article(id) => write!(f, "article:{id}"),
            Self::Inbox(id) => write!(f, "inbox:{id}"),
        }
    }
}

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        fn of<T: FromStr>(id: &str, scope: impl FnOnce(T) -> Scope) -> Result<Scope, UnknownScope> {
            id.parse().map(scope).map_err(|_| UnknownScope)
        }
        match name.split_once(':') {
            None if name == "company" => Ok(Self::Company),
            None if name == "incidents" => Ok(Self::Incidents),
            Some(("project", id)) => of(id, Self::Project),
            Some(("board", id)) => of(id, Self::Board),
            Some(("room", id)) => of(id, Self::Room),
            Some(("article", id)) => of(id, Self::Article),
            Some(("inbox", id)) => of(id, Self::Inbox),
            _ => Err(UnknownScope),
        }
    }
}
