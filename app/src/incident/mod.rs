//! Incidents: reporting, the room, the report, the command centre, the wall, the roster and the policy.
//!
//! The rules: [`shared::incident`].

mod area;
mod bar;
mod centre;
mod figures;
mod form;
mod mark;
mod page;
mod policy;
mod report;
mod rights;
mod room;
mod roster;
mod told;
mod wall;
pub mod words;

pub use area::{AREA, about, ask_address, ask_deed};
pub use bar::RunningBar;
pub use centre::Centre;
pub use figures::FiguresPage;
pub use form::ReportIncident;
pub use mark::{NamedClock, SeverityMark, StageMark, incident, next_clock, room_address};
pub use policy::PolicyPage;
pub use report::ReportPage;
pub use room::{RoomPage, sentence, text};
pub use roster::RosterPage;
pub use told::told;
pub use wall::Wall;
