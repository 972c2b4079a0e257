//! The incidents of the last five months, the oldest first: their times are minutes after the report.

use jiff::civil::Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
use shared::incident::IncidentKind::{Complaint, Other, Security, Technical};
use shared::incident::Severity::{Normal, Severe, Urgent};

use super::case::{Story, story};
use super::lessons;

/// An hour and a day in minutes.
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// All of them.
pub(super) fn all() -> Vec<Story> {
    vec![
        sms_codes(),
        door_cards(),
        checkout(),
        couriers(),
        laptop(),
        export(),
        pictures(),
        orders(),
        spinning(),
        push(),
        attendance(),
        phishing(),
        tickets(),
        search(),
        credits(),
    ]
}

fn sms_codes() -> Story {
    story("sms-codes", ((-22, Tuesday, 10, 12), "ma.chao"), (Technical, Severe), "登录短信验证码收不到")
        .hits(320, "使用手机号登录的客户，上午九点半起陆续来电。")
        .take(6, "priya.nair")
        .says(12, "ma.chao", "@Priya Nair 三大运营商都有，不是个别号段。")
        .update(
            33,
            "priya.nair",
            "The channel accepts our messages and delivers none of them. I have called the provider.",
        )
        .team(
            (48, "priya.nair"),
            ("sun.hao", "priya.nair"),
            &[
                ("技术：查短信通道与发送队列", "priya.nair", 120, 100),
                ("客服：引导客户改用邮箱登录", "ma.chao", 80, 71),
            ],
        )
        .update(60, "sun.hao", "供应商确认通道签名被停用。正在切换备用通道。")
        .contain(72, "sun.hao", "备用通道已启用，新验证码可以收到。")
        .update(88, "sun.hao", "备用通道送达率 97%。主通道签名已提交复审。")
        .update(115, "sun.hao", "签名复审通过，正在小流量验证主通道。")
        .resolve(126, "sun.hao", "重新备案短信签名并恢复主通道，备用通道改为自动切换。")
        .confirm(150)
        .close(DAY + 5 * HOUR, "sun.hao", &lessons::SMS_CODES)
}

fn door_cards() -> Story {
    story("door-cards", ((-20, Thursday, 15, 40), "zheng.jia"), (Other, Normal), "会议室门禁刷卡失效")
        .hits(40, "三楼与四楼的会议室。")
        .take(55, "zhou.ning")
        .says(70, "zhou.ning", "控制器与服务器的时间差了两小时，卡片被当作过期。")
        .resolve(200, "zhou.ning", "校准门禁控制器的时间，并改为自动对时。")
        .confirm(215)
        .close(DAY + 40, "zhou.ning", &lessons::DOOR_CARDS)
}

fn checkout() -> Story {
    story(
        "checkout",
        ((-19, Wednesday, 20, 35), "sophie.turner"),
        (Technical, Urgent),
        "Checkout has failed for everyone since the evening release",
    )
    .hits(1_900, "Everybody who checks out. Tonight’s campaign links straight to it.")
    .take(8, "li.qiang")
    .says(11, "li.qiang", "@Sophie Turner 收到，先暂停投放可以吗？")
    .says(13, "sophie.turner", "Campaign is paused.")
    .team(
        (16, "li.qiang"),
        ("sun.hao", "li.qiang"),
        &[("技术：回滚今晚的发布", "li.qiang", 45, 37), ("客服：统一答复口径", "cao.ying", 40, 28)],
    )
    .update(30, "sun.hao", "今晚的发布缺一个配置项，正在回滚。")
    .contain(38, "sun.hao", "已回滚一半机器，错误率降到 12%。")
    .resolve(52, "sun.hao", "全部回滚到上一个版本，补上缺失的配置项后重新发布。")
    .confirm(64)
    .close(DAY + 14 * HOUR, "sun.hao", &lessons::CHECKOUT)
}

fn couriers() -> Story {
    story("couriers", ((-17, Monday, 11, 5), "ma.chao"), (Complaint, Severe), "快递延误，多名客户投诉未按承诺送达")
        .hits(140, "华东地区周五下单的客户，承诺次日达。")
        .take(9, "cao.ying")
        .update(34, "cao.ying", "已联系承运商，等待滞留包裹清单。")
        .team(
            (40, "cao.ying"),
            ("cao.ying", "shen.yiming"),
            &[("运营：与承运商核对滞留包裹", "han.bing", 150, 140), ("客服：逐单回访并登记赔付", "ma.chao", 200, 236)],
        )
        .update(62, "cao.ying", "清单到了：共 140 件，滞留在同一个分拨中心。")
        .update(88, "cao.ying", "改派方案谈妥，今天下午开始转运。")
        .says(126, "shen.yiming", "@曹颖 承运商刚发车，请更新进度。")
        .update(131, "cao.ying", "刚才一直在打回访电话，更新晚了。首批 60 件已发车。")
        .update(158, "cao.ying", "回访完成 80 单，补偿券已发放。")
        .update(186, "cao.ying", "第二批 50 件已发车。")
        .update(214, "cao.ying", "剩余 30 件改由同城配送。")
        .update(241, "cao.ying", "回访全部完成，等最后一批签收扫描。")
        .resolve(262, "cao.ying", "全部包裹改派发出，140 位客户逐一回访并发放补偿券。")
        .confirm(280)
        .close(2 * DAY + 4 * HOUR, "cao.ying", &lessons::COURIERS)
}

fn laptop() -> Story {
    story(
        "laptop",
        ((-16, Friday, 14, 20), "lucas.martin"),
        (Security, Severe),
        "Laptop with customer notes left on a train",
    )
    .hits(23, "Notes from 23 interviews, with names and phone numbers.")
    .take(4, "daniel.chen")
    .update(30, "daniel.chen", "The disk is encrypted. All sessions of the account are ended.")
    .team(
        (40, "daniel.chen"),
        ("daniel.chen", "sun.hao"),
        &[
            ("Lock the account and wipe the laptop remotely", "daniel.chen", 60, 52),
            ("Tell the customers whose notes are on it", "cao.ying", 120, 71),
        ],
    )
    .update(56, "daniel.chen", "The wipe is confirmed; the laptop was online for a minute.")
    .resolve(75, "daniel.chen", "The laptop is wiped, the account has new keys, and all 23 customers have been told.")
    .confirm(90)
    .close(3 * DAY, "daniel.chen", &lessons::LAPTOP)
}

fn export() -> Story {
    story("export", ((-14, Tuesday, 9, 30), "han.bing"), (Technical, Normal), "月度报表导出缺少退款金额一列")
        .hits(6, "运营部月结用表。")
        .take(25, "priya.nair")
        .says(48, "priya.nair", "The column was renamed in the last migration; the export still asks for the old name.")
        .resolve(340, "priya.nair", "The export reads the new column; last month’s reports were generated again.")
        .confirm(365)
        .close(DAY + HOUR, "priya.nair", &lessons::EXPORT)
}

fn pictures() -> Story {
    story(
        "pictures",
        ((-12, Wednesday, 16, 15), "sophie.turner"),
        (Technical, Severe),
        "Product images do not load on phones",
    )
    .hits(700, "Phones on slow networks, about a third of the visitors.")
    .take(22, "zhou.ning")
    .update(48, "zhou.ning", "复现了：新的图片格式在旧机型上解码失败。")
    .update(74, "zhou.ning", "回退方案在测试环境验证中。")
    .update(101, "zhou.ning", "图片服务缓存需要分批清理，需要更多人手。")
    .update(128, "zhou.ning", "缓存清理了四成。")
    .team(
        (134, "zhou.ning"),
        ("zhou.ning", "xu.nuo"),
        &[("前端：按机型回退图片格式", "xu.nuo", 165, 158), ("测试：旧机型逐一验证", "feng.xue", 175, 169)],
    )
    .update(150, "zhou.ning", "回退已发布，旧机型开始恢复。")
    .resolve(171, "zhou.ning", "按机型回退到旧图片格式，并清理全部缓存。")
    .confirm(190)
    .close(DAY - 2 * HOUR, "zhou.ning", &lessons::PICTURES)
}

fn orders() -> Story {
    story("orders", ((-10, Monday, 10, 40), "han.bing"), (Technical, Urgent), "下单接口超时，大促页无法提交订单")
        .hits(5_200, "大促首日，全部渠道。")
        .take(2, "li.qiang")
        .says(5, "li.qiang", "数据库连接数打满，先限流。@孙浩 请一起看。")
        .team(
            (10, "li.qiang"),
            ("sun.hao", "li.qiang"),
            &[
                ("技术：定位慢查询并限流", "li.qiang", 45, 41),
                ("客服：公告与补偿口径", "ma.chao", 40, 33),
                ("公关：准备对外说明", "tang.yue", 60, 50),
            ],
        )
        .update(27, "sun.hao", "库存校验的查询缺索引，促销数据一多就全表扫描。")
        .says(35, "ma.chao", "@孙浩 公告已挂，客户主要问优惠会不会失效。")
        .says(37, "sun.hao", "活动顺延两小时，@马超 可以直接答复。")
        .update(55, "sun.hao", "正在在线建索引，预计二十分钟。")
        .contain(62, "sun.hao", "限流后七成订单可以提交。")
        .resolve(83, "sun.hao", "为库存校验补上索引，放开限流，活动顺延两小时。")
        .confirm(101)
        .close(2 * DAY + 20, "sun.hao", &lessons::ORDERS)
}

fn spinning() -> Story {
    story("spinning", ((-10, Monday, 10, 52), "ma.chao"), (Complaint, Severe), "客户反馈提交订单一直转圈")
        .hits(60, "")
        .merge(6, "li.qiang", "orders", "同一原因，合并处理。")
}

fn push() -> Story {
    story("push", ((-8, Thursday, 13, 25), "wang.ke"), (Technical, Severe), "同一条推送被重复发送")
        .hits(8_400, "签到提醒，部分用户收到三次以上。")
        .take(5, "daniel.chen")
        .team(
            (30, "daniel.chen"),
            ("daniel.chen", "priya.nair"),
            &[("Stop the queue and find the duplicates", "priya.nair", 60, 47)],
        )
        .update(33, "daniel.chen", "A worker that restarts takes its batch again. The queue is stopped.")
        .update(60, "daniel.chen", "The fix is out on one worker.")
        .resolve(74, "daniel.chen", "A batch is marked before it is sent.")
        .refuse(110, "iPhone 上仍然收到两条")
        .take(117, "daniel.chen")
        .update(143, "daniel.chen", "Old tokens were never removed: those phones are on the list twice.")
        .resolve(168, "daniel.chen", "Old tokens are removed; each phone is on the list once.")
        .confirm(205)
        .close(DAY + HOUR, "daniel.chen", &lessons::PUSH)
}

fn attendance() -> Story {
    story("attendance", ((-6, Tuesday, 17, 50), "luo.wei"), (Other, Normal), "前台打卡机屏幕偏暗").hits(1, "").reject(
        35,
        "priya.nair",
        "Not an incident: passed on to the office as a repair request.",
    )
}

fn phishing() -> Story {
    story("phishing", ((-5, Wednesday, 11, 10), "gao.yuan"), (Security, Normal), "多人收到冒充财务的钓鱼邮件")
        .hits(17, "目前没有人输入密码。")
        .take(18, "priya.nair")
        .says(31, "gao.yuan", "@Priya Nair 发件域名与我们只差一个字母。")
        .resolve(95, "priya.nair", "The domain is blocked, the emails are gone from all inboxes, everybody is warned.")
        .confirm(130)
        .close(DAY + 2 * HOUR, "priya.nair", &lessons::PHISHING)
}

fn tickets() -> Story {
    story("tickets", ((-4, Monday, 9, 20), "cao.ying"), (Technical, Severe), "客服工单系统打不开附件")
        .hits(25, "全体客服，早高峰。")
        .take(7, "zhou.ning")
        .update(31, "zhou.ning", "附件域名的证书今天零点过期。")
        .team(
            (52, "zhou.ning"),
            ("sun.hao", "zhou.ning"),
            &[("技术：更换证书", "he.miao", 100, 92), ("客服：请客户改用邮件发送图片", "ma.chao", 70, 66)],
        )
        .update(58, "sun.hao", "新证书已申请，等待签发。")
        .update(84, "sun.hao", "证书签发完成，正在分批更换。")
        .update(110, "sun.hao", "全部节点更换完成，验证中。")
        .resolve(118, "sun.hao", "更换附件域名的证书，并接入自动续期。")
        .confirm(140)
        .close(2 * DAY + HOUR, "sun.hao", &lessons::TICKETS)
}

fn search() -> Story {
    story(
        "slow-search",
        ((-2, Thursday, 19, 30), "emma.wilson"),
        (Technical, Severe),
        "Search is slow and leaves out new items",
    )
    .hits(410, "Everybody who searches, since about seven.")
    .take(6, "daniel.chen")
    .update(31, "daniel.chen", "The index node has no disk space left, so it is read-only.")
    .team(
        (45, "daniel.chen"),
        ("daniel.chen", "li.qiang"),
        &[("Free up the disk and index what is missing", "priya.nair", 120, 118)],
    )
    .update(58, "daniel.chen", "Removing old snapshots; writing works again with the disk 70% full.")
    .update(84, "daniel.chen", "Searches are fast again. 12,000 items are still to be indexed.")
    .update(111, "daniel.chen", "2,000 items to go.")
    .resolve(136, "daniel.chen", "Removed old snapshots, indexed what was missing, and enlarged the disk.")
    .confirm(150)
    .close(15 * HOUR + 30, "daniel.chen", &lessons::SEARCH)
}

fn credits() -> Story {
    story("credits", ((-1, Tuesday, 10, 5), "ma.chao"), (Complaint, Severe), "优惠券到账金额不符，客户来电")
        .hits(75, "周一领取满减券的客户。")
        .take(3, "cao.ying")
        .team(
            (20, "cao.ying"),
            ("cao.ying", "li.qiang"),
            &[("技术：核对发券金额", "li.qiang", 60, 44), ("客服：逐一致歉并补差额", "ma.chao", 90, 57)],
        )
        .update(28, "cao.ying", "运营配置时多写了一位小数，已停止发券。")
        .update(54, "cao.ying", "差额已补到账，正在回访。")
        .resolve(58, "cao.ying", "更正券面金额，向 75 位客户补足差额。")
        .confirm(75)
        .close(DAY + 40, "cao.ying", &lessons::CREDITS)
}
