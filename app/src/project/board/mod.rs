//! The board: columns of cards that one drags, live with everybody who looks.
//!
//! [`desk`] holds what the parts share. `column` draws the cards in view; a drag is fed by [`pointer`] and [`keys`]
//! into the state machine of `shared::project::board::drag` through [`feed`], which carries out what comes back.

mod announce;
mod card;
mod cards;
mod column;
mod column_menu;
mod desk;
mod dragging;
mod face;
mod feed;
mod filter;
mod filter_bar;
mod filters;
mod focus;
mod head;
mod keys;
mod lane;
mod layer;
mod mark;
mod menu;
mod page;
mod paper;
mod pointer;
mod questions;
mod quick_add;
mod selection_bar;
mod states;
mod voice;
mod write;

pub use page::BoardPage;
