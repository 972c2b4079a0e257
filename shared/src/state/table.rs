//! The table of scopes: each is written here once, and everything that goes by scope is made from its line.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use super::contents::{Contents, Fate, Kind, Things};
use super::readers::{Readers, everybody};
use super::shelf::Shelf as _;
use crate::id::{ArticleId, IncidentId, PersonId, ProjectId};
use crate::inbox::{self, Inbox};
use crate::incident::{Incidents, Room};
use crate::knowledge::{self, Article};
use crate::organisation::Company;
use crate::project::board::Board;
use crate::project::{self, Project};

/// A text that names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no scope has this name")]
pub struct UnknownScope;

/// Whether a scope comes without being asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// It comes to all that may read it.
    Light,
    /// It comes while it is looked at.
    Heavy,
}

/// From when on a scope is there.
enum Begins {
    /// From its first change on.
    Written,
    /// Always.
    Always,
    /// Always, for the person that it is named by.
    Own,
}

/// A line: what the scope is named by and called, what it holds and where a [`State`] has that, which variant of
/// [`Change`] changes it, its [`Weight`], from when on it is there, who reads it, and which scope must be loaded to judge
/// that, if the directory does not suffice, and which one it judges besides itself. The order is that of the wire: a new one goes to the end.
macro_rules! scopes {
    ($(
        $(#[$doc:meta])*
        $scope:ident $(($key:ident: $id:ty))? = $name:literal {
            holds: $held:ty, in: $shelf:ident: $place:ty, changed_by: $change:ident,
            comes: $weight:ident, there: $begins:ident, readers: $readers:path, judged_by: $judge:expr, takes_along: $taken:expr $(,)?
        }
    )*) => {
        /// A part of the state with its own readers. A browser receives only the scopes that its person may read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Scope {
            $($(#[$doc])* $scope $(($id))?,)*
        }

        /// One scope's part of the state, as a snapshot carries it.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Part {
            $(#[doc = concat!("See [`Scope::", stringify!($scope), "`].")] $scope(Arc<$held>),)*
        }

        /// One change of the state, complete in itself: applying it needs no rule and cannot fail.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Change {
            $(#[doc = concat!("Of [`Scope::", stringify!($scope), "`].")] $change(<$held as Contents>::Change),)*
        }

        /// Names a thing within its scope.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Thing {
            $(#[doc = concat!("Of [`Scope::", stringify!($scope), "`].")] $scope(<$held as Contents>::Thing),)*
        }

        /// Everything one side knows. Parts are shared, so that a clone is cheap and a write copies only what it touches.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct State {
            $(#[doc = concat!("See [`Scope::", stringify!($scope), "`].")] pub $shelf: $place,)*
        }

        impl Scope {
            /// What the sorts of scopes are called.
            #[cfg(test)]
            pub(crate) const NAMES: &'static [&'static str] = &[$($name),*];

            /// The names of the light scopes, and whether each names one scope or begins the names of many.
            pub fn light_names() -> impl Iterator<Item = (&'static str, bool)> {
                let all = [$(($name, Weight::$weight, keyed!($($key)?))),*];
                all.into_iter().filter(|line| line.1 == Weight::Light).map(|(name, _, many)| (name, many))
            }

            /// All kinds of things, in the order of their scopes.
            pub fn kinds() -> impl Iterator<Item = Kind> {
                [$(<$held as Contents>::KINDS),*].into_iter().flatten().copied()
            }

            /// The kinds of things whose numbers stay taken in this scope.
            pub const fn numbered(self) -> &'static [Kind] {
                match self {
                    $(Self::$scope { .. } => <$held as Contents>::NUMBERED,)*
                }
            }

            /// Whether it comes without being asked for, to all that may read it.
            pub const fn is_light(self) -> bool {
                match self {
                    $(Self::$scope { .. } => matches!(Weight::$weight, Weight::Light),)*
                }
            }

            /// Whether it is there before anything was ever written to it.
            pub const fn is_always_there(self) -> bool {
                match self {
                    $(Self::$scope { .. } => !matches!(Begins::$begins, Begins::Written),)*
                }
            }

            /// Whose alone it is; `None` for what others may read.
            pub const fn owner(self) -> Option<PersonId> {
                match self {
                    $(Self::$scope $(($key))? => {
                        $(let _ = $key;)?
                        owner!($begins $($key)?)
                    })*
                }
            }

            /// The scope that must be loaded to tell who reads this one; `None` where the directory suffices.
            pub const fn judge(self) -> Option<Self> {
                match self {
                    $(Self::$scope $(($key))? => {
                        $(let _ = $key;)?
                        $judge
                    })*
                }
            }

            /// The scope that is read by the word of this one, and goes when this one does.
            pub const fn takes_along(self) -> Option<Self> {
                match self {
                    $(Self::$scope $(($key))? => {
                        $(let _ = $key;)?
                        $taken
                    })*
                }
            }
        }

        impl fmt::Display for Scope {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$scope $(($key))? => written!(f, $name $(, $key)?),)*
                }
            }
        }

        impl FromStr for Scope {
            type Err = UnknownScope;

            fn from_str(text: &str) -> Result<Self, UnknownScope> {
                let (name, id) = text.split_once(':').map_or((text, None), |(name, id)| (name, Some(id)));
                match name {
                    $($name => read_back!(id, Self::$scope $(, $key)?),)*
                    _ => Err(UnknownScope),
                }
            }
        }

        impl Part {
            /// A scope as its things have it; `None` if what it cannot do without is not there.
            pub fn read(scope: Scope, things: &Things<'_>) -> Result<Option<Self>, serde_json::Error> {
                match scope {
                    $(Scope::$scope { .. } => Ok(<$held>::read(things)?.map(|held| Self::$scope(Arc::new(held)))),)*
                }
            }
        }

        impl Change {
            /// The thing whose activity it belongs to, if anybody would look it up.
            pub fn subject(&self, scope: Scope) -> Option<Uuid> {
                match (scope, self) {
                    $((Scope::$scope $(($key))?, Self::$change(change)) => <$held>::subject(key!($($key)?), change),)*
                    _ => None,
                }
            }
        }

        impl Thing {
            /// Its kind, and its name among those of its kind in one scope.
            pub fn name(&self) -> (Kind, String) {
                match self {
                    $(Self::$scope(thing) => <$held>::name(thing),)*
                }
            }
        }

        impl State {
            /// Who may read a scope: the one rule behind pages, snapshots and frames.
            pub fn readers(&self, scope: Scope) -> Readers<'_> {
                match scope {
                    $(Scope::$scope $(($key))? => $readers(self, key!($($key)?)),)*
                }
            }

            /// The light scopes that may concern a person: those that are here, and those that always are.
            pub fn light_scopes(&self, person: PersonId) -> Vec<Scope> {
                let mut scopes = Vec::new();
                $(light!(scopes, self.$shelf, person, $weight $begins $scope $(($key))?);)*
                scopes
            }

            /// One scope's part, if it is here.
            pub fn part(&self, scope: Scope) -> Option<Part> {
                match scope {
                    $(Scope::$scope $(($key))? => {
                        let here = self.$shelf.held(key!($($key)?)).cloned();
                        present!($begins here).map(Part::$scope)
                    })*
                }
            }

            /// Puts a part in the place of what was known of its scope; one of another scope is passed over.
            pub fn put(&mut self, scope: Scope, part: Part) {
                match scope {
                    $(Scope::$scope $(($key))? => {
                        if let Part::$scope(held) = part {
                            self.$shelf.put(key!($($key)?), held);
                        }
                    })*
                }
            }

            /// Forgets a scope: it may no longer be read, or is no longer looked at.
            pub fn forget(&mut self, scope: Scope) {
                match scope {
                    $(Scope::$scope $(($key))? => self.$shelf.forget(key!($($key)?)),)*
                }
            }

            /// Applies a decided change of a scope; one of another scope is passed over.
            pub fn change(&mut self, scope: Scope, change: &Change) {
                match scope {
                    $(Scope::$scope $(($key))? => {
                        if let Change::$change(change) = change {
                            self.$shelf.change(key!($($key)?), change);
                        }
                    })*
                }
            }

            /// Notes each thing that a change of a scope is about to touch, and what becomes of it.
            pub fn touched(&self, scope: Scope, change: &Change, note: &mut dyn FnMut(Thing, Fate)) {
                match scope {
                    $(Scope::$scope $(($key))? => {
                        if let Change::$change(change) = change {
                            let before = self.$shelf.held(key!($($key)?)).map(Arc::as_ref);
                            <$held>::touched(before, change, &mut |thing, fate| note(Thing::$scope(thing), fate));
                        }
                    })*
                }
            }

            /// A thing as it is kept, in JSON; `None` if it is not here.
            pub fn write(&self, scope: Scope, thing: &Thing) -> Option<Result<String, serde_json::Error>> {
                match (scope, thing) {
                    $((Scope::$scope $(($key))?, Thing::$scope(thing)) => {
                        self.$shelf.held(key!($($key)?))?.write(thing)
                    })*
                    _ => None,
                }
            }
        }
    };
}

/// What a shelf names a scope by.
macro_rules! key {
    () => {
        ()
    };
    ($key:ident) => {
        $key
    };
}

/// Whether a sort of scope has keys.
macro_rules! keyed {
    () => {
        false
    };
    ($key:ident) => {
        true
    };
}

/// Writes a scope's name.
macro_rules! written {
    ($f:ident, $name:literal) => {
        $f.write_str($name)
    };
    ($f:ident, $name:literal, $key:ident) => {
        write!($f, concat!($name, ":{}"), $key)
    };
}

/// Reads it back.
macro_rules! read_back {
    ($id:ident, $scope:expr) => {
        if $id.is_none() { Ok($scope) } else { Err(UnknownScope) }
    };
    ($id:ident, $scope:expr, $key:ident) => {
        $id.and_then(|id| id.parse().ok()).map($scope).ok_or(UnknownScope)
    };
}

/// What is there of a scope, by when it begins.
macro_rules! present {
    (Written $here:ident) => {
        $here
    };
    ($begins:ident $here:ident) => {
        Some($here.unwrap_or_default())
    };
}

/// Whose alone a scope is, by when it begins.
macro_rules! owner {
    (Own $key:ident) => {
        Some($key)
    };
    ($begins:ident $($key:ident)?) => {
        None
    };
}

/// Adds the scopes of a line that may concern a person.
macro_rules! light {
    ($scopes:ident, $shelf:expr, $person:ident, Heavy $($line:tt)*) => {};
    ($scopes:ident, $shelf:expr, $person:ident, Light Own $scope:ident $key:tt) => {
        $scopes.push(Scope::$scope($person));
    };
    ($scopes:ident, $shelf:expr, $person:ident, Light $begins:ident $scope:ident) => {
        $scopes.push(Scope::$scope);
    };
    ($scopes:ident, $shelf:expr, $person:ident, Light $begins:ident $scope:ident $key:tt) => {
        $scopes.extend($shelf.keys().copied().map(Scope::$scope));
    };
}

scopes! {
    /// The directory of departments and people: every active person reads it.
    Company = "company" {
        holds: Company, in: company: Arc<Company>, changed_by: Organisation,
        comes: Light, there: Written, readers: everybody, judged_by: None, takes_along: None,
    }
    /// A project's registration, members and milestones.
    Project(id: ProjectId) = "project" {
        holds: Project, in: projects: BTreeMap<ProjectId, Arc<Project>>, changed_by: Project,
        comes: Light, there: Written, readers: project::readers, judged_by: Some(Self::Project(id)),
        takes_along: Some(Self::Board(id)),
    }
    /// A project's columns, tasks and comments.
    Board(id: ProjectId) = "board" {
        holds: Board, in: boards: BTreeMap<ProjectId, Arc<Board>>, changed_by: Board,
        comes: Heavy, there: Written, readers: project::readers, judged_by: Some(Self::Project(id)), takes_along: None,
    }
    /// The incidents with their policy and roster: every active person reads them.
    Incidents = "incidents" {
        holds: Incidents, in: incidents: Arc<Incidents>, changed_by: Incident,
        comes: Light, there: Always, readers: everybody, judged_by: None, takes_along: None,
    }
    /// An incident's timeline and report.
    Room(id: IncidentId) = "room" {
        holds: Room, in: rooms: BTreeMap<IncidentId, Arc<Room>>, changed_by: Room,
        comes: Heavy, there: Written, readers: everybody, judged_by: None, takes_along: None,
    }
    /// An article with its revisions.
    Article(id: ArticleId) = "article" {
        holds: Article, in: articles: BTreeMap<ArticleId, Arc<Article>>, changed_by: Article,
        comes: Heavy, there: Written, readers: knowledge::readers, judged_by: Some(Self::Article(id)), takes_along: None,
    }
    /// What a person has said of what asks something of them, and what they are told of tasks: theirs alone.
    Inbox(person: PersonId) = "inbox" {
        holds: Inbox, in: inboxes: BTreeMap<PersonId, Arc<Inbox>>, changed_by: Inbox,
        comes: Light, there: Own, readers: inbox::readers, judged_by: None, takes_along: None,
    }
}
