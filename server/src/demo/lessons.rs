//! The reports of the incidents of the last five months.

use super::review::Review;

pub(super) const SMS_CODES: Review = Review {
    noticed: "客服在二十分钟内接到 15 通同类来电后上报；监控没有告警。",
    impact: "手机号登录不可用，邮箱登录正常。",
    affected: 320,
    minutes: 114,
    factors: "短信签名的备案联系人已离职，供应商的停用通知发到了他的邮箱。",
    whys: &[
        "为什么收不到验证码？供应商停用了我们的短信签名。",
        "为什么停用？签名备案到期，没有续期。",
        "为什么没有续期？通知发给了离职同事。",
        "为什么没有更换联系人？离职交接清单里没有外部账号。",
        "为什么没有监控发现？只监控了提交成功率，没有监控送达率。",
    ],
    root_cause: "外部账号的联系人没有纳入离职交接，送达率没有监控。",
    temporary_fix: "切换到备用短信通道。",
    permanent_fix: "备用通道自动切换；备案联系人改为公共邮箱。",
    worked: "客服第一时间引导客户改用邮箱登录。",
    did_not: "发现问题靠客户来电，而不是监控。",
    measures: &[("短信送达率低于 90% 时告警", "priya.nair", 14), ("离职交接清单加入外部账号", "zheng.jia", 21)],
};

pub(super) const DOOR_CARDS: Review = Review {
    noticed: "行政同事刷卡时发现。",
    impact: "八间会议室只能用备用钥匙打开。",
    affected: 40,
    minutes: 200,
    whys: &[
        "为什么刷卡失效？控制器认为卡片已过期。",
        "为什么认为过期？控制器的时间快了两小时。",
        "为什么时间不准？控制器从未对时。",
    ],
    root_cause: "门禁控制器安装时没有配置对时。",
    permanent_fix: "所有控制器改为自动对时。",
    measures: &[("门禁与考勤设备列入每月巡检", "zheng.jia", 20)],
    ..Review::EMPTY
};

pub(super) const CHECKOUT: Review = Review {
    noticed: "市场部同事在投放页面走查时发现，同时错误率告警。",
    impact: "结算页全部报错，晚间活动暂停 50 分钟。",
    affected: 1_900,
    minutes: 52,
    factors: "发布在晚高峰进行；值班负责人的手机静音。",
    whys: &[
        "为什么结算报错？新版本读取不到一个配置项。",
        "为什么读取不到？配置只加在了测试环境。",
        "为什么没有加到生产环境？发布单里没有这一项。",
        "为什么发布单会漏？配置变更靠人记。",
        "为什么预发布没有发现？预发布用的是测试环境的配置。",
    ],
    root_cause: "配置变更不随代码一起发布，也没有在启动时校验。",
    temporary_fix: "回滚到上一个版本。",
    permanent_fix: "服务启动时校验必需的配置项，缺失则拒绝启动。",
    worked: "回滚步骤有文档，二十分钟内完成。",
    did_not: "五分钟内没有人接手，由后备值班人接手。",
    measures: &[
        ("启动时校验必需的配置项", "li.qiang", 14),
        ("晚高峰禁止发布，写入发布规范", "feng.xue", 7),
        ("值班手机设为强制响铃", "zhou.ning", 7),
    ],
};

pub(super) const COURIERS: Review = Review {
    noticed: "一小时内 12 位客户来电投诉。",
    impact: "140 件次日达包裹平均晚到两天，赔付 4,200 元。",
    affected: 140,
    minutes: 262,
    factors: "周末承运商分拨中心人手不足，没有通知我们。",
    whys: &[
        "为什么没有按时送达？包裹滞留在分拨中心。",
        "为什么滞留？承运商周末停了一条分拣线。",
        "为什么我们不知道？对方没有义务通知。",
        "为什么没有自己发现？没有跟踪在途超时的包裹。",
    ],
    root_cause: "对次日达的承诺没有在途跟踪，合同里也没有异常通知条款。",
    temporary_fix: "改派其他承运商并逐单回访。",
    permanent_fix: "在途超过 12 小时没有扫描即预警。",
    worked: "补偿方案十分钟内批准，客户情绪平稳。",
    did_not: "组长一直在通话，错过一次进度更新；解决用时超过四小时。",
    measures: &[
        ("在途包裹 12 小时无扫描预警", "han.bing", 30),
        ("与承运商补签异常通知条款", "shen.yiming", 45),
        ("组长通话时由副组长更新进度", "cao.ying", 7),
    ],
};

pub(super) const LAPTOP: Review = Review {
    noticed: "The owner noticed it ten minutes after leaving the train and reported it from a phone.",
    impact: "No sign that anybody read the notes; the disk is encrypted.",
    affected: 23,
    minutes: 75,
    factors: "The notes were kept on the laptop because the train has no reliable network.",
    whys: &[
        "Why were notes on the laptop? They are written on the way to interviews.",
        "Why did they stay there? Nothing moves them to the server.",
        "Why not? The folder is outside the one that is synchronised.",
    ],
    root_cause: "Personal data may be kept outside the synchronised folder for any length of time.",
    temporary_fix: "Wiped the laptop and ended all sessions of the account.",
    permanent_fix: "The notes folder is synchronised and emptied every night.",
    worked: "It was reported at once; the wipe took less than an hour.",
    did_not: "It took a while to find out whose phone numbers were in the notes.",
    measures: &[
        ("Synchronise and empty the notes folder every night", "daniel.chen", 21),
        ("Keep a list of wiped laptops in the on-call notes", "priya.nair", 10),
    ],
};

pub(super) const EXPORT: Review = Review {
    noticed: "Operations noticed the missing column when closing the month.",
    impact: "Six reports had to be generated again.",
    affected: 6,
    minutes: 340,
    whys: &[
        "Why was the column empty? The export asked for a name that no longer exists.",
        "Why did nobody notice? A missing column is exported as an empty one.",
    ],
    root_cause: "The export treats a missing column as an empty one.",
    permanent_fix: "A missing column is now an error.",
    measures: &[("Check exports against the columns of the tables", "he.miao", 18)],
    ..Review::EMPTY
};

pub(super) const PICTURES: Review = Review {
    noticed: "市场部同事用旧手机查看商品页时发现。",
    impact: "约三分之一的手机访客看不到商品图，当天转化率下降 9%。",
    affected: 700,
    minutes: 171,
    factors: "图片缓存分布在六个节点，清理需要逐个进行。",
    whys: &[
        "为什么图片不显示？旧机型不支持新图片格式。",
        "为什么发给了旧机型？判断机型的规则写反了。",
        "为什么测试没有发现？测试机都是新机型。",
    ],
    root_cause: "图片格式的回退规则没有在旧机型上测试。",
    temporary_fix: "旧机型回退到原来的图片格式。",
    permanent_fix: "回退规则加入自动化测试，覆盖六款旧机型。",
    worked: "前端与测试配合，回退一次成功。",
    did_not: "一个人扛了两小时才组队，接手也超时。",
    measures: &[
        ("采购六款旧机型用于测试", "feng.xue", 30),
        ("图片缓存一键清理", "xu.nuo", 28),
        ("一小时没有头绪就组队，写入值班手册", "zhou.ning", 7),
    ],
};

pub(super) const ORDERS: Review = Review {
    noticed: "下单成功率告警与运营上报几乎同时。",
    impact: "大促首日 83 分钟内约 5,200 位客户无法提交订单，活动顺延两小时。",
    affected: 5_200,
    minutes: 83,
    factors: "压测使用的是日常数据量；限流阈值按去年大促设置。",
    whys: &[
        "为什么无法提交订单？下单接口超时。",
        "为什么超时？数据库连接数打满。",
        "为什么打满？库存校验的查询每次扫描全表。",
        "为什么扫描全表？新增的促销条件没有索引。",
        "为什么上线前没有发现？压测数据里没有促销记录。",
    ],
    root_cause: "压测数据与大促不符，新查询没有经过索引检查。",
    temporary_fix: "限流，七成订单可以提交。",
    permanent_fix: "补上索引；慢查询检查加入发布流程。",
    worked: "两分钟接手、十分钟组队，客服公告及时。",
    did_not: "在线建索引没有预案，超出一小时的时限 23 分钟。",
    measures: &[
        ("压测数据按大促规模生成", "feng.xue", 25),
        ("发布流程加入慢查询检查", "li.qiang", 20),
        ("大促限流预案与演练", "sun.hao", 90),
    ],
};

pub(super) const PUSH: Review = Review {
    noticed: "Product saw complaints in the store reviews.",
    impact: "8,400 people got the same message up to four times; 130 turned notifications off.",
    affected: 8_400,
    minutes: 168,
    factors: "There were two causes, and the first fix hid the second one.",
    whys: &[
        "Why was it sent twice? A worker that restarted took its batch again.",
        "Why again? A batch was marked only after it was sent.",
        "Why did phones still get two? Their old tokens were on the list too.",
        "Why were they still there? Nothing removes a token when the phone gets a new one.",
    ],
    root_cause: "Sending was not safe to repeat, and old tokens were never removed.",
    temporary_fix: "Stopped the queue.",
    permanent_fix: "A batch is marked before it is sent; tokens that are replaced are removed.",
    worked: "The queue could be stopped without losing anything.",
    did_not: "We called it resolved after checking only one kind of phone.",
    measures: &[
        ("Test that a killed worker sends nothing twice", "daniel.chen", 16),
        ("Test fixes of push messages on both kinds of phone", "priya.nair", 12),
    ],
};

pub(super) const PHISHING: Review = Review {
    noticed: "A colleague forwarded the email because the sender looked odd.",
    impact: "17 people received it; nobody entered a password.",
    affected: 17,
    minutes: 95,
    whys: &[
        "Why did it get through? The domain was a day old and on no list.",
        "Why did it look real? It is one letter away from ours.",
    ],
    root_cause: "Email from domains that look like ours is not marked.",
    temporary_fix: "Blocked the domain and removed the emails.",
    measures: &[("全员反钓鱼培训", "zheng.jia", 24), ("Mark email from outside the company", "he.miao", 15)],
    ..Review::EMPTY
};

pub(super) const TICKETS: Review = Review {
    noticed: "客服早班打开第一张工单时发现。",
    impact: "两小时内客服看不到客户发来的图片，首次响应平均变慢 6 分钟。",
    affected: 25,
    minutes: 118,
    factors: "附件域名是去年临时增加的，不在证书清单里。",
    whys: &[
        "为什么打不开附件？证书过期。",
        "为什么没有续期？不在自动续期的清单里。",
        "为什么不在清单里？临时域名没有登记。",
        "为什么没有告警？证书监控按清单进行。",
    ],
    root_cause: "域名与证书没有统一登记。",
    temporary_fix: "请客户改用邮件发送图片。",
    permanent_fix: "更换证书并接入自动续期。",
    worked: "原因十分钟内找到。",
    did_not: "申请证书的账号只有一个人有。",
    measures: &[("清点全部域名并接入自动续期", "he.miao", 14), ("证书到期前 30 天告警", "li.qiang", 60)],
};

pub(super) const SEARCH: Review = Review {
    noticed: "The frontend team saw searches take four seconds.",
    impact: "12,000 new items could not be found for two hours.",
    affected: 410,
    minutes: 136,
    factors: "Snapshots of the index are kept forever on the disk of the index itself.",
    whys: &[
        "Why were items left out? The index node was read-only.",
        "Why? Its disk was full.",
        "Why? It held a year of snapshots.",
        "Why did nobody know? The alert watches the other disk.",
    ],
    root_cause: "Snapshots are never removed, and the disk that they fill is not watched.",
    temporary_fix: "Removed the old snapshots.",
    permanent_fix: "Snapshots go to other storage and are kept for two weeks.",
    worked: "The fallback was available within minutes.",
    did_not: "Nobody knew how long it takes to index everything.",
    measures: &[("Watch the disk of the index", "priya.nair", 50), ("Move snapshots to other storage", "li.qiang", 70)],
};

pub(super) const CREDITS: Review = Review {
    noticed: "客户来电，称到账金额只有页面所写的十分之一。",
    impact: "75 位客户少收优惠，差额共 1,350 元。",
    affected: 75,
    minutes: 58,
    factors: "发券后台没有复核，金额输入框不显示单位。",
    whys: &[
        "为什么金额不符？配置的金额少了一位。",
        "为什么会配错？后台以分为单位，页面没有标明。",
        "为什么没有发现？发券不需要第二个人复核。",
    ],
    root_cause: "发券金额没有单位提示，也没有复核。",
    temporary_fix: "停止发券并补足差额。",
    permanent_fix: "后台以元为单位显示，超过阈值需要复核。",
    worked: "三分钟接手，一小时内全部补足。",
    did_not: "运营事后才知道，应一开始就拉进小组。",
    measures: &[("发券后台显示单位并增加复核", "xu.nuo", 40), ("紧急问题涉及活动时同时通知运营", "cao.ying", 30)],
};
