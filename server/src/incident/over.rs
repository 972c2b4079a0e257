//! The list of incidents that are over.

use shared::id::PersonId;
use shared::organisation::Company;

use super::wire::{Over, OverFilter, OverPage, OverPlace};
use crate::Fault;
use crate::knowledge::{DocumentKind, IncidentRecord, everything, reader, settled};
use crate::organisation::Caller;
use crate::store::{Found, Narrowed, Store, StoreError};

/// How many one page has at most.
const PAGE: usize = 50;
/// How many are read at once, and how many are looked at for one page at most.
const STEP: u32 = 500;
const MOST_READ: usize = 5_000;

/// See [`super::functions::over`].
pub(super) async fn list_for(
    caller: &Caller,
    filter: &OverFilter,
    after: Option<OverPlace>,
) -> Result<OverPage, Fault> {
    let (company, person) = reader(caller).await?;
    if after.is_none() {
        settled(&caller.services.store).await?;
    }
    Ok(list(&caller.services.store, (&company, person), filter, after).await?)
}

/// The incidents that are over and fit, after a place.
pub async fn list(
    store: &Store,
    (company, person): (&Company, PersonId),
    filter: &OverFilter,
    after: Option<OverPlace>,
) -> Result<OverPage, StoreError> {
    let text = filter.text.trim().to_lowercase();
    let narrowed = Narrowed { kinds: vec![DocumentKind::Incident.name()], ..Narrowed::default() };
    let (mut page, mut place, mut read) = (OverPage::default(), after, 0);
    loop {
        let before = place.map(|(at, id)| (at, id.to_string()));
        let found = store.documents(&everything(person), &narrowed, before, STEP).await?;
        let goes_on = found.len() == STEP as usize;
        for row in found {
            let record = IncidentRecord::of(&row)?;
            place = Some((row.edited, record.card.id));
            read += 1;
            if fits(&record, &row, (company, person), filter, &text) {
                page.rows.push(shown(record, row));
            }
            if page.rows.len() == PAGE || read == MOST_READ {
                page.next = place;
                return Ok(page);
            }
        }
        if !goes_on {
            return Ok(page);
        }
    }
}

fn fits(
    record: &IncidentRecord,
    row: &Found,
    (company, person): (&Company, PersonId),
    filter: &OverFilter,
    text: &str,
) -> bool {
    let card = &record.card;
    let name = |id: PersonId| company.people.get(&id).map(|person| person.name.as_str());
    let names = [Some(record.reporter), record.leader].into_iter().flatten().filter_map(name);
    let says = |said: &str| said.to_lowercase().contains(text);
    card.stage.is_over()
        && filter.severity.is_none_or(|severity| severity == card.severity)
        && filter.kind.is_none_or(|kind| kind == card.kind)
        && filter.department.is_none_or(|department| company.works_in(record.reporter, department))
        && (!filter.mine || record.involved.contains(&person))
        && (text.is_empty() || [row.title.as_str(), &card.number, &row.body].into_iter().chain(names).any(says))
}

fn shown(IncidentRecord { card, reporter, leader, .. }: IncidentRecord, row: Found) -> Over {
    Over {
        id: card.id,
        number: card.number,
        title: row.title,
        kind: card.kind,
        severity: card.severity,
        stage: card.stage,
        reporter,
        leader,
        reported_at: card.reported_at,
        article: card.article,
    }
}
