//! A board as large as asked, for measuring: five columns of equal length, every kind of mark on some of the cards.

use std::collections::BTreeMap;

use shared::Command;
use shared::project::task::{NewTask, Place, Priority, TaskEdit, TaskIntent};
use shared::project::{ProjectCommand, Register, Registration, Role};

use super::plan::COLUMNS_EN;
use super::project::{column_id, columns};
use super::script::{Script, edit, on_tasks};
use super::{DemoError, person, project, task};

const SLUG: &str = "benchmark";
const LEAD: &str = "lin.xiao";
const OWNERS: [&str; 2] = [LEAD, "daniel.chen"];
const LABELS: [&str; 5] = ["前端", "后端", "设计", "quality", "launch"];
const PRIORITIES: [Priority; 3] = [Priority::Medium, Priority::High, Priority::Low];
const NAMES: [&str; 8] = [
    "整理用户反馈并归类",
    "Check the numbers of last week",
    "商品详情页加载优化",
    "Write the release note",
    "核对供应商账单与库存差异",
    "Reply to the open questions of the partners about delivery dates",
    "更新接口文档",
    "Clean up",
];

/// The project "Benchmark" with so many cards, named `… 0001` and onwards.
pub(super) async fn load(script: &Script, cards: usize) -> Result<(), DemoError> {
    let lead = person(LEAD);
    let register = Register {
        id: project(SLUG),
        registration: Registration {
            name: "Benchmark".to_owned(),
            start: script.day(-30),
            contact: String::new(),
            background: String::new(),
            problem: String::new(),
            expected_results: Vec::new(),
            open: false,
        },
        lead,
        draft: false,
        milestones: Vec::new(),
        departments: BTreeMap::new(),
        members: OWNERS.iter().map(|slug| (person(slug), Role::Member)).collect(),
        columns: columns(SLUG, &COLUMNS_EN),
    };
    script.run_one((lead, Command::Project(ProjectCommand::Register(Box::new(register))))).await?;

    let name = |card: usize| format!("{} {:04}", NAMES[card % NAMES.len()], card + 1);
    let create = |card: usize| NewTask {
        id: task(SLUG, &name(card)),
        name: name(card),
        // Filled one column after the other, evenly.
        column: column_id(SLUG, &COLUMNS_EN[card * COLUMNS_EN.len() / cards]),
        place: Place::Last,
        owner: person(OWNERS[card % OWNERS.len()]),
        due: card.is_multiple_of(3).then(|| script.day(i32::try_from(card % 60).unwrap_or_default() - 20)),
        priority: PRIORITIES[card % PRIORITIES.len()],
    };
    script
        .run((0..cards).map(|card| (lead, on_tasks(project(SLUG), TaskIntent::Create(create(card))))).collect())
        .await?;

    let details = (0..cards).flat_map(|card| {
        let label = card.is_multiple_of(2).then(|| TaskEdit::AddLabel(LABELS[card % LABELS.len()].to_owned()));
        let percent = u8::try_from(card % 101).unwrap_or_default();
        let progress = (card % 4 == 1).then(|| TaskEdit::Progress { percent, note: String::new() });
        label.into_iter().chain(progress).map(move |each| (card, each))
    });
    let lines = details.map(|(card, each)| (lead, edit(project(SLUG), task(SLUG, &name(card)), each)));
    script.run(lines.collect()).await
}
