//! 积分商城上线: the project of the guide's examples, in full.

use super::plan::{COLUMNS_ZH, Job, Plan, job};

/// The project.
pub(super) fn plan() -> Plan {
    Plan {
        slug: "points-mall",
        name: "积分商城上线",
        lead: "lin.xiao",
        contact: "林晓 分机 8202",
        background: "为提升用户活跃度，Q3 上线积分商城功能。\n\n过去两个季度，月活用户增长停在 2%，签到积分累计 3,200 万却没有消耗的去处，用户反馈「积分没有用」。管理层在年度规划中把积分商城列为 Q3 重点项目。",
        problem: "积分只能攒、不能花：用户缺少回访的理由，运营缺少低成本的激励手段，市场活动也没有统一的奖品出口。",
        results: &[
            "上线后 30 天内月活用户提升 8%",
            "积分消耗率从 0 提升到 25%",
            "兑换流程 3 步内完成，支付成功率不低于 98%",
            "大促期间首页响应时间 P95 低于 800 毫秒",
        ],
        open: true,
        start: -35,
        milestones: &[
            ("需求评审完成", -21, true),
            ("UI 设计定稿", -4, false),
            ("开发完成", 12, false),
            ("测试通过", 21, false),
            ("正式上线", 28, false),
        ],
        departments: &[
            ("product", "lin.xiao", "需求与验收"),
            ("tech", "sun.hao", "系统开发、接口与上线保障"),
            ("design", "su.wan", "UI 设计与品牌规范"),
            ("marketing", "tang.yue", "推广方案制定"),
            ("operations", "shen.yiming", "商品选品与活动运营"),
            ("service", "cao.ying", "客服话术与培训"),
        ],
        members: &["zheng.jia"],
        observers: &["chen.qiming"],
        columns: COLUMNS_ZH,
        tasks: [ideas(), to_do(), doing(), submitted(), done()],
    }
}

fn ideas() -> Vec<Job> {
    vec![
        job("积分转赠给好友", "wang.ke")
            .low()
            .labels(&["二期"])
            .about("用户调研中 31% 的受访者希望把积分送给家人。需要评估刷分风险。"),
        job("商城接入小程序", "zhou.ning").low().labels(&["二期", "前端"]).hours(60),
        job("积分过期提醒", "wang.ke").labels(&["产品"]).about("到期前 30 天、7 天、1 天各提醒一次，用户可关闭。"),
        job("企业客户专属兑换区", "zhao.mingxuan").low().labels(&["二期"]),
        job("Dark mode for the mall pages", "emma.wilson")
            .low()
            .labels(&["前端"])
            .about("The tokens are there already; the product images need a neutral backdrop."),
        job("节日主题皮肤", "bai.lu").low().labels(&["设计"]),
        job("积分抽奖活动页", "han.bing").labels(&["运营"]).said("shen.yiming", "先确认抽奖的合规要求，再排期。"),
    ]
}

fn to_do() -> Vec<Job> {
    vec![
        job("积分商城后台：商品管理", "he.miao").due(6).high().hours(32).labels(&["后端"]).after("商品数据模型设计", 1)
            .about("运营可新增、上下架、调库存。\n\n- 列表支持按分类与状态筛选\n- 每次修改写操作日志\n- 批量导入使用 CSV 模板")
            .steps(&[("商品增删改查", false), ("上下架与库存", false), ("操作日志", false), ("CSV 批量导入", false)]),
        job("订单状态流转与超时取消", "daniel.chen").due(8).high().hours(24).labels(&["后端"]).after("兑换接口开发", 1)
            .about("Redeemed → packed → shipped → received. An order that is not confirmed within 30 minutes gives its points back."),
        job("兑换结果页开发", "xu.nuo").due(7).hours(12).labels(&["前端"]).after("积分商城UI设计", 3),
        job("积分明细页开发", "emma.wilson").due(9).hours(16).labels(&["前端"]).after("积分商城UI设计", 3),
        job("压力测试方案", "feng.xue").due(10).labels(&["测试"]).with(&["li.qiang"])
            .about("目标：2,000 次/秒兑换请求，持续 10 分钟，P95 低于 800 毫秒。"),
        job("端到端回归用例", "feng.xue").due(14).high().labels(&["测试"]).hours(30).after("兑换接口开发", 2),
        job("上线推广海报", "bai.lu").due(15).labels(&["设计", "市场"]).after("推广方案制定", 2),
        job("公众号推文三篇", "luo.wei").due(18).labels(&["市场"]).after("推广方案制定", 3)
            .steps(&[("预热篇", false), ("上线篇", false), ("攻略篇", false)]),
        job("客服话术与常见问题", "ma.chao").due(16).labels(&["客服"]).with(&["cao.ying"])
            .about("覆盖兑换失败、物流查询、积分退回三类高频问题。"),
        job("客服培训", "cao.ying").due(20).labels(&["客服"]).after("客服话术与常见问题", 2),
        job("首批 50 个商品上架", "han.bing").due(17).high().labels(&["运营"]).after("积分商城后台：商品管理", 3).after("供应商合同签署", 5),
        job("灰度发布方案", "sun.hao").due(19).labels(&["上线"]).with(&["li.qiang", "zhou.ning"]),
        job("上线检查清单", "lin.xiao").due(24).labels(&["上线"]).after("端到端回归用例", 3)
            .steps(&[("监控与告警就绪", false), ("回滚演练完成", false), ("客服排班确认", false), ("公告文案定稿", false)]),
    ]
}

fn doing() -> Vec<Job> {
    vec![
        job("积分商城UI设计", "su.wan").due(2).high().hours(40).labels(&["设计"]).with(&["lin.xiao", "bai.lu"]).after("需求文档确认", 3)
            .about("完成首页、商品详情页 UI 稿，符合品牌规范。\n\n## 交付物\n\n1. 首页、商品详情页、兑换确认页高保真稿\n2. 组件标注与切图\n3. 深色模式对照稿\n\n参考：[品牌规范 3.0](https://brand.qiming.example/guide)")
            .steps(&[("首页", true), ("商品详情页", true), ("兑换确认页", true), ("空状态与异常页", false), ("标注与切图", false)])
            .at(80, "已完成 80%，剩余异常页与标注")
            .said("lin.xiao", "首页的积分余额再突出一些，@苏婉 周五前能出终稿吗？")
            .said("su.wan", "可以。异常页由 @白露 补齐，我来收口标注。")
            .said("zhou.ning", "前端需要在开发前 3 天拿到设计稿，请尽量保证时间。"),
        job("前端页面开发：首页与详情页", "zhou.ning").due(9).high().hours(48).labels(&["前端"]).with(&["xu.nuo", "emma.wilson"]).after("积分商城UI设计", 3)
            .at(20, "脚手架与路由已完成，等待设计终稿")
            .steps(&[("路由与布局", true), ("首页瀑布流", false), ("商品详情", false), ("埋点", false)]),
        job("兑换接口开发", "li.qiang").due(5).high().hours(36).labels(&["后端"]).with(&["daniel.chen"]).after("商品数据模型设计", 1)
            .about("扣减积分与生成订单必须在同一事务内；重复提交返回同一订单。")
            .at(60, "主流程已通，正在补幂等")
            .said("daniel.chen", "Idempotency keys are in; I still want a test that kills the process between the two writes.")
            .said("li.qiang", "@Daniel Chen 赞同，放进集成测试里。"),
        job("第三方物流对接", "he.miao").due(3).high().hours(20).labels(&["后端"]).waits_for("operations", "需运营部提供物流商的接口账号")
            .at(30, "签名算法已实现，缺少联调账号"),
        job("推广方案制定", "tang.yue").due(4).hours(16).labels(&["市场"]).with(&["luo.wei", "sophie.turner"])
            .about("渠道、预算、节奏与目标。预算上限 20 万元。")
            .steps(&[("渠道清单", true), ("预算表", true), ("投放节奏", false)]).at(65, "等待商品清单以确定主推款"),
        job("供应商合同签署", "shen.yiming").due(1).high().labels(&["运营"]).with(&["zheng.jia"])
            .at(70, "三家已签两家").said("zheng.jia", "第三家的合同法务今天回。"),
        job("会员等级与积分倍率规则", "wang.ke").due(-2).labels(&["产品"]).at(50, "进度滞后 2 天，需与财务确认倍率上限")
            .about("| 等级 | 倍率 |\n| --- | --- |\n| 普通 | 1.0 |\n| 银卡 | 1.2 |\n| 金卡 | 1.5 |"),
        job("运营活动配置后台", "xu.nuo").due(11).hours(28).labels(&["前端"]).waits_for("tech", "需技术部提供接口文档").with(&["han.bing"])
            .said("xu.nuo", "@孙浩 接口文档什么时候能给？现在只能按假数据开发。"),
        job("Fraud rules for point farming", "daniel.chen").due(6).hours(24).labels(&["后端", "风控"])
            .about("Limit by account, device and address:\n\n- more than 5 redemptions an hour goes to review\n- new accounts wait 48 hours\n- every refusal is logged with its rule")
            .at(40, "Rules engine done, thresholds open"),
        job("数据埋点与看板", "priya.nair").due(12).hours(18).labels(&["数据"]).with(&["wang.ke"])
            .about("Events: view, redeem, confirm, fail. The dashboard answers the four expected results of the project.").at(35, "Events agreed with product"),
    ]
}

fn submitted() -> Vec<Job> {
    vec![
        job("积分账户迁移脚本", "priya.nair")
            .due(0)
            .high()
            .hours(20)
            .labels(&["后端", "数据"])
            .at(100, "Dry run on a copy: 3.2 million accounts in 11 minutes")
            .about("旧积分表迁移到新账户模型，可重复执行，核对总额。")
            .said("lin.xiao", "请附上总额核对的截图，@Priya Nair 谢谢。"),
        job("商城首页接口文档", "li.qiang").due(-1).labels(&["后端", "文档"]).at(95, "待前端确认字段命名"),
        job("商品图片规范", "lucas.martin")
            .due(1)
            .labels(&["设计"])
            .about("Square, 1,200 px, neutral backdrop, no text in the picture.")
            .at(100, ""),
        job("竞品分析报告", "wang.ke").due(-3).low().labels(&["产品"]).at(100, "五家竞品，附体验录屏"),
        job("服务器容量评估", "sun.hao").due(2).labels(&["上线"]).at(90, "建议增加 2 台应用服务器"),
    ]
}

fn done() -> Vec<Job> {
    vec![
        job("需求文档确认", "lin.xiao")
            .due(-22)
            .high()
            .hours(24)
            .labels(&["产品"])
            .with(&["zhao.mingxuan", "sun.hao"])
            .about("需求文档 V1.2，已由产品、技术、设计、运营四方确认。")
            .steps(&[("功能清单", true), ("流程图", true), ("验收标准", true)])
            .said("zhao.mingxuan", "验收标准写得很清楚，通过。"),
        job("项目启动会", "lin.xiao").due(-33).labels(&["产品"]).about("明确目标、关键节点、参与部门及职责分工。"),
        job("需求评审", "lin.xiao").due(-21).high().labels(&["产品"]).after("需求文档确认", 1),
        job("用户调研问卷", "wang.ke").due(-28).labels(&["产品"]).about("回收 1,280 份，有效 1,164 份。"),
        job("技术方案评审", "sun.hao")
            .due(-17)
            .high()
            .labels(&["后端"])
            .with(&["li.qiang", "zhou.ning", "daniel.chen"])
            .after("需求评审", 1),
        job("商品数据模型设计", "he.miao").due(-12).hours(16).labels(&["后端"]).after("技术方案评审", 1),
        job("品牌规范更新", "bai.lu").due(-15).labels(&["设计"]),
        job("低保真原型", "su.wan").due(-14).labels(&["设计"]).after("需求评审", 2),
        job("预算审批", "shen.yiming").due(-19).labels(&["运营"]).with(&["chen.qiming"]),
        job("首批选品清单", "han.bing")
            .due(-8)
            .labels(&["运营"])
            .about("50 个商品：数码 12、家居 18、图书 10、虚拟权益 10。"),
        job("测试环境搭建", "feng.xue").due(-10).labels(&["测试"]),
        job("积分规则法务审核", "zheng.jia").due(-9).labels(&["合规"]),
    ]
}
