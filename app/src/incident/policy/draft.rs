//! The policy as it is being edited: what was typed stays until it is saved.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::command::decide;
use shared::id::DepartmentId;
use shared::incident::{Callee, IncidentCommand, Policy, Rule, Severity, Span, Team, Terms};
use shared::{Command, Context, Rejection};

use crate::reactive::memo;
use crate::sync::{Replica, now};
use crate::ui::Errors;

/// The terms of one severity as they are typed.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct TermsDraft {
    /// Whose.
    pub severity: Severity,
    /// Minutes until it is taken; empty for no limit.
    pub take: RwSignal<String>,
    /// Minutes until there is a team; empty for no limit.
    pub team: RwSignal<String>,
    /// How long until it is resolved.
    pub resolve: RwSignal<String>,
    /// Whether that is in working days, else in minutes.
    pub in_days: RwSignal<bool>,
    /// Minutes between two updates; empty for none.
    pub update: RwSignal<String>,
    /// Working days until the report is filed.
    pub report: RwSignal<String>,
    /// What is wrong with them.
    #[serde(skip, default = "Errors::new")]
    pub errors: Errors,
}

impl TermsDraft {
    fn new(severity: Severity) -> Self {
        let [take, team, resolve, update, report] = std::array::from_fn(|_| RwSignal::new(String::new()));
        let (in_days, errors) = (RwSignal::new(false), Errors::new());
        Self { severity, take, team, resolve, in_days, update, report, errors }
    }

    fn load(self, terms: Terms) {
        let text = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        self.take.set(text(terms.take));
        self.team.set(text(terms.team));
        self.update.set(text(terms.update));
        self.report.set(terms.report_days.to_string());
        let (number, in_days) = match terms.resolve {
            Span::Minutes(minutes) => (minutes, false),
            Span::WorkingDays(days) => (days, true),
        };
        self.resolve.set(number.to_string());
        self.in_days.set(in_days);
        self.errors.clear();
    }

    fn terms(self) -> Terms {
        // What is no number is as wrong as nought: the rules say what fits.
        let number = |text: RwSignal<String>| text.with_untracked(|text| text.trim().parse().unwrap_or_default());
        let optional =
            |text: RwSignal<String>| text.with_untracked(|text| !text.trim().is_empty()).then(|| number(text));
        let resolve = number(self.resolve);
        Terms {
            take: optional(self.take),
            team: optional(self.team),
            resolve: if self.in_days.get_untracked() { Span::WorkingDays(resolve) } else { Span::Minutes(resolve) },
            update: optional(self.update),
            report_days: number(self.report),
        }
    }
}

/// The policy as it is being edited.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Draft {
    /// How long each step may take.
    pub terms: [TermsDraft; 3],
    /// Which department plays which part; empty for none.
    pub teams: [(Team, RwSignal<String>); 4],
    /// The rules, each with a key that stays while others come and go.
    pub rules: RwSignal<Vec<(u32, Rule)>>,
    /// What is wrong with departments and rules.
    #[serde(skip, default = "Errors::new")]
    pub errors: Errors,
    /// What it began with.
    base: RwSignal<Policy>,
    last: RwSignal<u32>,
}

impl Draft {
    /// Begins with a policy.
    pub fn of(policy: Policy) -> Self {
        let draft = Self {
            terms: Severity::ALL.map(TermsDraft::new),
            teams: Team::ALL.map(|team| (team, RwSignal::new(String::new()))),
            rules: RwSignal::new(Vec::new()),
            errors: Errors::new(),
            base: RwSignal::new(Policy::default()),
            last: RwSignal::new(0),
        };
        draft.load(policy);
        draft
    }

    /// Begins anew with a policy.
    pub fn load(self, policy: Policy) {
        self.fill(&policy);
        for (team, department) in self.teams {
            department.set(policy.teams.get(&team).map(DepartmentId::to_string).unwrap_or_default());
        }
        self.errors.clear();
        self.base.set(policy);
    }

    /// Takes the terms and rules of a policy, and leaves the departments.
    pub fn fill(self, policy: &Policy) {
        for terms in self.terms {
            terms.load(policy.terms(terms.severity));
        }
        let rules = policy.calls.iter().map(|rule| (self.fresh(), rule.clone())).collect();
        self.rules.set(rules);
    }

    /// Whether it began with another policy than this one; tracked.
    pub fn is_of_another(self, policy: &Policy) -> bool {
        *self.base.read() != *policy
    }

    /// A rule more, which calls nobody yet.
    pub fn add_rule(self) {
        let rule = Rule { severities: [].into(), kinds: [].into(), callees: [].into() };
        let key = self.fresh();
        self.rules.update(|rules| rules.push((key, rule)));
    }

    /// A rule less.
    pub fn remove_rule(self, key: u32) {
        self.rules.update(|rules| rules.retain(|(other, _)| *other != key));
    }

    /// Changes a rule.
    pub fn edit(self, key: u32, edit: impl FnOnce(&mut Rule)) {
        self.rules.update(|rules| {
            if let Some((_, rule)) = rules.iter_mut().find(|(other, _)| *other == key) {
                edit(rule);
            }
        });
    }

    /// What a rule says now; follows it.
    pub fn rule(self, key: u32) -> Memo<Rule> {
        memo(move || {
            self.rules.with(|rules| {
                let found = rules.iter().find(|(other, _)| *other == key).map(|(_, rule)| rule.clone());
                found.unwrap_or_else(|| Rule { severities: [].into(), kinds: [].into(), callees: [].into() })
            })
        })
    }

    /// Makes it the company's policy; `false` if something is wrong with it.
    pub fn save(self, replica: Replica) -> bool {
        self.errors.clear();
        for terms in self.terms {
            terms.errors.clear();
            if let Err(refusal) = check(replica, terms) {
                terms.errors.add(refusal);
            }
        }
        if self.terms.iter().any(|terms| terms.errors.any()) {
            return false;
        }
        let command = IncidentCommand::SetPolicy(Box::new(self.policy()));
        let saved = self.errors.keep(replica.act(Command::Incident(command))).is_some();
        if saved {
            self.load(replica.peek(|state| state.incidents.policy.clone()));
        }
        saved
    }

    fn policy(self) -> Policy {
        let department = |(team, department): (Team, RwSignal<String>)| {
            department.with_untracked(|id| id.parse().ok()).map(|id: DepartmentId| (team, id))
        };
        Policy {
            terms: self.terms.into_iter().map(|terms| (terms.severity, terms.terms())).collect(),
            teams: self.teams.into_iter().filter_map(department).collect(),
            calls: self.rules.with_untracked(|rules| rules.iter().map(|(_, rule)| rule.clone()).collect()),
        }
    }

    fn fresh(self) -> u32 {
        self.last.update_untracked(|last| *last += 1);
        self.last.get_untracked()
    }
}

/// Whether the rules take the terms of one severity: a refusal of the whole policy does not say whose they are.
fn check(replica: Replica, draft: TermsDraft) -> Result<(), Rejection> {
    let mut alone = Policy::default();
    alone.terms.insert(draft.severity, draft.terms());
    let command = Command::Incident(IncidentCommand::SetPolicy(Box::new(alone)));
    let context = Context { actor: replica.me(), now: now() };
    replica.peek(|state| decide(state, &command, &context)).map(|_| ())
}

/// Whether a rule says for what and whom; what does not is left out when it is saved.
pub fn is_whole(rule: &Rule) -> bool {
    !(rule.severities.is_empty() || rule.kinds.is_empty() || rule.callees.is_empty())
}

/// A callee as the value of an option.
pub fn callee_key(callee: Callee) -> String {
    match callee {
        Callee::Head(team) => format!("head-{}", team as u8),
        Callee::Staff(team) => format!("staff-{}", team as u8),
        Callee::ReportersHead => "reporters-head".to_owned(),
        Callee::Person(person) => person.to_string(),
        Callee::Admins => "admins".to_owned(),
    }
}
