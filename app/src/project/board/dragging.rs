//! The drag under way.

use std::sync::Arc;

use leptos::prelude::*;
use shared::project::board::drag::{Drag, Driver, Hand, Target};

/// The drag under way.
#[derive(Clone, Copy)]
pub struct Dragging {
    pub(super) machine: StoredValue<Drag>,
    /// What is in the hand; while something is, the columns are shown as they were when it was lifted.
    pub hand: RwSignal<Option<Arc<Hand>>>,
    /// Where it would land.
    pub target: RwSignal<Option<Target>>,
}

impl Dragging {
    /// Nothing is held.
    pub fn new() -> Self {
        Self { machine: StoredValue::new(Drag::Idle), hand: RwSignal::new(None), target: RwSignal::new(None) }
    }

    /// What holds the cards, if any are held.
    pub fn driver(self) -> Option<Driver> {
        self.machine.with_value(|drag| drag.hand().map(|hand| hand.by))
    }

    /// Whether a pointer is down on a card that is not lifted.
    pub fn is_pressed(self) -> bool {
        self.machine.with_value(|drag| matches!(drag, Drag::Pressed { .. }))
    }
}
