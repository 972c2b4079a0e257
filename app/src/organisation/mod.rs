//! Signing in and the company's directory (SPEC 1).

mod account;
mod admin;
mod departments;
mod directory;
mod found;
mod gate;
mod join;
mod people;
mod sign_in;

pub use account::Account;
pub use admin::{AdminHead, Section};
pub use departments::Departments;
pub use directory::{DepartmentSelect, PersonSelect, department_options, is_admin, manages};
pub use found::Found;
pub use gate::Answers;
pub use join::Join;
pub use people::People;
pub use sign_in::SignIn;
