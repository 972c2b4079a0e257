//! A task beside the board.

use leptos::prelude::*;
use shared::id::{ProjectId, TaskId};

/// The panel of one task, open beside the board while the address says `?task=`.
#[component]
pub fn TaskPanel(
    /// Whose board.
    project: ProjectId,
    /// Which task.
    task: TaskId,
    /// Closes the panel.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let _ = (project, task, on_close);
}
