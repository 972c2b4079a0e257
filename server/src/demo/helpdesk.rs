//! 客服知识库: a project of a smaller department.

use super::plan::{COLUMNS_ZH, Job, Plan, job};

/// The project.
pub(super) fn plan() -> Plan {
    Plan {
        slug: "helpdesk",
        name: "客服知识库",
        lead: "cao.ying",
        contact: "曹颖 分机 8701",
        background: "客服答案散落在群聊与个人文档里，新人上手平均需要六周。",
        problem: "同一问题多种答复；热门问题重复人工回答占 43%。",
        results: &["收录 300 条标准答复", "首次响应时间缩短到 60 秒内", "新人上手时间缩短到三周"],
        open: true,
        start: -14,
        milestones: &[("分类体系确认", -6, true), ("首批 100 条上线", 8, false), ("全员切换", 25, false)],
        departments: &[
            ("service", "cao.ying", "内容编写与维护"),
            ("product", "lin.xiao", "产品口径审核"),
            ("quality", "feng.xue", "检索效果测试"),
        ],
        members: &["he.miao", "bai.lu"],
        observers: &["shen.yiming"],
        columns: COLUMNS_ZH,
        tasks: [ideas(), to_do(), doing(), submitted(), done()],
    }
}

fn ideas() -> Vec<Job> {
    vec![
        job("智能推荐答复", "he.miao").low().labels(&["二期"]),
        job("答复有用/无用评价", "wang.ke").low().labels(&["二期", "产品"]),
    ]
}

fn to_do() -> Vec<Job> {
    vec![
        job("编写退换货类答复", "ma.chao").due(5).labels(&["内容"]).after("分类体系", 1).steps(&[
            ("七天无理由", false),
            ("质量问题", false),
            ("运费承担", false),
        ]),
        job("编写账户安全类答复", "ma.chao").due(8).labels(&["内容"]),
        job("检索效果测试集", "feng.xue").due(9).labels(&["测试"]).about("从近三个月的工单中抽取 200 条真实提问。"),
        job("全员培训材料", "cao.ying").due(20).labels(&["培训"]).after("检索效果测试集", 3),
    ]
}

fn doing() -> Vec<Job> {
    vec![
        job("编写积分商城类答复", "ma.chao")
            .due(3)
            .high()
            .labels(&["内容"])
            .with(&["lin.xiao"])
            .at(40, "兑换失败类完成")
            .said("ma.chao", "@林晓 积分退回的时限是 24 小时还是 48 小时？")
            .said("lin.xiao", "24 小时内自动退回。"),
        job("历史工单归类", "cao.ying").due(2).labels(&["内容"]).hours(40).at(70, "已归类 2,100 / 3,000 条"),
        job("知识库图标与封面", "bai.lu").due(4).low().labels(&["设计"]).at(20, "两版草图"),
        job("旧文档批量导入", "he.miao").due(6).labels(&["技术"]).waits_for("service", "需客服部确认旧文档的取舍清单"),
    ]
}

fn submitted() -> Vec<Job> {
    vec![job("答复模板与写作规范", "cao.ying").due(0).high().labels(&["内容"]).at(100, "三段式：结论、步骤、补充")]
}

fn done() -> Vec<Job> {
    vec![
        job("分类体系", "cao.ying").due(-6).high().labels(&["内容"]).about("8 个一级分类、41 个二级分类。"),
        job("高频问题统计", "ma.chao").due(-9).labels(&["内容"]),
        job("权限方案", "lin.xiao").due(-7).labels(&["产品"]),
    ]
}
