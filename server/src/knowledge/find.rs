//! Searching and listing, each time only what the person who asks may read.

use std::sync::Arc;

use futures_util::future::try_join_all;
use shared::Scope;
use shared::id::{PersonId, ProjectId};
use shared::incident::{IncidentKind, Stage, similarity};
use shared::knowledge::ArticleCard;
use shared::organisation::{Company, Person};

use super::excerpt::{excerpt, marked};
use super::indexer::settled;
use super::wire::{DocumentKind, Filter, Found, Hit, IncidentCard, Page, Place, Similar, TaskCard, kind_name};
use super::words::{asked, cut, folded};
use crate::Fault;
use crate::organisation::Caller;
use crate::store::{Asked, Found as Row, Narrowed, Reader, Store, StoreError};

/// How much of a query counts, in characters, and in words.
const LONGEST_QUERY: usize = 200;
const MOST_WORDS: usize = 24;
/// How many of each kind are found for the palette at most.
const EACH: u32 = 20;
/// How much of a described problem counts, in characters, and in words.
const LONGEST_PROBLEM: usize = 600;
const MOST_PROBLEM_WORDS: usize = 60;
/// How many one page has at most.
const PAGE: u32 = 50;
/// How many incidents are looked at for those that are like a problem, and how many of these are shown.
const CANDIDATES: u32 = 40;
const MOST_SIMILAR: usize = 5;
/// How much of a problem an incident must say too to be like it, from 0 to 1.
const ALIKE: f32 = 0.25;
/// How much more an incident of the same kind counts.
const SAME_KIND: f32 = 1.25;

/// See [`super::functions::search`].
pub(super) async fn search_for(caller: &Caller, query: &str, filter: &Filter, limit: u32) -> Result<Vec<Hit>, Fault> {
    let (company, person) = reader(caller).await?;
    Ok(search(&caller.services.store, (&company, person), query, filter, limit.min(PAGE)).await?)
}

/// See [`super::functions::find`].
pub(super) async fn find_for(caller: &Caller, query: &str, each: u32) -> Result<Vec<Hit>, Fault> {
    let (company, person) = reader(caller).await?;
    let projects = caller.services.engine.projects_read_by(person);
    Ok(find(&caller.services.store, (&company, person, projects), query, each.min(EACH)).await?)
}

/// See [`super::functions::articles`].
pub(super) async fn articles_for(caller: &Caller, filter: Filter, after: Option<Place>) -> Result<Page, Fault> {
    let (company, person) = reader(caller).await?;
    if after.is_none() {
        settled(&caller.services.store).await?;
    }
    Ok(articles(&caller.services.store, (&company, person), &filter, after, PAGE).await?)
}

/// See [`super::functions::similar`].
pub(super) async fn similar_for(
    caller: &Caller,
    text: &str,
    kind: Option<IncidentKind>,
) -> Result<Vec<Similar>, Fault> {
    let (company, person) = reader(caller).await?;
    Ok(similar(&caller.services.store, (&company, person), text, kind).await?)
}

/// What a person finds of what they look for: all words, else the text as it stands, else any of the words.
pub async fn search(
    store: &Store,
    (company, person): (&Company, PersonId),
    query: &str,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<Hit>, StoreError> {
    let Some(person) = company.people.get(&person) else { return Ok(Vec::new()) };
    let Some(mut looked_for) = LookedFor::by(query).await else { return Ok(Vec::new()) };
    looked_for.add_any();
    first_way(store, (company, &reader_of(company, person)), &looked_for, (filter, limit)).await
}

/// What a person, who reads these projects, finds of each kind: all words, else the text as it stands.
pub async fn find(
    store: &Store,
    (company, person, projects): (&Company, PersonId, Vec<ProjectId>),
    query: &str,
    each: u32,
) -> Result<Vec<Hit>, StoreError> {
    let Some(person) = company.people.get(&person) else { return Ok(Vec::new()) };
    let Some(looked_for) = LookedFor::by(query).await else { return Ok(Vec::new()) };
    let reader = Reader { projects, ..reader_of(company, person) };
    let filters = DocumentKind::ALL.map(|kind| Filter { kind: Some(kind), ..Filter::default() });
    let of = |filter| first_way(store, (company, &reader), &looked_for, (filter, each));
    let found = try_join_all(filters.iter().map(of)).await?;
    Ok(found.concat())
}

/// What somebody looks for, and the ways of looking, each for when the ones before find nothing.
struct LookedFor {
    text: String,
    words: Vec<String>,
    /// Numbers of tasks among what was typed, as `#21`: words alone would find each text with that number in it.
    numbers: Vec<String>,
    ways: Vec<Asked>,
}

impl LookedFor {
    /// By all words, else by the text; `None` if there is nothing to look for.
    async fn by(query: &str) -> Option<Self> {
        let query: String = query.chars().take(LONGEST_QUERY).collect();
        let text = folded(query.trim());
        let (mut words, begun) = off_the_runtime(move || asked(&query)).await;
        words.drain(..words.len().saturating_sub(MOST_WORDS));
        let ways = vec![Asked::All(words.clone(), begun), Asked::Text(text.clone())];
        let is_number = |word: &&str| {
            word.strip_prefix('#').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|c| c.is_ascii_digit()))
        };
        let numbers = text.split_whitespace().filter(is_number).map(str::to_owned).collect();
        (!words.is_empty()).then_some(Self { text, words, numbers, ways })
    }

    /// Whether each number of a task is that of what was found, or stands in it.
    fn is_numbered(&self, row: &Row) -> Result<bool, StoreError> {
        if self.numbers.is_empty() {
            return Ok(true);
        }
        let own = match kind_of(row)? {
            DocumentKind::Task => format!("#{}", json::<TaskCard>(&row.card)?.number),
            DocumentKind::Article | DocumentKind::Incident => String::new(),
        };
        let text = folded(&[&row.title, &row.body, &own].map(String::as_str).join("\n"));
        Ok(self.numbers.iter().all(|number| text.contains(number.as_str())))
    }

    /// Else by any of the words.
    fn add_any(&mut self) {
        // Single characters are in everything.
        let long: Vec<String> = self.words.iter().filter(|word| word.chars().nth(1).is_some()).cloned().collect();
        // Of one word any is all.
        if self.words.len() > 1 {
            self.ways.push(Asked::Any(if long.is_empty() { self.words.clone() } else { long }));
        }
    }
}

/// What is found in the first way that finds anything.
async fn first_way(
    store: &Store,
    (company, reader): (&Company, &Reader),
    looked_for: &LookedFor,
    (filter, limit): (&Filter, u32),
) -> Result<Vec<Hit>, StoreError> {
    let Some(person) = company.people.get(&reader.person) else { return Ok(Vec::new()) };
    for way in &looked_for.ways {
        let mut rows = Vec::new();
        for row in store.search(way, reader, &narrowed(filter), limit).await? {
            if looked_for.is_numbered(&row)? {
                rows.push(row);
            }
        }
        let is_text = matches!(way, Asked::Text(_));
        let marks = if is_text { std::slice::from_ref(&looked_for.text) } else { looked_for.words.as_slice() };
        let hits = hits(rows, (company, person), marks, filter)?;
        if !hits.is_empty() {
            return Ok(hits);
        }
    }
    Ok(Vec::new())
}

/// The articles that a person may read of those that fit, the last written first, at most `limit`.
pub async fn articles(
    store: &Store,
    (company, person): (&Company, PersonId),
    filter: &Filter,
    after: Option<Place>,
    limit: u32,
) -> Result<Page, StoreError> {
    let Some(person) = company.people.get(&person) else { return Ok(Page::default()) };
    let filter = Filter { kind: Some(DocumentKind::Article), ..filter.clone() };
    let after = after.map(|(at, id)| (at, id.to_string()));
    // One more says whether the list goes on.
    let mut rows = store.documents(&reader_of(company, person), &narrowed(&filter), after, limit + 1).await?;
    let goes_on = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    // The place is that of the last row, also if it may not be shown.
    let next = rows.last().filter(|_| goes_on).map(place).transpose()?;
    Ok(Page { hits: hits(rows, (company, person), &[], &filter)?, next })
}

fn place(row: &Row) -> Result<Place, StoreError> {
    let card: ArticleCard = json(&row.card)?;
    Ok((row.edited, card.id))
}

/// The solved incidents that say most of what a text says.
pub async fn similar(
    store: &Store,
    (company, person): (&Company, PersonId),
    text: &str,
    kind: Option<IncidentKind>,
) -> Result<Vec<Similar>, StoreError> {
    let text: String = text.chars().take(LONGEST_PROBLEM).collect();
    let Some(person) = company.people.get(&person) else { return Ok(Vec::new()) };
    let words = text.clone();
    let mut words = off_the_runtime(move || cut(&words)).await;
    words.retain(|word| word.chars().nth(1).is_some());
    words.sort_unstable();
    words.dedup();
    words.truncate(MOST_PROBLEM_WORDS);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let narrowed = Narrowed { kinds: vec![DocumentKind::Incident.name()], ..Narrowed::default() };
    let rows = store.search(&Asked::Any(words), &reader_of(company, person), &narrowed, CANDIDATES).await?;
    let mut alike = Vec::new();
    for row in rows {
        let incident: IncidentCard = json(&row.card)?;
        let share = similarity(&text, &format!("{}\n{}", row.title, row.body));
        if is_solved(incident.stage) && share >= ALIKE {
            let same = if kind == Some(incident.kind) { SAME_KIND } else { 1.0 };
            alike.push((share * same, Similar { incident, title: row.title }));
        }
    }
    alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    Ok(alike.into_iter().map(|(_, similar)| similar).take(MOST_SIMILAR).collect())
}

const fn is_solved(stage: Stage) -> bool {
    matches!(stage, Stage::Resolved | Stage::Confirmed | Stage::Closed)
}

/// The company, and who asks of it.
pub(crate) async fn reader(caller: &Caller) -> Result<(Arc<Company>, PersonId), Fault> {
    let person = caller.signed_in()?.person;
    let (_, state) = caller.services.engine.read(&[Scope::Company]).await?;
    if state.active(person).is_err() {
        return Err(Fault::NotAllowed);
    }
    Ok((state.company, person))
}

/// Who reads all that everybody may read, and no more of articles than that.
pub(crate) fn everything(person: PersonId) -> Reader {
    Reader { person, admin: false, lineage: Vec::new(), projects: Vec::new() }
}

fn reader_of(company: &Company, person: &Person) -> Reader {
    let lineage = person.department.into_iter().flat_map(|own| company.lineage(own)).map(|above| above.id);
    let (lineage, projects) = (lineage.collect(), Vec::new());
    Reader { person: person.id, admin: company.is_admin(person.id), lineage, projects }
}

fn narrowed(filter: &Filter) -> Narrowed {
    let of_articles = filter.article.is_some() || filter.tag.is_some() || filter.archived;
    let kind = if of_articles { Some(DocumentKind::Article) } else { filter.kind };
    let kinds = kind.map_or_else(|| DocumentKind::KNOWLEDGE.to_vec(), |kind| vec![kind]);
    Narrowed {
        kinds: kinds.into_iter().map(DocumentKind::name).collect(),
        sort: filter.article.map(kind_name),
        tag: filter.tag.clone(),
        archived: filter.archived,
    }
}

/// What was found, as it may be shown. The index may lag behind: what the tables of things say now has the last word.
fn hits(
    rows: Vec<Row>,
    (company, person): (&Company, &Person),
    words: &[String],
    filter: &Filter,
) -> Result<Vec<Hit>, StoreError> {
    let mut hits = Vec::new();
    for row in rows {
        let found = match kind_of(&row)? {
            DocumentKind::Article => {
                let card: ArticleCard = json(row.now.as_ref().unwrap_or(&row.card))?;
                if card.archived != filter.archived || !card.is_read_by(company, person) {
                    continue;
                }
                Found::Article(Box::new(card))
            }
            DocumentKind::Incident => Found::Incident(json(&row.card)?),
            DocumentKind::Task if row.now.is_none() => continue,
            DocumentKind::Task => Found::Task(json(&row.card)?),
        };
        let (title, excerpt) = (marked(&row.title, words), excerpt(&row.body, words));
        hits.push(Hit { found, title, excerpt, at: row.edited });
    }
    Ok(hits)
}

fn kind_of(row: &Row) -> Result<DocumentKind, StoreError> {
    let damaged = || StoreError::Damaged { what: "a document's kind", why: row.kind.clone() };
    DocumentKind::named(&row.kind).ok_or_else(damaged)
}

fn json<T: serde::de::DeserializeOwned>(card: &str) -> Result<T, StoreError> {
    serde_json::from_str(card).map_err(|why| StoreError::Damaged { what: "a document", why: why.to_string() })
}

/// Does what takes a while the first time, where nobody waits for the thread.
async fn off_the_runtime<T: Send + Default + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    // It fails only if the work panics, which is logged; nothing is found then.
    tokio::task::spawn_blocking(work).await.unwrap_or_default()
}
