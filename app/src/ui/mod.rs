//! Small pieces that the pages share.

mod attach;
mod avatar;
mod combobox;
mod composer;
mod confirm;
mod dialog;
mod field;
mod focus;
mod fresh_id;
mod icon;
mod kept;
mod key;
mod label;
mod markdown;
mod page_title;
mod printing;
mod text_input;
mod toast;

pub use attach::{Attach, Attachments};
pub use avatar::{Avatar, PersonTag, initial};
pub use combobox::{Choice, Choices, Combobox};
pub use composer::{Composer, Written};
pub use confirm::Confirm;
pub use dialog::{Dialog, FormDialog};
pub use field::{Errors, Field, focus_error, mark_refused};
pub use focus::{focus, focus_later};
pub use fresh_id::fresh_id;
pub use icon::Icon;
pub use kept::{keep, kept};
pub use key::{Key, tr};
pub use label::label_hue;
pub use markdown::{Mentioned, markdown, prose};
pub use page_title::page_title;
pub use printing::printing;
pub use text_input::{Text, TextInput};
pub use toast::{ToastStack, Toasts};
