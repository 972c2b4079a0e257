//! The organisation's accounts: founding, joining, signing in and out.
//!
//! Departments and people themselves are commands like any other; here is what cannot be one, because it handles
//! secrets: passwords, sign-ins, invitations and links for a new password. They never enter the journal or a replica.

pub mod functions;

#[cfg(feature = "ssr")]
mod account;
#[cfg(feature = "ssr")]
mod attempts;
#[cfg(feature = "ssr")]
mod caller;
#[cfg(feature = "ssr")]
mod device;
#[cfg(feature = "ssr")]
mod directory;
#[cfg(feature = "ssr")]
mod founding;
#[cfg(feature = "ssr")]
mod invitation;
#[cfg(feature = "ssr")]
mod leaving;
#[cfg(feature = "ssr")]
mod password;
#[cfg(feature = "ssr")]
mod qr_code;
#[cfg(feature = "ssr")]
mod reset;
#[cfg(feature = "ssr")]
mod session;
#[cfg(feature = "ssr")]
mod signed_in;
#[cfg(feature = "ssr")]
mod token;
mod wire;

pub use self::wire::{
    FoundForm, HeldInProject, Invitation, InvitationInfo, JoinForm, OpenInvitation, Qr, ResetInfo, ResetLink,
    ResetMade, SessionInfo, Uses, Whoami,
};
#[cfg(feature = "ssr")]
pub use self::{
    attempts::Attempts,
    caller::{Caller, ClientAddress},
    device::device,
    founding::add_account,
    password::Passwords,
    reset::reset_link,
    session::{follow_leavers, sweep},
    token::Token,
};
