//! How a date stands against the baseline, and how often and why it has moved: a quiet mark that opens.

use std::sync::Arc;

use leptos::prelude::*;
use shared::Date;
use shared::calendar::company;
use shared::id::ProjectId;
use shared::project::baseline::{DateMove, Dated, Moves};

use crate::format;
use crate::reactive::memo;
use crate::sync::Replica;
use crate::words;

/// A date in the light of what was planned.
#[derive(Clone, PartialEq, Eq)]
struct Light {
    /// What the last baseline says.
    planned: Option<Date>,
    /// How it has moved.
    moves: Option<Arc<Moves>>,
}

/// The mark of a date; nothing where it is as the baseline has it.
#[component]
pub fn Moved(
    /// Whose record tells it.
    project: ProjectId,
    /// Whose date.
    of: Dated,
    /// When it is now.
    #[prop(into)]
    date: Signal<Option<Date>>,
) -> impl IntoView {
    let replica = Replica::expect();
    let light = memo(move || {
        replica.read(|view| {
            let record = view.board(project)?.record();
            let planned = record.baselines.last().and_then(|baseline| baseline.date(of));
            let moves = record.moves.get(&of).filter(|moves| moves.count > 0).cloned();
            Some(Light { planned, moves })
        })
    });
    move || {
        let Light { planned, moves } = light.get()?;
        // A date that stands as it was planned, and never moved, needs no word.
        if moves.is_none() && planned.is_none_or(|planned| date.get() == Some(planned)) {
            return None;
        }
        let parts = [
            planned.map(|day| t!("project.baseline_day", day = format::day(day)).into_owned()),
            planned.zip(date.get()).map(|(planned, now)| variance(planned, now)),
            moves.as_ref().map(|moves| t!("project.moved_times", count = moves.count).into_owned()),
        ];
        let words = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        Some(match moves {
            None => view! { <p class="moved">{words}</p> }.into_any(),
            Some(moves) => {
                let lines = moves.last.iter().rev().map(|step| line(replica, step)).collect_view();
                view! {
                    <details class="moved">
                        <summary>{words}</summary>
                        <ol>{lines}</ol>
                    </details>
                }
                .into_any()
            }
        })
    }
}

/// By how many working days a date is another than was planned.
fn variance(planned: Date, now: Date) -> String {
    match company().days_between(planned, now).value {
        0 => t!("project.on_baseline"),
        1 => t!("project.later_by_one"),
        -1 => t!("project.earlier_by_one"),
        days @ 1.. => t!("project.later_by", days = days),
        days => t!("project.earlier_by", days = -days),
    }
    .into_owned()
}

fn line(replica: Replica, step: &DateMove) -> AnyView {
    let to = step.to.map_or_else(|| t!("project.no_date").into_owned(), format::day);
    let dates = t!("project.move_of", from = format::day(step.from), to = to).into_owned();
    let (by, at, why) = (step.by, step.at, step.why.clone());
    view! {
        <li>
            <span>{dates}</span>
            " "
            <small>
                {move || words::person_name(replica, by)} " " <time title=format::instant(at)>{format::ago(at)}</time>
            </small>
            {(!why.is_empty()).then(|| view! { <q>{why}</q> })}
        </li>
    }
    .into_any()
}
