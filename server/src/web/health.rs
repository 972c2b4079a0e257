//! Whether the server lives, and whether it can do its work: two questions with different consequences. Who does not
//! live is started again; who is not ready gets no requests for a while.

use axum::extract::State;
use axum::http::StatusCode;

use super::Services;
use crate::clock;

/// `GET /livez`: it answers at all.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: its database answers, takes what is written, is not ahead of what is known here, and has the time
/// of this machine.
pub(super) async fn ready(State(services): State<Services>) -> (StatusCode, &'static str) {
    if services.shutdown.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if !services.store.is_well().await {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
    } else if !services.engine.is_writing() {
        (StatusCode::SERVICE_UNAVAILABLE, "the last commands could not be written\n")
    } else if services.engine.current().await.is_err() {
        (StatusCode::SERVICE_UNAVAILABLE, "behind the database\n")
    } else if clock::is_off() {
        (StatusCode::SERVICE_UNAVAILABLE, "this machine's clock is not the database's\n")
    } else {
        (StatusCode::OK, "ok\n")
    }
}
