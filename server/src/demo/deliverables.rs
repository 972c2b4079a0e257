//! What the demo's projects deliver: one accepted, one returned, one that waits, one that is to come; and a milestone that
//! has moved, with why.

use shared::Command;
use shared::id::{DeliverableId, MilestoneId};
use shared::project::deliverable::{Content, DeliverableCommand, DeliverableIntent, NewDeliverable, NewVersion};
use shared::project::{ProjectCommand, ProjectIntent};

use super::script::{Line, Script};
use super::{DemoError, id, person, project, task};

/// A deliverable as it is written down.
struct Delivered {
    project: &'static str,
    lead: &'static str,
    name: &'static str,
    criteria: &'static str,
    task: Option<&'static str>,
    producer: &'static str,
    accepter: Option<&'static str>,
    /// Address, what is different, and what became of it.
    versions: &'static [(&'static str, &'static str, Fate)],
}

/// What became of a version.
#[derive(Clone, Copy)]
enum Fate {
    Waits,
    Accepted,
    Returned(&'static str),
}

const ALL: [Delivered; 6] = [
    Delivered {
        project: "points-mall",
        lead: "lin.xiao",
        name: "产品需求文档",
        criteria: "- 覆盖兑换、退款、过期三条主流程\n- 每条规则有验收用例\n- 法务、财务已会签",
        task: None,
        producer: "wang.ke",
        accepter: None,
        versions: &[
            (
                "https://docs.qiming.example/points/prd-1",
                "初稿",
                Fate::Returned("退款流程缺少部分退款的情况，请补充。"),
            ),
            ("https://docs.qiming.example/points/prd-2", "补充部分退款与会签记录", Fate::Accepted),
        ],
    },
    Delivered {
        project: "points-mall",
        lead: "lin.xiao",
        name: "UI 设计稿",
        criteria: "- 首页、详情、兑换结果三页齐全\n- 深色与浅色两套\n- 360 px 可用",
        task: None,
        producer: "su.wan",
        accepter: None,
        versions: &[(
            "https://design.qiming.example/points/1",
            "首页与详情页",
            Fate::Returned("缺少深色模式，列表在 360 px 下换行错位。"),
        )],
    },
    Delivered {
        project: "points-mall",
        lead: "lin.xiao",
        name: "商城首页接口文档",
        criteria: "字段命名与前端确认一致，错误码完整，附可运行的示例。",
        task: Some("商城首页接口文档"),
        producer: "li.qiang",
        accepter: Some("zhou.ning"),
        versions: &[("https://docs.qiming.example/points/home-api", "统一了字段命名", Fate::Waits)],
    },
    Delivered {
        project: "points-mall",
        lead: "lin.xiao",
        name: "测试报告",
        criteria: "回归用例全部执行，无严重缺陷，性能达到 500 次/秒。",
        task: None,
        producer: "feng.xue",
        accepter: None,
        versions: &[],
    },
    Delivered {
        project: "relaunch",
        lead: "sophie.turner",
        name: "Site map",
        criteria: "Every page of the old site is kept, merged or dropped, with a reason.",
        task: None,
        producer: "luo.wei",
        accepter: None,
        versions: &[("https://docs.qiming.example/relaunch/site-map", "Twenty-two pages", Fate::Accepted)],
    },
    Delivered {
        project: "relaunch",
        lead: "sophie.turner",
        name: "Brand pictures",
        criteria: "Three widths each, alternative texts in both languages.",
        task: None,
        producer: "lucas.martin",
        accepter: None,
        versions: &[],
    },
];

/// Hands in and decides what is written down.
pub(super) async fn load(script: &Script) -> Result<(), DemoError> {
    for delivered in &ALL {
        for line in delivered.lines() {
            script.run_one(line).await?;
        }
    }
    let intent = ProjectIntent::MoveMilestone {
        milestone: MilestoneId::new(id("milestone", "relaunch/Content complete")),
        date: script.day(20),
        why: "The product names were settled two days late".to_owned(),
    };
    let moved = ProjectCommand::On { project: project("relaunch"), intent };
    script.run_one((person("sophie.turner"), Command::Project(moved))).await
}

impl Delivered {
    fn lines(&self) -> Vec<Line> {
        let deliverable = DeliverableId::new(id("deliverable", &format!("{}/{}", self.project, self.name)));
        let (lead, producer) = (person(self.lead), person(self.producer));
        let accepter = self.accepter.map(person);
        let on = |intent| Command::Deliverable(DeliverableCommand { project: project(self.project), intent });
        let add = DeliverableIntent::Add(NewDeliverable {
            id: deliverable,
            name: self.name.to_owned(),
            criteria: self.criteria.to_owned(),
            task: self.task.map(|name| task(self.project, name)),
            producer,
            accepter,
        });
        let mut lines = vec![(lead, on(add))];
        for (number, (link, note, fate)) in (1..).zip(self.versions) {
            let version = NewVersion { content: Content::Link((*link).to_owned()), note: (*note).to_owned() };
            lines.push((producer, on(DeliverableIntent::HandIn { deliverable, version })));
            let decided = match fate {
                Fate::Waits => None,
                Fate::Accepted => Some(DeliverableIntent::Accept { deliverable, version: number }),
                Fate::Returned(reason) => {
                    let reason = (*reason).to_owned();
                    Some(DeliverableIntent::Return { deliverable, version: number, reason })
                }
            };
            lines.extend(decided.map(|intent| (accepter.unwrap_or(lead), on(intent))));
        }
        lines
    }
}
