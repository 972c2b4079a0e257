//! Small pieces that the pages share.

mod avatar;
mod dialog;
mod field;
mod icon;
mod toast;

pub use avatar::{Avatar, PersonTag};
pub use dialog::Dialog;
pub use field::{Errors, Field};
pub use icon::Icon;
pub use toast::{Toasts, ToastStack};
