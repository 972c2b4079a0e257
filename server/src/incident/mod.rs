//! What incidents ask of the server besides commands: those that are over, listed and counted. No browser has all of them,
//! and neither has this server: they are read from the index of what can be found, which lags behind by a moment.

#[cfg(feature = "ssr")]
mod figures;
pub mod functions;
#[cfg(feature = "ssr")]
mod leaving;
#[cfg(feature = "ssr")]
mod over;
mod wire;

#[cfg(feature = "ssr")]
pub(crate) use self::leaving::see_off;
pub use self::wire::{MonthTally, Over, OverFilter, OverPage, OverPlace, Tally};
#[cfg(feature = "ssr")]
pub use self::{figures::tally, over::list};
