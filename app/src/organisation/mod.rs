//! Signing in and the company's directory.
//!
//! The rules: [`shared::organisation`].

mod account;
mod admin;
mod area;
mod company;
mod departments;
mod directory;
mod found;
mod gate;
mod join;
mod leaving;
mod people;
mod reset;
mod sign_in;
mod zones;

use account::Account;
pub use admin::{AdminHead, Section};
pub use area::{AREA, told};
use company::CompanyPage;
use departments::Departments;
pub use directory::{DepartmentSelect, department_options, is_admin, tree};
pub use found::Found;
pub use gate::Answers;
pub use join::Join;
use join::JoinSignedIn;
pub use leaving::{Leaving, SignOut};
use people::People;
pub use reset::Reset;
pub use sign_in::SignIn;
