//! The response policy: who is called for which incident, and how long each step may take (incident: clocks, calls).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{IncidentKind, Severity};
use crate::id::{DepartmentId, PersonId};
use crate::organisation::{Company, CompanyRole};
use crate::{Field, Reason, Rejection, State};

/// A minute in microseconds.
const MINUTE: i64 = 60 * 1_000_000;
/// The longest that any step may be given, in minutes: 30 days.
const MOST_MINUTES: u32 = 30 * 24 * 60;
/// The longest that any step may be given, in working days.
const MOST_DAYS: u32 = 60;
const MOST_RULES: usize = 50;
const MOST_CALLEES: usize = 50;

/// The company's response policy. Admins edit it; what is shipped are the guide's rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// How long each step may take, by severity.
    pub terms: BTreeMap<Severity, Terms>,
    /// Which department plays which part in a response; those that are not named have none.
    pub teams: BTreeMap<Team, DepartmentId>,
    /// Who is called besides the duty lead.
    pub calls: Vec<Rule>,
}

/// How long each step of a response may take. Minutes are of elapsed time, around the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// From the report until somebody takes it, in minutes; after it the fallback is called, and after as long again
    /// every admin. `None`: nobody is called for it.
    pub take: Option<u32>,
    /// From the report until a team is formed, in minutes.
    pub team: Option<u32>,
    /// From the report until it is resolved.
    pub resolve: Span,
    /// Between two progress updates of the leader, in minutes.
    pub update: Option<u32>,
    /// From the confirmation until the report is filed, in working days.
    pub report_days: u32,
}

/// A time to do something in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// Of elapsed time.
    Minutes(u32),
    /// Of the working calendar: by the same time so many working days later.
    WorkingDays(u32),
}

/// A part in a response that a department plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Team {
    /// 技术: finds the cause.
    Technology,
    /// 客服: calms the customers.
    CustomerService,
    /// 公关: prepares the wording.
    PublicRelations,
    /// 管理.
    Management,
}

impl Team {
    /// All of them, as pages list them.
    pub const ALL: [Self; 4] = [Self::Technology, Self::CustomerService, Self::PublicRelations, Self::Management];
}

/// Who is called for certain incidents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// For these severities.
    pub severities: BTreeSet<Severity>,
    /// For these kinds.
    pub kinds: BTreeSet<IncidentKind>,
    /// These are called.
    pub callees: BTreeSet<Callee>,
}

/// Somebody to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Callee {
    /// The head of the department that plays this part.
    Head(Team),
    /// Everybody in the department that plays this part.
    Staff(Team),
    /// The head of the reporter's department.
    ReportersHead,
    /// A person.
    Person(PersonId),
    /// Every admin.
    Admins,
}

impl Default for Policy {
    /// The guide's rules (一般, 严重, 紧急).
    fn default() -> Self {
        let terms = |take, team, resolve, update, report_days| Terms { take, team, resolve, update, report_days };
        let all: BTreeSet<_> = IncidentKind::ALL.into();
        let rule = |severities: &[Severity], kinds: BTreeSet<IncidentKind>, callees: &[Callee]| Rule {
            severities: severities.iter().copied().collect(),
            kinds,
            callees: callees.iter().copied().collect(),
        };
        let technical = [IncidentKind::Technical, IncidentKind::Security].into();
        Self {
            terms: BTreeMap::from([
                (Severity::Urgent, terms(Some(5), None, Span::Minutes(60), Some(30), 3)),
                (Severity::Severe, terms(Some(15), Some(120), Span::Minutes(240), Some(30), 5)),
                (Severity::Normal, terms(None, None, Span::WorkingDays(1), None, 5)),
            ]),
            teams: BTreeMap::new(),
            calls: vec![
                rule(
                    &[Severity::Urgent],
                    all,
                    &[
                        Callee::Head(Team::Technology),
                        Callee::Head(Team::CustomerService),
                        Callee::Head(Team::Management),
                    ],
                ),
                rule(&[Severity::Severe], technical, &[Callee::Head(Team::Technology)]),
                rule(&[Severity::Severe], [IncidentKind::Complaint].into(), &[Callee::Head(Team::CustomerService)]),
                rule(&[Severity::Severe], [IncidentKind::Other].into(), &[Callee::ReportersHead]),
            ],
        }
    }
}

impl Policy {
    /// What it demands of incidents of a severity.
    pub fn terms(&self, severity: Severity) -> Terms {
        self.terms.get(&severity).copied().unwrap_or(Terms {
            take: None,
            team: None,
            resolve: Span::WorkingDays(1),
            update: None,
            report_days: 5,
        })
    }

    /// Whom it calls besides the duty lead; those who have left are passed over.
    pub fn callees(
        &self,
        company: &Company,
        kind: IncidentKind,
        severity: Severity,
        reporter: PersonId,
    ) -> BTreeSet<PersonId> {
        let applies = |rule: &&Rule| rule.severities.contains(&severity) && rule.kinds.contains(&kind);
        let callees = self.calls.iter().filter(applies).flat_map(|rule| &rule.callees);
        let called: BTreeSet<PersonId> = callees.flat_map(|callee| self.people(company, *callee, reporter)).collect();
        called.into_iter().filter(|id| company.people.get(id).is_some_and(|person| person.active)).collect()
    }

    /// Who leads by default, which is the head of the department that the kind is about (组长通常为部门负责人).
    pub fn usual_leader(&self, company: &Company, kind: IncidentKind, reporter: PersonId) -> Option<PersonId> {
        let team = match kind {
            IncidentKind::Technical | IncidentKind::Security => Callee::Head(Team::Technology),
            IncidentKind::Complaint => Callee::Head(Team::CustomerService),
            IncidentKind::Other => Callee::ReportersHead,
        };
        self.people(company, team, reporter).into_iter().find(|id| company.people.get(id).is_some_and(|p| p.active))
    }

    /// Those whom a rule calls, also people who have left.
    pub fn people(&self, company: &Company, callee: Callee, reporter: PersonId) -> Vec<PersonId> {
        let department = |team: Team| self.teams.get(&team).copied();
        match callee {
            Callee::Head(team) => department(team).and_then(|id| head(company, id)).into_iter().collect(),
            Callee::Staff(team) => {
                department(team).map(|id| company.staff(id).map(|person| person.id).collect()).unwrap_or_default()
            }
            Callee::ReportersHead => {
                let department = company.people.get(&reporter).and_then(|person| person.department);
                department.and_then(|id| head(company, id)).into_iter().collect()
            }
            Callee::Person(person) => vec![person],
            Callee::Admins => admins(company).collect(),
        }
    }

    /// The policy, if an admin may make it so.
    pub(super) fn checked(&self, state: &State) -> Result<Self, Rejection> {
        for severity in Severity::ALL {
            self.terms(severity).check()?;
        }
        if let Some(team) = Team::ALL.iter().find(|team| {
            self.teams.get(team).is_some_and(|department| !state.company.departments.contains_key(department))
        }) {
            return Err(Rejection::of(Field::Team(*team), Reason::Gone));
        }
        if self.calls.len() > MOST_RULES {
            return Err(Rejection::of(Field::Callees, Reason::TooMany { max: MOST_RULES }));
        }
        for rule in &self.calls {
            if rule.callees.len() > MOST_CALLEES {
                return Err(Rejection::of(Field::Callees, Reason::TooMany { max: MOST_CALLEES }));
            }
            for callee in &rule.callees {
                if let Callee::Person(person) = callee {
                    state.active(*person).map_err(|refusal| Rejection::of(Field::Callees, refusal.reason))?;
                }
            }
        }
        let mut policy = self.clone();
        policy.calls.retain(|rule| !(rule.callees.is_empty() || rule.severities.is_empty() || rule.kinds.is_empty()));
        Ok(policy)
    }
}

impl Terms {
    fn check(&self) -> Result<(), Rejection> {
        let within = |field, value: u32, max| {
            let fits = (1..=max).contains(&value);
            if fits { Ok(()) } else { Err(Rejection::of(field, Reason::OutOfRange { min: 1, max })) }
        };
        for (field, value) in
            [(Field::TakeWithin, self.take), (Field::TeamWithin, self.team), (Field::UpdateEvery, self.update)]
        {
            value.map_or(Ok(()), |value| within(field, value, MOST_MINUTES))?;
        }
        match self.resolve {
            Span::Minutes(minutes) => within(Field::ResolveWithin, minutes, MOST_MINUTES)?,
            Span::WorkingDays(days) => within(Field::ResolveWithin, days, MOST_DAYS)?,
        }
        within(Field::ReportWithin, self.report_days, MOST_DAYS)
    }
}

/// So many minutes in microseconds.
pub(super) fn micros(minutes: u32) -> i64 {
    i64::from(minutes) * MINUTE
}

/// Every active admin.
pub(super) fn admins(company: &Company) -> impl Iterator<Item = PersonId> {
    let admins = company.people.values().filter(|person| person.active && person.role == CompanyRole::Admin);
    admins.map(|person| person.id)
}

/// The head of a department, or of the nearest above it that has one who has not left.
fn head(company: &Company, department: DepartmentId) -> Option<PersonId> {
    company.lineage(department).find_map(|department| department.head.filter(|head| company.is_here(*head)))
}
