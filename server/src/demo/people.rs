//! The demo's company: its departments and people.

use std::collections::BTreeSet;

use shared::id::PersonId;
use shared::organisation::Locale;

use super::person;

/// The company's name.
pub(super) const COMPANY: &str = "启明科技 Qiming Tech";

/// Who founds it and administers it.
pub(super) const FOUNDER: &str = "wu.min";

/// A department: its name within the demo, its name, the one above, its head.
pub(super) struct Unit {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) under: Option<&'static str>,
    pub(super) head: &'static str,
}

const fn unit(slug: &'static str, name: &'static str, under: Option<&'static str>, head: &'static str) -> Unit {
    Unit { slug, name, under, head }
}

/// The departments, those above before those beneath.
pub(super) const UNITS: &[Unit] = &[
    unit("office", "总经办", None, "chen.qiming"),
    unit("product", "产品部", None, "zhao.mingxuan"),
    unit("tech", "技术部", None, "sun.hao"),
    unit("backend", "后端组", Some("tech"), "li.qiang"),
    unit("frontend", "前端组", Some("tech"), "zhou.ning"),
    unit("quality", "测试组", Some("tech"), "feng.xue"),
    unit("design", "设计部", None, "su.wan"),
    unit("marketing", "市场部", None, "tang.yue"),
    unit("operations", "运营部", None, "shen.yiming"),
    unit("service", "客服部", None, "cao.ying"),
    unit("people", "人事行政部", None, "wu.min"),
];

/// A person: the first part of their address, their name, where they work, their language, the end of their number.
pub(super) struct Colleague {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) unit: &'static str,
    pub(super) locale: Locale,
    pub(super) extension: u16,
}

const fn zh(slug: &'static str, name: &'static str, unit: &'static str, extension: u16) -> Colleague {
    Colleague { slug, name, unit, locale: Locale::Zh, extension }
}

const fn en(slug: &'static str, name: &'static str, unit: &'static str, extension: u16) -> Colleague {
    Colleague { slug, name, unit, locale: Locale::En, extension }
}

/// The people.
pub(super) const PEOPLE: &[Colleague] = &[
    zh("chen.qiming", "陈启明", "office", 8001),
    zh("gao.yuan", "高远", "office", 8002),
    zh("wu.min", "吴敏", "people", 8101),
    zh("zheng.jia", "郑佳", "people", 8102),
    zh("zhao.mingxuan", "赵明轩", "product", 8201),
    zh("lin.xiao", "林晓", "product", 8202),
    zh("wang.ke", "王可", "product", 8203),
    zh("sun.hao", "孙浩", "tech", 8301),
    zh("li.qiang", "李强", "backend", 8311),
    en("daniel.chen", "Daniel Chen", "backend", 8312),
    zh("he.miao", "何苗", "backend", 8313),
    en("priya.nair", "Priya Nair", "backend", 8314),
    zh("zhou.ning", "周宁", "frontend", 8321),
    zh("xu.nuo", "许诺", "frontend", 8322),
    en("emma.wilson", "Emma Wilson", "frontend", 8323),
    zh("feng.xue", "冯雪", "quality", 8331),
    zh("su.wan", "苏婉", "design", 8401),
    zh("bai.lu", "白露", "design", 8402),
    en("lucas.martin", "Lucas Martin", "design", 8403),
    zh("tang.yue", "唐悦", "marketing", 8501),
    zh("luo.wei", "罗威", "marketing", 8502),
    en("sophie.turner", "Sophie Turner", "marketing", 8503),
    zh("shen.yiming", "沈一鸣", "operations", 8601),
    zh("han.bing", "韩冰", "operations", 8602),
    zh("cao.ying", "曹颖", "service", 8701),
    zh("ma.chao", "马超", "service", 8702),
];

/// Those whose sign-ins are printed: the first part of the address, and who it is.
pub(super) const SIGN_INS: &[(&str, &str)] = &[
    ("lin.xiao", "林晓, 产品部, leads 积分商城上线"),
    ("daniel.chen", "Daniel Chen, engineer, in English"),
    (FOUNDER, "吴敏, 人事行政部, administrator"),
];

/// Those whom a text names with an `@`.
pub(super) fn mentioned(text: &str) -> BTreeSet<PersonId> {
    let named = PEOPLE.iter().filter(|colleague| text.contains(&format!("@{}", colleague.name)));
    named.map(|colleague| person(colleague.slug)).collect()
}
