//! Snapshots over HTTP, where they are compressed: what a browser starts with, and what it takes when it is too far
//! behind to catch up.

use std::time::Instant;

use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use shared::Scope;
use shared::sync::{FrameError, encode};

use super::{Engine, EngineError};
use crate::metrics;
use crate::sign_in::SignedIn;
use crate::web::Services;

#[derive(Debug, Deserialize)]
pub(super) struct StartQuery {
    scope: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SnapshotQuery {
    scope: String,
}

/// `GET /sync/start?scope=NAME`: a [`shared::sync::Start`], with the scope that is looked at if there is one and it may be
/// read.
pub(super) async fn start(
    State(services): State<Services>,
    signed_in: SignedIn,
    Query(query): Query<StartQuery>,
) -> Response {
    let looked_at = query.scope.and_then(|name| name.parse().ok()).filter(|scope: &Scope| !scope.is_light());
    let start = services.engine.first(signed_in.person, looked_at).await;
    respond(&services.engine, start).await
}

/// `GET /sync/snapshot?scope=NAME`, by the scope's name (`company`, `project:ID`, `room:ID` and so on): a
/// [`shared::sync::Snapshot`]. What may not be read looks just like what is not there.
pub(super) async fn snapshot(
    State(services): State<Services>,
    signed_in: SignedIn,
    Query(query): Query<SnapshotQuery>,
) -> Response {
    let Ok(scope) = query.scope.parse() else { return StatusCode::BAD_REQUEST.into_response() };
    let snapshot = services.engine.snapshot(signed_in.person, scope).await;
    respond(&services.engine, snapshot).await
}

async fn respond<T>(engine: &Engine, found: Result<T, EngineError>) -> Response
where
    T: Serialize + Send + 'static,
{
    match written(engine, found).await {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => {
            tracing::error!(error, "a snapshot could not be made");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Writes a snapshot out. A large board takes milliseconds: a few at a time, and not where sockets are served.
async fn written<T>(engine: &Engine, found: Result<T, EngineError>) -> Result<Vec<u8>, String>
where
    T: Serialize + Send + 'static,
{
    let begin = Instant::now();
    let value = found.map_err(|error| error.to_string())?;
    let _permit = engine.snapshots().acquire().await.map_err(|error| error.to_string())?;
    let bytes: Result<Vec<u8>, FrameError> =
        tokio::task::spawn_blocking(move || encode(&value)).await.map_err(|error| error.to_string())?;
    metrics::snapshot(begin.elapsed());
    bytes.map_err(|error| error.to_string())
}
