//! A large company: people in departments, projects across them, and years of incidents that are over.

use std::collections::BTreeMap;

use qibu::store::Store;
use qibu::sync::Engine;
use shared::id::{ColumnId, CommandId, DepartmentId, MilestoneId, PersonId, ProjectId};
use shared::organisation::{CompanyRole, Department, Locale, NewPerson, OrganisationCommand, Profile};
use shared::project::board::{NewColumn, Status};
use shared::project::{Milestone, Participation, ProjectCommand, Register, Registration, Role};
use shared::{Command, Date, Scope};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::Failure;
use super::past::Past;

const PEOPLE: usize = 5_000;
const DEPARTMENTS: usize = 100;
const PROJECTS: usize = 2_000;
/// In how many of them the admin is.
pub(crate) const OWN: usize = 50;
/// How many commands wait at once: they share transactions.
const TOGETHER: usize = 256;

const SURNAMES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高",
    "罗",
];
const GIVEN: [&str; 20] = [
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "洋", "艳", "勇", "杰", "娟", "涛", "明", "超", "秀英", "建国",
    "晓梅", "志远",
];
const SPELLED: [&str; 20] = [
    "wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma", "zhu", "hu", "guo",
    "he", "lin", "gao", "luo",
];
const WORK: [&str; 10] = ["技术", "客服", "市场", "财务", "人力资源", "供应链", "产品", "质量", "法务", "行政"];

/// Fills a company that has been founded; with so many incidents.
pub(crate) async fn fill(address: &str, incidents: usize) -> Result<(), Failure> {
    let store = Store::open(address).await?;
    let engine = Engine::start(store.clone()).await?;
    let (_, state) = engine.read(&[Scope::Company]).await?;
    let admin = *state.company.people.keys().next().ok_or("nobody has founded a company")?;
    let crew = Crew::hired(&engine, admin).await?;
    let projects = (0..PROJECTS).map(|nth| crew.project(nth)).collect();
    act_all(&engine, projects).await?;
    engine.shutdown().await;
    Past::of(store.clone(), crew.people).await?.write(incidents).await?;
    store.close().await;
    Ok(())
}

/// Who works there.
struct Crew {
    admin: PersonId,
    departments: Vec<DepartmentId>,
    /// Dealt out to the departments in turn.
    people: Vec<PersonId>,
}

impl Crew {
    async fn hired(engine: &Engine, admin: PersonId) -> Result<Self, Failure> {
        let departments: Vec<_> = (0..DEPARTMENTS).map(|_| DepartmentId::new(Uuid::now_v7())).collect();
        let people: Vec<_> = (0..PEOPLE).map(|_| PersonId::new(Uuid::now_v7())).collect();
        let add = departments.iter().enumerate().map(|(nth, id)| department(*id, nth));
        act_all(engine, add.map(|department| (admin, department)).collect()).await?;
        let add = people.iter().enumerate().map(|(nth, id)| person(*id, nth, departments[nth % DEPARTMENTS]));
        act_all(engine, add.map(|person| (admin, person)).collect()).await?;
        Ok(Self { admin, departments, people })
    }

    /// One of two departments, with all their people; the admin is in a few.
    fn project(&self, nth: usize) -> (PersonId, Command) {
        let part = |duty: &str| Participation { representative: None, duty: duty.to_owned() };
        let departments = [nth % DEPARTMENTS, (nth / DEPARTMENTS + nth + 1) % DEPARTMENTS];
        let actor = self.people[nth];
        let own = nth.is_multiple_of(PROJECTS / OWN);
        let form = Register {
            id: ProjectId::new(Uuid::now_v7()),
            registration: registration(nth),
            lead: actor,
            draft: false,
            milestones: (1..4).map(milestone).collect(),
            departments: departments.map(|at| (self.departments[at], part("提供接口和验收数据"))).into(),
            members: own.then_some((self.admin, Role::Member)).into_iter().collect::<BTreeMap<_, _>>(),
            columns: columns(),
        };
        (actor, Command::Project(ProjectCommand::Register(Box::new(form))))
    }
}

/// Runs them, many together, in any order.
async fn act_all(engine: &Engine, commands: Vec<(PersonId, Command)>) -> Result<(), Failure> {
    let mut under_way = JoinSet::new();
    for (actor, command) in commands {
        if under_way.len() >= TOGETHER
            && let Some(acted) = under_way.join_next().await
        {
            acted??;
        }
        let engine = engine.clone();
        under_way.spawn(async move {
            let acted = engine.act(actor, CommandId::new(Uuid::now_v7()), command).await;
            acted.map(drop).map_err(Failure::from)
        });
    }
    while let Some(acted) = under_way.join_next().await {
        acted??;
    }
    Ok(())
}

fn department(id: DepartmentId, nth: usize) -> Command {
    let name = format!("{}{}部", WORK[nth % WORK.len()], nth / WORK.len() + 1);
    organisation(OrganisationCommand::AddDepartment(Department { id, name, parent: None, head: None }))
}

fn person(id: PersonId, nth: usize, department: DepartmentId) -> Command {
    let (family, given) = (nth % SURNAMES.len(), nth / SURNAMES.len() % GIVEN.len());
    let profile = Profile {
        name: format!("{}{}", SURNAMES[family], GIVEN[given]),
        phone: format!("138 {:08}", nth * 7_919 % 100_000_000),
        locale: if nth.is_multiple_of(10) { Locale::En } else { Locale::default() },
        zone: String::new(),
        hue: u16::try_from(nth * 47 % 360).unwrap_or_default(),
    };
    let email = format!("{}.{nth}@qiming.example", SPELLED[family]);
    let role = CompanyRole::Member;
    organisation(OrganisationCommand::AddPerson(NewPerson { id, profile, email, department: Some(department), role }))
}

fn organisation(command: OrganisationCommand) -> Command {
    Command::Organisation(command)
}

fn registration(nth: usize) -> Registration {
    Registration {
        name: format!("{}系统改造第{nth}期", WORK[nth % WORK.len()]),
        start: Date::constant(2026, 1, 1),
        contact: format!("分机 {}", 1_000 + nth),
        background: "各部门的数据口径不一致, 月底对账需要三天, 影响经营决策的及时性。".to_owned(),
        problem: format!("目前{}环节依靠手工表格, 每月平均出错 {} 次。", WORK[nth % WORK.len()], nth % 17 + 1),
        expected_results: vec!["对账时间缩短到半天以内".to_owned(), "差错率低于千分之一".to_owned()],
        open: false,
    }
}

fn milestone(month: i8) -> Milestone {
    let id = MilestoneId::new(Uuid::now_v7());
    Milestone { id, name: format!("第 {month} 阶段验收"), date: Date::constant(2026, month * 2, 15), done: false }
}

fn columns() -> Vec<NewColumn> {
    let names = [("待办", Status::Todo), ("进行中", Status::InProgress), ("已完成", Status::Done)];
    let column = |(name, status): (&str, Status)| {
        let id = ColumnId::new(Uuid::now_v7());
        NewColumn { id, name: name.to_owned(), status }
    };
    names.map(column).into()
}
