//! Whether what is stored hangs together: the journal is replayed, scope by scope, and compared with the tables of
//! things. Every table is read once, from its first row to its last, and hashed on the way.

use serde::de::IgnoredAny;
use serde_json::Value;
use shared::sync::Delta;

use super::finding::{Finding, Named};
use super::replay::{Replay, Rows, kind_of};
use super::stream::{Content, Contents, Stream};
use super::table::{CLIENT, JOURNAL, OTHERS, Record, SNAPSHOT, SUBJECT, THING, VERDICT};
use super::{Moment, Store};
use crate::store::batch::subjects;
use crate::store::columns::{delta, integer, json, scope};
use crate::store::{Row, StoreError};

/// How many pairs of a thing and a row are looked up at once.
const PAIRS: usize = 500;
/// How much of a value is shown.
const SHOWN: usize = 60;

impl Store {
    /// Checks all that is stored, at one moment, and says what it holds. Memory is bounded by the largest scope.
    pub async fn check(&self, mut found: impl FnMut(Finding) + Send) -> Result<Contents, StoreError> {
        check(&mut self.moment().await?, &mut found).await
    }
}

/// Checks what can be seen at a moment.
pub(super) async fn check(
    moment: &mut Moment,
    found: &mut (impl FnMut(Finding) + Send),
) -> Result<Contents, StoreError> {
    let mut check = Check::new(moment, found);
    while let Some(scope) = check.next_scope().await? {
        check.scope(&scope).await?;
    }
    check.browsers().await?;
    check.finish().await
}

struct Check<'a, F> {
    moment: &'a mut Moment,
    found: &'a mut F,
    journal: Stream,
    snapshots: Stream,
    things: Stream,
    /// The last number of the journal.
    last: i64,
    /// How many pairs of a thing and a row there are rightly.
    subjects: u64,
    /// The tables that are done.
    contents: Vec<Content>,
}

impl<'a, F: FnMut(Finding) + Send> Check<'a, F> {
    fn new(moment: &'a mut Moment, found: &'a mut F) -> Self {
        let (journal, snapshots, things) = (Stream::new(&JOURNAL), Stream::new(&SNAPSHOT), Stream::new(&THING));
        Self { moment, found, journal, snapshots, things, last: 0, subjects: 0, contents: Vec::new() }
    }

    /// The first scope of which some table has rows that were not read yet.
    async fn next_scope(&mut self) -> Result<Option<String>, StoreError> {
        let mut first: Option<String> = None;
        for stream in [&mut self.journal, &mut self.snapshots, &mut self.things] {
            let Some(record) = stream.peek(self.moment).await? else { continue };
            let scope = record.text(0)?;
            if first.as_deref().is_none_or(|first| scope < first) {
                first = Some(scope.to_owned());
            }
        }
        Ok(first)
    }

    async fn scope(&mut self, name: &str) -> Result<(), StoreError> {
        let snapshot = self.snapshots.next_of(name, self.moment).await?;
        let upto = snapshot.as_ref().map_or(Ok(0), |snapshot| snapshot.number(1))?;
        let body = snapshot.as_ref().map(|snapshot| snapshot.text(2)).transpose()?;
        let replay = scope(name).and_then(|scope| Replay::new(scope, body));
        let replay = self.readable("snapshot", name, replay)?;
        let expected = self.replay(name, upto, replay).await?;
        self.compare(name, expected).await
    }

    /// Goes through the journal of a scope; what the tables should hold then, if that can be told.
    async fn replay(&mut self, name: &str, upto: i64, mut replay: Option<Replay>) -> Result<Option<Rows>, StoreError> {
        let (mut before, mut at) = (0, i64::MIN);
        let mut pairs = Vec::new();
        while let Some(record) = self.journal.next_of(name, self.moment).await? {
            let (seq, prev, time) = (record.number(1)?, record.number(2)?, record.number(5)?);
            self.last = self.last.max(seq);
            if prev != before {
                (self.found)(Finding::Prev { scope: name.to_owned(), seq, told: prev, is: before });
            }
            if time < at {
                (self.found)(Finding::Older(seq));
            }
            (before, at) = (seq, time);
            let emptied = record.text(7)?.is_empty();
            if emptied != (seq <= upto) {
                (self.found)(Finding::Snapshot(seq));
            }
            if emptied {
                continue;
            }
            let row = read(&record);
            let Some(row) = self.readable("journal", &seq.to_string(), row)? else { continue };
            pairs.extend(subjects(&row).into_iter().map(|subject| (subject.to_string(), seq)));
            if pairs.len() >= PAIRS {
                self.listed(std::mem::take(&mut pairs)).await?;
            }
            if let Some(replay) = &mut replay {
                replay.step(&row)?;
            }
        }
        self.listed(pairs).await?;
        replay.map(Replay::finish).transpose()
    }

    /// Looks for the rows that should be in the activity of things.
    async fn listed(&mut self, pairs: Vec<(String, i64)>) -> Result<(), StoreError> {
        let absent = self.moment.absent(&pairs).await?;
        self.subjects += (pairs.len() - absent.len()) as u64;
        for (subject, seq) in absent {
            (self.found)(Finding::Subject { subject, seq });
        }
        Ok(())
    }

    /// Compares the things of a scope with those that there should be.
    async fn compare(&mut self, name: &str, mut expected: Option<Rows>) -> Result<(), StoreError> {
        while let Some(record) = self.things.next_of(name, self.moment).await? {
            let (kind, id) = (record.text(1)?, record.text(2)?);
            let thing = || Named { kind: kind.to_owned(), scope: name.to_owned(), id: id.to_owned() };
            let Some(expected) = &mut expected else { continue };
            match kind_of(kind).ok().and_then(|kind| expected.remove(&(kind, id.to_owned()))) {
                None => (self.found)(Finding::Extra(thing())),
                Some(row) => {
                    let what = differences(&row, &record)?;
                    if !what.is_empty() {
                        (self.found)(Finding::Differs { thing: thing(), what: what.join("; ") });
                    }
                }
            }
        }
        expected.into_iter().flatten().for_each(|(_, row)| (self.found)(Finding::missing(&row)));
        Ok(())
    }

    /// What browsers were told must be of commands that they have sent.
    async fn browsers(&mut self) -> Result<(), StoreError> {
        let (mut clients, mut verdicts) = (Stream::new(&CLIENT), Stream::new(&VERDICT));
        let mut client = clients.next(self.moment).await?;
        while let Some(verdict) = verdicts.next(self.moment).await? {
            while client.as_ref().is_some_and(|client| client.0[..2] < verdict.0[..2]) {
                client = clients.next(self.moment).await?;
            }
            let number = verdict.number(2)?;
            let sent = match &client {
                Some(client) if client.0[..2] == verdict.0[..2] => (1..=client.number(2)?).contains(&number),
                _ => false,
            };
            if !sent {
                (self.found)(Finding::Verdict { client: verdict.text(0)?.to_owned(), number });
            }
            if let Ok(rejection) = verdict.text(3) {
                let rejection = json::<shared::Rejection>("a refusal", rejection).map(drop);
                self.readable("verdict", &format!("{} {number}", verdict.text(0)?), rejection)?;
            }
        }
        while clients.next(self.moment).await?.is_some() {}
        self.contents.extend(clients.contents().into_iter().chain(verdicts.contents()));
        Ok(())
    }

    /// The tables that remain, and what can only be told at the end.
    async fn finish(mut self) -> Result<Contents, StoreError> {
        let mut listed = Stream::new(&SUBJECT);
        while !listed.page(self.moment).await?.is_empty() {}
        let listed = listed.contents();
        let rows: u64 = listed.iter().map(|content| content.rows).sum();
        if rows > self.subjects {
            (self.found)(Finding::Subjects(rows - self.subjects));
        }
        self.contents.extend(listed);
        for table in OTHERS {
            let mut stream = Stream::new(table);
            while !stream.page(self.moment).await?.is_empty() {}
            self.contents.extend(stream.contents());
        }
        let journal = self.journal.contents();
        let rows: u64 = journal.iter().map(|content| content.rows).sum();
        if i64::try_from(rows).ok() != Some(self.last) {
            self.moment.gaps(self.last).await?.into_iter().for_each(|seq| (self.found)(Finding::Gap(seq)));
        }
        if let Some(head) = self.moment.head().await?.filter(|head| *head != self.last) {
            (self.found)(Finding::Head { head, last: self.last });
        }
        self.contents.extend(journal.into_iter().chain(self.snapshots.contents()).chain(self.things.contents()));
        Ok(Contents::new(self.contents))
    }

    /// Something that was read; `None`, and a finding, if that was not possible.
    fn readable<T>(
        &mut self,
        table: &'static str,
        row: &str,
        answer: Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        match answer {
            Ok(value) => Ok(Some(value)),
            Err(StoreError::Damaged { what, why }) => {
                (self.found)(Finding::Unreadable { table, row: row.to_owned(), why: format!("{what}: {why}") });
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// A row of the journal.
pub(super) fn read(record: &Record) -> Result<Delta, StoreError> {
    let text = |column| record.text(column).map(str::to_owned);
    json::<IgnoredAny>("a command", record.text(6)?)?;
    delta((text(0)?, record.number(1)?, record.number(2)?, text(3)?, text(4)?, record.number(5)?, text(7)?))
}

/// How a row of a table differs from what it should be.
fn differences(row: &Row, record: &Record) -> Result<Vec<String>, StoreError> {
    let (seq, gone, body) = (record.number(3)?, record.number(4)?, record.text(5)?);
    let mut what = Vec::new();
    if seq != integer(row.seq) {
        what.push(format!("seq is {seq} and should be {}", row.seq.0));
    }
    if gone != i64::from(row.gone) {
        what.push(format!("gone is {gone} and should be {}", u8::from(row.gone)));
    }
    if body != row.body {
        let here = row.kind.normal(body);
        match here {
            None => what.push("body cannot be read".to_owned()),
            Some(here) => fields(&here, &row.kind.normal(&row.body).unwrap_or_default(), &mut what),
        }
    }
    Ok(what)
}

/// The fields of two bodies that differ.
fn fields(here: &Value, expected: &Value, what: &mut Vec<String>) {
    let (Value::Object(here), Value::Object(expected)) = (here, expected) else {
        if here != expected {
            what.push(format!("body is {} and should be {}", shown(Some(here)), shown(Some(expected))));
        }
        return;
    };
    let mut names: Vec<&String> = here.keys().chain(expected.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names.into_iter().filter(|name| here.get(*name) != expected.get(*name)) {
        what.push(format!("{name} is {} and should be {}", shown(here.get(name)), shown(expected.get(name))));
    }
}

fn shown(value: Option<&Value>) -> String {
    let text = value.map_or_else(|| "not there".to_owned(), Value::to_string);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
