//! One person's database in this browser: the Rust face of `disk.js`, and what a kept replica looks like in it.

mod plain;

use std::cell::RefCell;

use js_sys::{Array, JSON, Promise, Uint8Array};
use shared::id::{ClientId, Epoch, PersonId};
use shared::sync::{Keep, KeptCommand, KeptScope, PROTOCOL, decode, encode};
use shared::{Scope, sync};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/src/sync/disk.js")]
extern "C" {
    #[wasm_bindgen(js_name = Disk)]
    type Database;
    #[wasm_bindgen(static_method_of = Database, js_class = "Disk")]
    fn open(person: &str, client: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn read(this: &Database, beside: Option<String>) -> Promise;
    #[wasm_bindgen(method, js_name = readOne)]
    fn read_one(this: &Database, scope: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn write(this: &Database, entries: &Array) -> Promise;
    #[wasm_bindgen(method)]
    fn lighten(this: &Database, entries: &Array) -> Promise;
    #[wasm_bindgen(method)]
    fn adopt(this: &Database) -> Promise;
    #[wasm_bindgen(method)]
    fn describe(this: &Database, id: &str, text: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn waiting(this: &Database) -> Promise;
    #[wasm_bindgen(method)]
    fn close(this: &Database);
    #[wasm_bindgen(method)]
    fn wipe(this: &Database) -> Promise;

    /// Asks the browser not to clear away what is kept here.
    pub fn persist();

    type Row;
    #[wasm_bindgen(method, getter)]
    fn scope(this: &Row) -> String;
    #[wasm_bindgen(method, getter)]
    fn edition(this: &Row) -> String;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &Row) -> Vec<u8>;

    /// A command, by whatever version it was left: not all have all.
    #[derive(Clone)]
    type CommandRow;
    #[wasm_bindgen(method, getter)]
    fn edition(this: &CommandRow) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &CommandRow) -> Option<Vec<u8>>;
    #[wasm_bindgen(method, getter)]
    fn text(this: &CommandRow) -> Option<String>;
}

/// An open database.
pub struct Disk {
    database: Database,
    /// What was taken over and waits for the part of the app that reads it.
    late: RefCell<Vec<CommandRow>>,
}

/// It was refused, is full, or was closed.
#[derive(Clone, Copy, Debug)]
pub struct Failed;

impl From<JsValue> for Failed {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// What a tab that is gone has left of a command.
pub enum Left {
    /// A command.
    Command(KeptCommand),
    /// What can be shown of one that this version cannot read.
    Unread(String),
}

impl Disk {
    /// Opens the database of `person` for the tab `client`.
    pub async fn open(person: PersonId, client: ClientId) -> Result<Self, Failed> {
        let opened = Database::open(&person.to_string(), &client.to_string());
        Ok(Self { database: JsFuture::from(opened).await?.unchecked_into(), late: RefCell::default() })
    }

    /// The scopes that come by themselves, and the one that is looked at.
    pub async fn replica(&self, looked_at: Option<Scope>) -> Result<Vec<KeptScope>, Failed> {
        Ok(kept(&JsFuture::from(self.database.read(looked_at.map(name))).await?))
    }

    /// One scope of it.
    pub async fn scope(&self, scope: Scope) -> Result<Option<KeptScope>, Failed> {
        let rows = JsFuture::from(self.database.read_one(&name(scope))).await?;
        Ok(kept(&rows).pop())
    }

    /// Writes a batch, whole or not at all. It is under way before this returns.
    pub fn write(&self, batch: &[Keep]) -> impl Future<Output = Result<(), Failed>> + use<> {
        done(self.database.write(&entries(batch)))
    }

    /// Throws the replica away and writes the queue.
    pub fn lighten(&self, queue: &[Keep]) -> impl Future<Output = Result<(), Failed>> + use<> {
        done(self.database.lighten(&entries(queue)))
    }

    /// Takes over what tabs that are gone have left, in the order in which it was given.
    pub async fn adopt(&self) -> Result<Vec<Left>, Failed> {
        let rows = JsFuture::from(self.database.adopt()).await?.unchecked_into::<Array>();
        let late = self.late.take();
        let mut left = Vec::new();
        for row in late.into_iter().chain(rows.iter().map(JsCast::unchecked_into)) {
            // What was given after one that is late waits as well.
            let read = if self.late.borrow().is_empty() { read(&row).await } else { None };
            match read {
                Some(read) => left.push(read),
                None => self.late.borrow_mut().push(row),
            }
        }
        Ok(left)
    }

    /// Writes a command that is kept beside its bytes in a way that each version reads, if the part of the app that does so
    /// can be had.
    pub async fn describe(&self, command: &KeptCommand) {
        if let Ok(text) = plain::written(command).await {
            // Without it, versions of this edition read the command.
            let _ = JsFuture::from(self.database.describe(&command.id.to_string(), &text)).await;
        }
    }

    /// How many commands wait, of this tab and others.
    pub async fn waiting(&self) -> Result<usize, Failed> {
        let count = JsFuture::from(self.database.waiting()).await?.as_f64().unwrap_or_default();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a count
        Ok(count as usize)
    }

    /// Lets go of it: what is kept stays.
    pub fn close(&self) {
        self.database.close();
    }

    /// Deletes everything.
    pub async fn wipe(&self) {
        // What could not be deleted now is at least not shown: the server asks whoever comes next to sign in.
        let _ = JsFuture::from(self.database.wipe()).await;
    }
}

/// A command by its bytes if they are of this edition, or else by its text; `None` while that cannot be read.
async fn read(row: &CommandRow) -> Option<Left> {
    let is_ours = row.edition().is_some_and(|edition| edition == PROTOCOL.to_string());
    if let Some(command) = row.bytes().filter(|_| is_ours).and_then(|bytes| decode(&bytes).ok()) {
        return Some(Left::Command(command));
    }
    let Some(text) = row.text() else {
        let shown = JSON::stringify(row).map(String::from);
        return Some(Left::Unread(shown.unwrap_or_default()));
    };
    let command = plain::read(text.clone()).await.ok()?;
    Some(command.map_or(Left::Unread(text), |command| Left::Command(*command)))
}

/// What a scope is called on disk: those that come only while somebody looks at them stand before all others.
fn name(scope: Scope) -> String {
    if scope.is_light() { scope.to_string() } else { format!("/{scope}") }
}

async fn done(promise: Promise) -> Result<(), Failed> {
    JsFuture::from(promise).await?;
    Ok(())
}

/// The journal and the protocol that bytes belong to.
fn edition(epoch: Epoch) -> String {
    format!("{PROTOCOL}/{epoch}")
}

fn entries(batch: &[Keep]) -> Array {
    batch.iter().filter_map(entry).collect()
}

/// What cannot be written down is left out: a replica is fetched again.
fn entry(keep: &Keep) -> Option<Array> {
    let text = |text: &str| JsValue::from_str(text);
    let scope_text = |scope: Scope| text(&name(scope));
    let bytes = |bytes: Vec<u8>| JsValue::from(Uint8Array::from(&bytes[..]));
    #[allow(clippy::cast_precision_loss)] // a journal of 9,000,000,000,000,000 rows
    let number = |seq: sync::Seq| JsValue::from_f64(seq.0 as f64);
    let parts = match keep {
        Keep::Scope(snapshot) => vec![
            text("scope"),
            scope_text(snapshot.cursor.scope),
            text(&edition(snapshot.epoch)),
            number(snapshot.cursor.upto),
            bytes(encode(snapshot).ok()?),
        ],
        Keep::Delta(epoch, delta) => vec![
            text("delta"),
            scope_text(delta.part.scope),
            text(&edition(*epoch)),
            number(delta.seq),
            bytes(encode(delta).ok()?),
        ],
        Keep::Forget(scope) => vec![text("forget"), scope_text(*scope)],
        Keep::Command(command) => vec![
            text("command"),
            text(&command.id.to_string()),
            JsValue::from_bool(command.refused.is_none()),
            text(&PROTOCOL.to_string()),
            bytes(encode(command).ok()?),
        ],
        Keep::Settled(id) => vec![text("settled"), text(&id.to_string())],
    };
    Some(parts.into_iter().collect())
}

/// The scopes that this version can read, with their changes up to the first that it cannot.
fn kept(rows: &JsValue) -> Vec<KeptScope> {
    let rows = rows.unchecked_ref::<Array>();
    let of = |at: u32| -> Vec<Row> {
        rows.get(at).unchecked_into::<Array>().iter().map(JsCast::unchecked_into::<Row>).collect()
    };
    let (scopes, deltas) = (of(0), of(1));
    let scopes = scopes.into_iter().filter_map(|row| {
        let snapshot: sync::Snapshot = decode(&row.bytes()).ok()?;
        let edition = edition(snapshot.epoch);
        if row.edition() != edition || snapshot.part.is_none() {
            return None;
        }
        let name = row.scope();
        let ours = deltas.iter().filter(|delta| delta.scope() == name && delta.edition() == edition);
        let deltas = ours.map_while(|delta| decode(&delta.bytes()).ok()).collect();
        Some(KeptScope { snapshot, deltas })
    });
    scopes.collect()
}
