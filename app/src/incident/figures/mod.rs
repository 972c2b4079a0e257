//! How the response does: medians and the share of clocks met, over some months.

mod chart;
mod counted;
mod table;

use std::collections::BTreeMap;

use jiff::Span;
use leptos::prelude::*;
use qibu::incident::{MonthTally, Tally};
use shared::Date;
use shared::calendar::company;
use shared::id::DepartmentId;
use shared::incident::Figures;

use self::chart::columns;
use self::counted::Counted;
use self::table::{FiguresTable, Line, percent};
use super::centre::{IncidentHead, Section};
use super::words;
use crate::format;
use crate::reactive::memo;
use crate::sync::{Replica, now};
use crate::ui::{Address, Key, RowsOnTheirWay, Silent, Stand, page_title};

/// The ranges that are offered, in months.
const RANGES: [i32; 3] = [3, 6, 12];

/// The page behind `/incidents/figures`.
#[component]
pub fn FiguresPage() -> impl IntoView {
    page_title(|| t!("figures.title"));
    let address = Address::of("/incidents/figures".to_owned());
    let months = memo(move || {
        let asked = address.get("months").parse().ok();
        asked.filter(|asked| RANGES.contains(asked)).unwrap_or(6)
    });
    let counted = Counted::of(months);
    view! {
        <IncidentHead section=Section::Figures>
            <Range months address />
        </IncidentHead>
        <div class="page-body" tabindex="0">
            {move || instead(counted, counted.stand.get())}
            {move || counted.told.get().map(|(months, tally)| told(months, tally))}
        </div>
    }
}

/// What stands in the place of figures that are not there.
fn instead(counted: Counted, stand: Stand) -> AnyView {
    match stand {
        Stand::There => ().into_any(),
        Stand::OnItsWay => view! { <RowsOnTheirWay /> }.into_any(),
        Stand::Silence => {
            let again = Callback::new(move |()| counted.ask());
            view! { <Silent text=t!("figures.silence") again /> }.into_any()
        }
    }
}

fn told(months: i32, tally: Tally) -> AnyView {
    if tally.sum.count == 0 { view! { <NoFigures /> }.into_any() } else { shown(months, tally).into_any() }
}

#[component]
fn NoFigures() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{t!("figures.none_title")}</h2>
            <p>{t!("figures.none_text")}</p>
        </div>
    }
}

/// How many months are looked at.
#[component]
fn Range(months: Memo<i32>, address: Address) -> impl IntoView {
    let choose = move |event| address.replace(&[("months", &event_target_value(&event))]);
    let options = RANGES.map(|range| {
        view! {
            <option value=range.to_string() prop:selected=move || months.get() == range>
                {t!("figures.months", count = range)}
            </option>
        }
    });
    view! {
        <label class="filter">
            <span class="visually-hidden">{t!("figures.range")}</span>
            <select on:change=choose>{options}</select>
        </label>
    }
}

fn shown(months: i32, tally: Tally) -> impl IntoView {
    let months = all_months(months, tally.months);
    let by_month = months.iter().map(|month| line(format::month(month.month), month.figures)).collect();
    let by_severity = tally.severities.into_iter().map(|(severity, of)| line(words::severity(severity), of)).collect();
    let by_kind = tally.kinds.into_iter().map(|(kind, of)| line(words::kind(kind), of)).collect();
    let by_department = tally.departments.into_iter().map(|(id, of)| line(department(id), of)).collect();
    view! {
        <Sum figures=tally.sum />
        <section class="section">
            <header class="section-head">
                <h2>{t!("figures.by_month")}</h2>
            </header>
            {columns(&months)}
            <FiguresTable head=tr!("figures.month") lines=by_month />
        </section>
        {grouped(tr!("figures.by_severity"), tr!("figures.severity"), by_severity)}
        {grouped(tr!("figures.by_kind"), tr!("figures.kind"), by_kind)}
        {grouped(tr!("figures.by_department"), tr!("figures.department"), by_department)}
        <p class="section-note">{t!("figures.note")}</p>
    }
}

const fn line(name: String, figures: Figures) -> Line {
    Line { name, figures }
}

fn grouped(title: Key, head: Key, lines: Vec<Line>) -> impl IntoView {
    view! {
        <section class="section">
            <header class="section-head">
                <h2>{title.text()}</h2>
            </header>
            <FiguresTable head lines />
        </section>
    }
}

/// The figures of the whole range.
#[component]
fn Sum(figures: Figures) -> impl IntoView {
    let all = [
        (tr!("figures.count"), figures.count.to_string()),
        (tr!("figures.acknowledged"), took(figures.acknowledged)),
        (tr!("figures.team"), took(figures.team)),
        (tr!("figures.resolved"), took(figures.resolved)),
        (
            tr!("figures.met"),
            percent(figures.met).map_or_else(nothing, |share| t!("figures.percent", share = share).into_owned()),
        ),
    ];
    let all = all.map(|(name, value)| {
        view! {
            <div>
                <dt>{name.text()}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! { <dl class="figures-sum">{all}</dl> }
}

fn took(micros: Option<i64>) -> String {
    micros.map_or_else(nothing, words::stretch)
}

fn nothing() -> String {
    t!("figures.nothing").into_owned()
}

fn department(id: Option<DepartmentId>) -> String {
    let replica = Replica::expect();
    let name = id.map(|id| crate::words::department_name(replica, id)).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| t!("figures.no_department").into_owned())
}

/// The first of so many months that end with this one, which is the company's: its months are counted.
fn first_month(months: i32) -> Date {
    let this = company().date_of(now()).first_of_month();
    this.checked_sub(Span::new().months(months - 1)).unwrap_or(this)
}

/// So many months that end with this one, those without an incident too.
fn all_months(months: i32, counted: Vec<MonthTally>) -> Vec<MonthTally> {
    let first = first_month(months);
    let all = (0..months).filter_map(|month| first.checked_add(Span::new().months(month)).ok());
    let mut counted: BTreeMap<Date, MonthTally> = counted.into_iter().map(|month| (month.month, month)).collect();
    let none = |month| MonthTally { month, figures: Figures::default(), by_severity: [0; 3] };
    all.map(|month| counted.remove(&month).unwrap_or_else(|| none(month))).collect()
}
