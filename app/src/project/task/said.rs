//! Leading whoever was told of something in a task to where it stands; by that it is read.

use leptos::prelude::*;
use shared::inbox::{About, Source};

use super::comments::comment_element;
use super::subject::Subject;
use crate::inbox::Asks;
use crate::project::space::{board_address, said_at};
use crate::reactive::{effect, memo};
use crate::ui::{Address, point_at};

/// Shows what the address of the panel is at as soon as it is here, and has it read.
pub fn show_what_was_said(subject: Subject) {
    let address = Address::of(board_address(subject.project));
    let asks = Asks::expect();
    let task = subject.on_its_board();
    let source = memo(move || {
        let is_of_this = address.get("task") == subject.id.to_string();
        said_at(&address.get("at")).filter(|_| is_of_this)
    });
    effect(move || {
        let Some(source) = source.get() else { return };
        let element = match source {
            // It may be on its way.
            Source::Comment(id) if !subject.has_comment(id) => return,
            Source::Comment(id) => comment_element(id),
            Source::Description | Source::Block(_) => "task-description-title".to_owned(),
        };
        asks.read(About::Task(task), Some(source));
        address.replace(&[("at", "")]);
        point_at(element);
    });
}
