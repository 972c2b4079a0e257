//! Rows of a form that are added and removed: each keeps its key while others come and go.

use leptos::prelude::*;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The rows, in the order in which they were added. Typing in one redraws none.
pub struct Rows<T: Send + Sync + 'static> {
    rows: RwSignal<Vec<(u32, T)>>,
    last: StoredValue<u32>,
}

// Derived, these would ask the rows to be copied.
impl<T: Send + Sync + 'static> Clone for Rows<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Rows<T> {}

impl<T: Clone + Serialize + Send + Sync + 'static> Serialize for Rows<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rows.with(|rows| serializer.collect_seq(rows.iter().map(|(_, row)| row)))
    }
}

impl<'de, T: Clone + Deserialize<'de> + Send + Sync + 'static> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::new)
    }
}

impl<T: Clone + Send + Sync + 'static> Rows<T> {
    /// Begins with these rows.
    pub fn new(rows: impl IntoIterator<Item = T>) -> Self {
        let rows: Vec<(u32, T)> = (1..).zip(rows).collect();
        let last = rows.last().map_or(0, |(key, _)| *key);
        Self { rows: RwSignal::new(rows), last: StoredValue::new(last) }
    }

    /// Adds a row at the end; gives its key.
    pub fn add(self, row: T) -> u32 {
        let key = self.last.with_value(|last| last + 1);
        self.last.set_value(key);
        self.rows.update(|rows| rows.push((key, row)));
        key
    }

    /// Takes a row out.
    pub fn remove(self, key: u32) {
        self.rows.update(|rows| rows.retain(|(other, _)| *other != key));
    }

    /// Changes what a row holds, without telling anybody.
    pub fn edit(self, key: u32, edit: impl FnOnce(&mut T)) {
        self.rows.update_untracked(|rows| {
            if let Some((_, row)) = rows.iter_mut().find(|(other, _)| *other == key) {
                edit(row);
            }
        });
    }

    /// What a row holds now.
    pub fn get(self, key: u32) -> Option<T> {
        self.rows.with_untracked(|rows| rows.iter().find(|(other, _)| *other == key).map(|(_, row)| row.clone()))
    }

    /// The keys in order, each with its place from 1; tracked.
    pub fn places(self) -> Vec<(u32, usize)> {
        self.rows.with(|rows| rows.iter().map(|(key, _)| *key).zip(1..).collect())
    }

    /// All rows with their keys.
    pub fn all(self) -> Vec<(u32, T)> {
        self.rows.get_untracked()
    }
}
