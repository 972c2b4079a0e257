//! 组织调整方案: a project that only its few members may know of.

use super::plan::{COLUMNS_ZH, Job, Plan, job};

/// The project.
pub(super) fn plan() -> Plan {
    Plan {
        slug: "restructuring",
        name: "组织调整方案（保密）",
        lead: "gao.yuan",
        contact: "高远 分机 8002",
        background: "华东分公司将于下季度并入总部，需要提前完成组织与岗位方案。公布之前仅限项目成员知悉。",
        problem: "两地职能重叠，汇报关系不清；方案提前外泄会影响团队稳定。",
        results: &["新组织架构经管理层批准", "关键岗位保留率不低于 95%", "公布当天完成全部一对一沟通"],
        open: false,
        start: -10,
        milestones: &[("现状盘点完成", -2, true), ("方案批准", 12, false), ("公布", 26, false)],
        departments: &[],
        members: &["chen.qiming", "wu.min", "zheng.jia", "sun.hao"],
        observers: &[],
        columns: COLUMNS_ZH,
        tasks: [ideas(), to_do(), doing(), submitted(), done()],
    }
}

fn ideas() -> Vec<Job> {
    vec![job("远程办公试点", "zheng.jia").low(), job("职级体系对齐", "wu.min").low().labels(&["人事"])]
}

fn to_do() -> Vec<Job> {
    vec![
        job("一对一沟通名单", "wu.min").due(15).high().labels(&["人事"]).after("新架构草案", 3),
        job("公布会议议程", "gao.yuan").due(22).labels(&["沟通"]),
        job("系统权限调整清单", "sun.hao").due(20).labels(&["技术"]),
    ]
}

fn doing() -> Vec<Job> {
    vec![
        job("新架构草案", "gao.yuan")
            .due(6)
            .high()
            .labels(&["方案"])
            .with(&["chen.qiming", "wu.min"])
            .at(55, "两套备选")
            .said("chen.qiming", "@高远 倾向第二套，请补充成本对比。"),
        job("关键岗位保留计划", "wu.min").due(8).high().labels(&["人事"]).at(30, "名单已定，方案待议"),
        job("劳动法合规审查", "zheng.jia").due(4).labels(&["合规"]).at(60, "等待外部律师意见"),
    ]
}

fn submitted() -> Vec<Job> {
    vec![job("成本测算", "zheng.jia").due(1).labels(&["方案"]).at(100, "")]
}

fn done() -> Vec<Job> {
    vec![
        job("现状盘点", "wu.min").due(-2).labels(&["人事"]).about("两地共 214 个岗位，重叠 31 个。"),
        job("保密协议签署", "zheng.jia").due(-8).high().labels(&["合规"]),
    ]
}
