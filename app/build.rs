//! Refuses to build an app in which a person would meet a missing translation, and writes the texts down for `texts.rs`.

use std::env;
use std::fs;
use std::path::Path;

#[allow(dead_code, reason = "the tidy test uses more of it")]
mod translations;

fn main() {
    for path in ["locales", "src", "translations.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let found = translations::check(env!("CARGO_MANIFEST_DIR").as_ref());
    for error in found.errors {
        println!("cargo::error={error}");
    }
    // Only a warning here, since a text may be written before the page that shows it; the tidy test refuses it.
    for unused in found.unused {
        println!("cargo::warning={unused}");
    }
    let out = env::var_os("OUT_DIR").expect("cargo says where");
    fs::write(Path::new(&out).join("texts.rs"), found.table).expect("cargo's folder can be written");
}
