//! What the address says about a board: the open task and the filters. Links and the back button work by it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use shared::id::{ProjectId, TaskId};

/// The address of one board.
#[derive(Clone, Copy)]
pub struct Address {
    project: ProjectId,
    query: Memo<ParamsMap>,
    go: Callback<(String, bool)>,
}

impl Address {
    /// The address of the page that is shown.
    pub fn of(project: ProjectId) -> Self {
        let navigate = use_navigate();
        let go = Callback::new(move |(path, replace): (String, bool)| {
            navigate(&path, NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
        });
        Self { project, query: use_query_map(), go }
    }

    /// One of its parameters; tracked. Empty ones count as none.
    pub fn get(self, key: &str) -> Option<String> {
        self.query.with(|query| query.get_str(key).filter(|value| !value.is_empty()).map(ToOwned::to_owned))
    }

    /// The task that is open beside the board; tracked.
    pub fn task(self) -> Option<TaskId> {
        self.get("task")?.parse().ok()
    }

    /// The address with some parameters changed, and the others kept.
    pub fn with(self, changes: &[(&str, Option<&str>)]) -> String {
        let mut query = String::new();
        let mut add = |key: &str, value: &str| {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(key);
            query.push('=');
            // The router decodes twice: a percent sign has to outlive the first time.
            query.extend(js_sys::encode_uri_component(&value.replace('%', "%25")).as_string());
        };
        self.query.with_untracked(|old| {
            for (key, value) in old.latest_values() {
                if !changes.iter().any(|(changed, _)| changed == key) {
                    add(key, value);
                }
            }
        });
        for (key, value) in changes {
            if let Some(value) = value {
                add(key, value);
            }
        }
        format!("/projects/{}/board{query}", self.project)
    }

    /// Goes there: with a new entry in the history, or in the place of the present one.
    pub fn set(self, changes: &[(&str, Option<&str>)], replace: bool) {
        self.go.run((self.with(changes), replace));
    }

    /// Opens a task beside the board.
    pub fn open(self, task: TaskId) {
        self.set(&[("task", Some(&task.to_string()))], false);
    }
}
