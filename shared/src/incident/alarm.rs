//! Alarms: what goes off at a time unless it was dealt with before (incident: alarms).
//!
//! An alarm is a fact of the state and the time alone: whoever looks, however late and however often, finds the same
//! ones due. Each goes off once, by a command that is decided again at that moment.

use serde::{Deserialize, Serialize};

use super::clock::{REMIND_TO_CONFIRM, UPDATE_LONG_MISSED, UPDATE_SOON, later};
use super::policy::micros;
use super::{Clock, Incident};
use crate::Timestamp;
use crate::arrange::Arrange as _;

/// Something that goes off once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Alarm {
    /// In which round, from 0.
    pub round: u32,
    /// What it says.
    pub kind: AlarmKind,
    /// When it was due.
    pub due: Timestamp,
}

/// What an alarm says, and whom it calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AlarmKind {
    /// Nobody has taken it in time: the fallback is called.
    CallFallback,
    /// Still nobody: every admin is called.
    CallAdmins,
    /// No team in time: a breach; the duty lead is told.
    TeamLate,
    /// Not resolved in time: a breach; management is called.
    ResolveLate,
    /// The next update is due in 5 minutes: the leader is told.
    UpdateSoon,
    /// The update was missed: a breach; the deputy and the duty lead are called.
    UpdateMissed,
    /// It is still missing 10 minutes later: management is called.
    UpdateStillMissing,
    /// The reporter has not confirmed for a while: they are reminded.
    ConfirmSoon,
    /// The reporter has not confirmed in time: the duty lead is asked to.
    ConfirmLate,
    /// The report was not filed in time: a breach; the leader is told.
    ReportLate,
}

impl Incident {
    /// The alarms that will go off if nobody does anything more, the next one first. Those that went off are left out.
    pub fn alarms(&self) -> Vec<Alarm> {
        let round = self.round_index();
        let mut alarms: Vec<Alarm> = self.clocks().into_iter().flat_map(|deadline| self.alarms_of(deadline)).collect();
        alarms.retain(|alarm| !self.rung.contains(&Alarm { round, ..*alarm }));
        alarms.arrange_by_key(|alarm| alarm.due);
        alarms
    }

    /// The next alarm.
    pub fn next_alarm(&self) -> Option<Alarm> {
        self.alarms().first().copied()
    }

    fn alarms_of(&self, deadline: super::Deadline) -> Vec<Alarm> {
        use AlarmKind as K;
        let due = deadline.due;
        let kinds = match deadline.clock {
            Clock::Take => {
                let again = self.terms.take.map_or(0, micros);
                vec![(K::CallFallback, due), (K::CallAdmins, later(due, again))]
            }
            Clock::Team => vec![(K::TeamLate, due)],
            Clock::Resolve => vec![(K::ResolveLate, due)],
            Clock::Update => vec![
                // Where updates are due so often that the reminder would come before the last one, there is none.
                (K::UpdateSoon, later(due, -UPDATE_SOON).max(deadline.from)),
                (K::UpdateMissed, due),
                (K::UpdateStillMissing, later(due, UPDATE_LONG_MISSED)),
            ],
            Clock::Confirm => {
                vec![(K::ConfirmSoon, later(deadline.from, REMIND_TO_CONFIRM).min(due)), (K::ConfirmLate, due)]
            }
            Clock::Report => vec![(K::ReportLate, due)],
        };
        let round = self.round_index();
        kinds.into_iter().map(|(kind, due)| Alarm { round, kind, due }).collect()
    }
}
