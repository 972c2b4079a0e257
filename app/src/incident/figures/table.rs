//! The figures of several groups as a table, with the share of clocks met as a bar too.

use leptos::prelude::*;
use shared::incident::Figures;

use super::{nothing, took};
use crate::ui::Key;

/// One group with its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What the group is called.
    pub name: String,
    /// Its figures.
    pub figures: Figures,
}

/// So many of so many in percent; `None` of none.
pub fn percent((met, of): (usize, usize)) -> Option<usize> {
    (met * 100 + of / 2).checked_div(of)
}

/// The table.
#[component]
pub fn FiguresTable(
    /// What the groups are.
    head: Key,
    /// The groups.
    lines: Vec<Line>,
) -> impl IntoView {
    view! {
        <div class="table-wrap">
            <table class="table figures-table">
                <thead>
                    <tr>
                        <th scope="col">{head.text()}</th>
                        <th scope="col" class="figure">
                            {t!("figures.count")}
                        </th>
                        <th scope="col" class="figure">
                            {t!("figures.acknowledged")}
                        </th>
                        <th scope="col" class="figure">
                            {t!("figures.team")}
                        </th>
                        <th scope="col" class="figure">
                            {t!("figures.resolved")}
                        </th>
                        <th scope="col" class="figure">
                            {t!("figures.met")}
                        </th>
                    </tr>
                </thead>
                <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(line: Line) -> AnyView {
    let Figures { count, acknowledged, team, resolved, met } = line.figures;
    let share = match percent(met) {
        None => nothing().into_any(),
        Some(share) => view! {
            <span class="meter" style:--value=share.to_string()>
                {t!("figures.percent_of", share = share, met = met.0, of = met.1)}
            </span>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row">{line.name}</th>
            <td class="figure" data-label=t!("figures.count")>
                {count}
            </td>
            <td class="figure" data-label=t!("figures.acknowledged")>
                {took(acknowledged)}
            </td>
            <td class="figure" data-label=t!("figures.team")>
                {took(team)}
            </td>
            <td class="figure" data-label=t!("figures.resolved")>
                {took(resolved)}
            </td>
            <td class="figure" data-label=t!("figures.met")>
                {share}
            </td>
        </tr>
    }
    .into_any()
}
