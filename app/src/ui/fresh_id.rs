//! Ids for elements that name each other, such as a label and its input.

use std::sync::atomic::{AtomicU32, Ordering};

static LAST: AtomicU32 = AtomicU32::new(0);

/// An id that no other element on the page has.
pub fn fresh_id(prefix: &str) -> String {
    format!("{prefix}-{}", LAST.fetch_add(1, Ordering::Relaxed))
}
