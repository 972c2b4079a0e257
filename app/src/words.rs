//! The language of the page, and the words for what `shared` says: fields, refusals, statuses, priorities, roles.

use std::cmp::Ordering;

use js_sys::{Array, Function, Intl, Object};
use leptos::prelude::*;
use qibu::Fault;
use shared::Reason;
use shared::arrange::Arrange as _;
use shared::id::{DepartmentId, PersonId};
use shared::incident::{IncidentRefusal, Stage as IncidentStage};
use shared::knowledge::ArticleKind;
use shared::organisation::{Company, CompanyRole, Locale};
use shared::project::board::{BoardRefusal, Status};
use shared::project::deliverable::DeliverableRefusal;
use shared::project::stage::Obstacle;
use shared::project::task::{Priority, TaskRefusal};
use shared::project::{ProjectRefusal, Role, Stage};
use wasm_bindgen::JsValue;

use crate::sync::Replica;
use crate::texts;

/// Takes the browser's language until somebody is signed in.
pub fn speak_browser_language() {
    let language = window().navigator().language().unwrap_or_default();
    speak(if language.starts_with("zh") { Locale::Zh } else { Locale::En });
}

/// Takes a language; what is already on screen must be drawn again, which [`crate::language::Language`] sees to.
pub fn speak(locale: Locale) {
    texts::speak(locale);
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language_tag());
    }
}

/// The language of the page.
pub fn spoken() -> Locale {
    texts::spoken()
}

/// Its BCP 47 tag, for `lang` and `Intl`.
pub fn language_tag() -> &'static str {
    match spoken() {
        Locale::Zh => "zh-CN",
        Locale::En => "en",
    }
}

/// Sorts by name: Chinese by pinyin in either language, after what is written in Latin letters on an English page and
/// before it on a Chinese one.
pub fn sort_by_name<T>(items: &mut [T], name: impl Fn(&T) -> &str) {
    let compare = by_pinyin();
    let is_english = spoken() == Locale::En;
    // Each name goes over to JavaScript once, not once for each comparison.
    items.arrange_by_cached_key(|item| {
        let name = name(item);
        let comes_after = is_english && name.chars().next().is_some_and(|first| !first.is_ascii());
        (comes_after, Collated { name: JsValue::from_str(name), compare: &compare })
    });
}

/// How names are compared: by their letters, and by pinyin. To make it takes longer than a sort.
fn by_pinyin() -> Function {
    thread_local! {
        static MADE: Function = Intl::Collator::new(&Array::of1(&JsValue::from_str("zh-CN")), &Object::new()).compare();
    }
    MADE.with(Clone::clone)
}

/// A name, in the order of a language.
struct Collated<'a> {
    name: JsValue,
    compare: &'a Function,
}

impl Ord for Collated<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.compare.call2(&JsValue::UNDEFINED, &self.name, &other.name).ok();
        order.and_then(|order| order.as_f64()).unwrap_or_default().total_cmp(&0.0)
    }
}

impl PartialOrd for Collated<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Collated<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Collated<'_> {}

/// What is wrong, as a sentence that also says what to do.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Required => t!("reason.required"),
        Reason::TooLong { max } => t!("reason.too_long", max = max),
        Reason::TooShort { min } => t!("reason.too_short", min = min),
        Reason::Unprintable => t!("reason.unprintable"),
        Reason::TooMany { max } => t!("reason.too_many", max = max),
        // A limit that nobody means to reach helps nobody.
        Reason::OutOfRange { max: 1_000_000_000.., .. } => t!("reason.no_whole_number"),
        Reason::OutOfRange { min, max } => t!("reason.out_of_range", min = min, max = max),
        Reason::NotAnEmail => t!("reason.not_an_email"),
        Reason::EmailTaken => t!("reason.email_taken"),
        Reason::PasswordTooCommon => t!("reason.password_too_common"),
        Reason::NameTaken => t!("reason.name_taken"),
        Reason::Gone => t!("reason.gone"),
        Reason::NotAllowed => t!("reason.not_allowed"),
        Reason::Deactivated => t!("reason.deactivated"),
        Reason::LastAdmin => t!("reason.last_admin"),
        Reason::DepartmentCycle => t!("reason.department_cycle"),
        Reason::DepartmentInUse => t!("reason.department_in_use"),
        Reason::LeadStays => t!("reason.lead_stays"),
        Reason::ProjectOver => t!("reason.project_over"),
        Reason::WrongStage => t!("reason.wrong_stage"),
        Reason::NotAMember => t!("reason.not_a_member"),
        Reason::Exists => t!("reason.exists"),
        Reason::DatesReversed => t!("reason.dates_reversed"),
        Reason::TextConflict => t!("reason.text_conflict"),
        Reason::RefusedBefore => t!("reason.refused_before"),
        Reason::FileTooLarge { max } => t!("reason.file_too_large", size = max / (1 << 20)),
        Reason::NotSent => t!("reason.not_sent"),
        Reason::NotAUrl => t!("reason.not_a_url"),
        Reason::FarOff => t!("reason.far_off"),
        Reason::NamedTwice => t!("reason.named_twice"),
        Reason::Incident(refusal) => return incident_refusal(refusal),
        Reason::Task(refusal) => return task_refusal(refusal),
        Reason::Board(refusal) => return board_refusal(refusal),
        Reason::Project(ProjectRefusal::NotFinished { obstacles }) => {
            t!("reason.not_finished", what = obstacles_named(obstacles))
        }
        Reason::Project(ProjectRefusal::NotOver) => t!("reason.not_over"),
        Reason::Deliverable(DeliverableRefusal::NotAccepted { name }) => t!("reason.not_accepted", name = name),
        Reason::Deliverable(DeliverableRefusal::OwnAccepter) => t!("reason.own_accepter"),
        Reason::Deliverable(DeliverableRefusal::NotWaiting) => t!("reason.not_waiting"),
    }
    .into_owned()
}

/// What stands in the way of the end of a project.
pub fn obstacles_named(obstacles: &[Obstacle]) -> String {
    let named = obstacles.iter().map(|obstacle| match obstacle {
        Obstacle::Deliverables(count) => t!("obstacle.deliverables", count = count),
        Obstacle::Tasks(count) => t!("obstacle.tasks", count = count),
    });
    named.collect::<Vec<_>>().join(&t!("obstacle.comma"))
}

fn incident_refusal(refusal: &IncidentRefusal) -> String {
    match refusal {
        IncidentRefusal::WrongStage(at) => t!("reason.incident_stage", stage = incident_stage(*at)),
        IncidentRefusal::Taken(_) => t!("reason.incident_taken"),
        IncidentRefusal::Over => t!("reason.incident_over"),
        IncidentRefusal::SameSeverity => t!("reason.same_severity"),
        IncidentRefusal::NotMergeable => t!("reason.not_mergeable"),
        IncidentRefusal::ReportIncomplete => t!("reason.report_incomplete"),
        IncidentRefusal::ReportMissing => t!("reason.report_missing"),
        IncidentRefusal::MeasuresNeedAProject => t!("reason.measures_need_a_project"),
        IncidentRefusal::ShiftsOverlap => t!("reason.shifts_overlap"),
        IncidentRefusal::OwnFallback => t!("reason.own_fallback"),
        IncidentRefusal::CallStands => t!("reason.call_stands"),
        IncidentRefusal::NotOnDuty => t!("reason.not_on_duty"),
        IncidentRefusal::ReporterHasTime => t!("reason.reporter_has_time"),
        IncidentRefusal::NotDue => t!("reason.not_due"),
    }
    .into_owned()
}

fn task_refusal(refusal: &TaskRefusal) -> String {
    match refusal {
        TaskRefusal::DependencyCycle { cycle } => t!("reason.dependency_cycle", cycle = cycle.join(" → ")),
        TaskRefusal::DependsOnItself => t!("reason.depends_on_itself"),
        TaskRefusal::NotTheAuthor => t!("reason.not_the_author"),
        TaskRefusal::OverAlready => t!("reason.over_already"),
    }
    .into_owned()
}

fn board_refusal(refusal: &BoardRefusal) -> String {
    match refusal {
        BoardRefusal::WipLimit { column, limit } => t!("reason.wip_limit", column = column, limit = limit),
        BoardRefusal::ColumnNotEmpty => t!("reason.column_not_empty"),
        BoardRefusal::LastColumn => t!("reason.last_column"),
        BoardRefusal::BlockedColumn => t!("reason.blocked_column"),
    }
    .into_owned()
}

/// Why a server function failed, as a sentence.
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Refused(rejection) => return reason(&rejection.reason),
        Fault::SignedOut => t!("fault.signed_out"),
        Fault::WrongCredentials => t!("fault.wrong_credentials"),
        Fault::TooManyAttempts(seconds) => t!("fault.too_many_attempts", minutes = seconds.div_ceil(60)),
        Fault::InvitationNotValid => t!("fault.invitation_not_valid"),
        Fault::NotAllowed => t!("reason.not_allowed"),
        Fault::Unavailable => t!("fault.unavailable"),
        Fault::ResetNotValid => t!("fault.reset_not_valid"),
        Fault::Busy => t!("fault.busy"),
        Fault::AnotherAddress => t!("connection.refused", address = own_address()),
    }
    .into_owned()
}

/// Where this page is from: its scheme, host and port.
pub fn own_address() -> String {
    window().location().origin().unwrap_or_default()
}

/// A task's status.
pub fn status(status: Status) -> String {
    match status {
        Status::Todo => t!("status.todo"),
        Status::InProgress => t!("status.in_progress"),
        Status::Blocked => t!("status.blocked"),
        Status::Submitted => t!("status.submitted"),
        Status::Done => t!("status.done"),
        Status::Cancelled => t!("status.cancelled"),
    }
    .into_owned()
}

/// A status as the style sheets name it.
pub const fn status_key(status: Status) -> &'static str {
    match status {
        Status::Todo => "todo",
        Status::InProgress => "in_progress",
        Status::Blocked => "blocked",
        Status::Submitted => "submitted",
        Status::Done => "done",
        Status::Cancelled => "cancelled",
    }
}

/// A task's priority.
pub fn priority(priority: Priority) -> String {
    match priority {
        Priority::High => t!("priority.high"),
        Priority::Medium => t!("priority.medium"),
        Priority::Low => t!("priority.low"),
    }
    .into_owned()
}

/// A priority as the style sheets name it.
pub const fn priority_key(priority: Priority) -> &'static str {
    match priority {
        Priority::High => "high",
        Priority::Medium => "medium",
        Priority::Low => "low",
    }
}

/// Where a project stands.
pub fn stage(stage: Stage) -> String {
    match stage {
        Stage::Draft => t!("stage.draft"),
        Stage::Active => t!("stage.active"),
        Stage::Accepting => t!("stage.accepting"),
        Stage::Closed => t!("stage.closed"),
        Stage::Cancelled => t!("stage.cancelled"),
    }
    .into_owned()
}

/// Where an incident stands.
pub fn incident_stage(stage: IncidentStage) -> String {
    match stage {
        IncidentStage::Reported => t!("incident_stage.reported"),
        IncidentStage::Reopened => t!("incident_stage.reopened"),
        IncidentStage::Responding => t!("incident_stage.responding"),
        IncidentStage::TeamFormed => t!("incident_stage.team_formed"),
        IncidentStage::Mitigated => t!("incident_stage.mitigated"),
        IncidentStage::Resolved => t!("incident_stage.resolved"),
        IncidentStage::Confirmed => t!("incident_stage.confirmed"),
        IncidentStage::Closed => t!("incident_stage.closed"),
        IncidentStage::Merged => t!("incident_stage.merged"),
        IncidentStage::Rejected => t!("incident_stage.rejected"),
    }
    .into_owned()
}

/// What sort of knowledge an article is.
pub fn article_kind(kind: ArticleKind) -> String {
    match kind {
        ArticleKind::Retrospective => t!("article_kind.retrospective"),
        ArticleKind::IncidentReport => t!("article_kind.incident_report"),
        ArticleKind::Decision => t!("article_kind.decision"),
        ArticleKind::Deliverable => t!("article_kind.deliverable"),
        ArticleKind::News => t!("article_kind.news"),
        ArticleKind::HowTo => t!("article_kind.how_to"),
    }
    .into_owned()
}

/// What a member may do in a project.
pub fn role(role: Role) -> String {
    match role {
        Role::Lead => t!("role.lead"),
        Role::Member => t!("role.member"),
        Role::Observer => t!("role.observer"),
    }
    .into_owned()
}

/// What a person may do in the company.
pub fn company_role(role: CompanyRole) -> String {
    match role {
        CompanyRole::Admin => t!("role.admin"),
        CompanyRole::Member => t!("role.employee"),
    }
    .into_owned()
}

/// The name of a person, also of one who has left; tracked.
pub fn person_name(replica: Replica, person: PersonId) -> String {
    replica.read(|view| name_in(view.company(), person))
}

/// The name of a person of a company, also of one who has left.
pub fn name_in(company: &Company, person: PersonId) -> String {
    let person = company.people.get(&person);
    person.map_or_else(|| t!("person.unknown").into_owned(), |person| person.name.clone())
}

/// The name of a department, tracked; empty if it is gone.
pub fn department_name(replica: Replica, department: DepartmentId) -> String {
    replica.read(|view| {
        view.company().departments.get(&department).map(|department| department.name.clone()).unwrap_or_default()
    })
}
