//! The card under the pointer while it is dragged, and its way to its place when it is let go.

use std::time::Duration;

use leptos::portal::Portal;
use leptos::prelude::*;
use shared::id::TaskId;
use shared::project::board::drag::{Driver, Point};
use web_sys::Element;

use super::card::draw_carried;
use super::desk::Desk;
use super::face::{Seen, seen};
use super::focus::{card_element, row_of};
use super::lane::top_of;
use super::pointer::Pointer;
use super::write::keep;
use crate::reactive::{effect, memo};

/// How long a card takes to its place, as `--move` in the style sheets.
const LANDING: Duration = Duration::from_millis(160);

/// What is carried, or on its way to its place.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Carried {
    card: TaskId,
    count: usize,
    /// Where it lands, once it is let go.
    landing: Option<Point>,
}

/// The layer above the page in which a card is carried.
#[component]
pub fn DragLayer(
    /// What carries it.
    pointer: Pointer,
) -> impl IntoView {
    let desk = Desk::expect();
    let carried = RwSignal::new(None::<Carried>);
    effect(move || {
        let hand = desk.dragging.hand.get().filter(|hand| hand.by != Driver::Keys);
        match hand {
            Some(hand) => carried.set(Some(Carried { card: hand.card, count: hand.tasks.len(), landing: None })),
            None => land(desk, carried),
        }
    });
    let card = memo(move || carried.get().map(|carried| carried.card));
    let landing = memo(move || carried.get().and_then(|carried| carried.landing));
    let transform = move || {
        let Point { x, y } = landing.get().unwrap_or_else(|| pointer.grip.get().corner());
        format!("translate({x}px, {y}px)")
    };
    let stack = move || carried.get().map(|carried| carried.count).filter(|count| *count > 1);
    move || {
        let card = card.get()?;
        let seen = Memo::new(move |before: Option<&Option<Seen>>| {
            // What is taken away while it flies to its place still lands.
            seen(desk, card).or_else(|| before.cloned().flatten())
        });
        Some(view! {
            <Portal>
                <div class="drag-layer" aria-hidden="true">
                    <div
                        class="card"
                        style:--card-width=format!("{}px", pointer.grip.get_untracked().size.x)
                        style:transform=transform
                        style:transition=move || landing.get().map(|_| "transform var(--move) var(--ease), rotate var(--move) var(--ease)")
                        style:rotate=move || landing.get().map(|_| "0deg")
                        data-stack=move || stack().map(|count| count.to_string())
                        use:carry=(desk, seen)
                    ></div>
                </div>
            </Portal>
        })
    }
}

/// Writes the card that is carried.
fn carry(card: Element, (desk, seen): (Desk, Memo<Option<Seen>>)) {
    keep(RenderEffect::new(move |_: Option<()>| {
        seen.with(|seen| {
            if let Some(seen) = seen {
                draw_carried(&card, desk, seen);
            }
        });
    }));
}

/// Lets a card fly to where it is drawn now, which shows where it went.
fn land(desk: Desk, carried: RwSignal<Option<Carried>>) {
    let Some(card) = carried.with_untracked(|carried| carried.map(|carried| carried.card)) else { return };
    // The columns are drawn anew before the next frame.
    request_animation_frame(move || {
        let moves =
            window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_none_or(|it| !it.matches());
        let Some(landing) = place_on_screen(desk, card).filter(|_| moves) else {
            carried.try_set(None);
            return;
        };
        let landing = Some(landing);
        carried.try_update(|carried| {
            if let Some(carried) = carried {
                carried.landing = landing;
            }
        });
        let landed = move || {
            carried.try_update(|carried| {
                // Another card may have been lifted meanwhile.
                if carried.is_some_and(|carried| carried.landing == landing) {
                    *carried = None;
                }
            });
        };
        set_timeout(landed, LANDING);
    });
}

/// Where a card is, or will be once it has moved there.
fn place_on_screen(desk: Desk, card: TaskId) -> Option<Point> {
    let (_, row) = row_of(desk, card)?;
    let space = card_element(card)?.parent_element()?.get_bounding_client_rect();
    Some(Point { x: space.left(), y: space.top() + top_of(row) })
}
