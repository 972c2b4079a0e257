//! 紧急问题整改: the project in which the measures of incident reports become tasks.

use super::plan::{COLUMNS_ZH, Column, Plan};

/// Names it within the demo.
pub(super) const SLUG: &str = "follow-ups";
/// Where what is done goes.
pub(super) const DONE: Column = COLUMNS_ZH[4];

/// The project, without its tasks: they come from the incidents.
pub(super) fn plan() -> Plan {
    Plan {
        slug: SLUG,
        name: "紧急问题整改",
        lead: "sun.hao",
        contact: "孙浩 分机 8301",
        background: "每份紧急问题处理报告都留下预防措施。此前措施散落在会议纪要里，没有人跟到底。",
        problem: "去年有四起问题因同一原因重复发生；三成的预防措施过期未办。",
        results: &["预防措施按期完成率不低于 90%", "同一原因的问题不再重复发生"],
        open: true,
        start: -165,
        milestones: &[("上半年复盘", -60, true), ("年度复盘", 45, false)],
        departments: &[
            ("tech", "sun.hao", "技术类措施"),
            ("service", "cao.ying", "客服类措施"),
            ("operations", "shen.yiming", "运营与承运商"),
            ("people", "zheng.jia", "行政与信息安全培训"),
        ],
        members: &[
            "li.qiang",
            "daniel.chen",
            "priya.nair",
            "zhou.ning",
            "he.miao",
            "xu.nuo",
            "feng.xue",
            "ma.chao",
            "han.bing",
        ],
        observers: &["chen.qiming"],
        columns: COLUMNS_ZH,
        tasks: [const { Vec::new() }; 5],
    }
}
