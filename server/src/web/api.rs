//! Server functions: everything under `/api`.

use std::net::SocketAddr;

use axum::RequestExt as _;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use leptos::prelude::{provide_context, use_context};

use super::Services;
use crate::organisation::{Caller, device};
use crate::sign_in::SignedIn;

/// The largest request of a server function, in bytes: the longest text that the rules allow, four times over.
const LARGEST_REQUEST: usize = 320 * 1024;
/// The longest that a browser may call itself, in characters.
const LONGEST_AGENT: usize = 200;

/// Runs the server function that the path names, with its [`Caller`] as context.
pub(super) async fn call(
    State(services): State<Services>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    signed_in: Option<SignedIn>,
    mut request: Request,
) -> Response {
    let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let agent: String = agent.chars().take(LONGEST_AGENT).collect();
    let device = device(request.headers());
    let address = services.client_address(peer, request.headers());
    let context = move || {
        provide_context(Caller {
            services: services.clone(),
            signed_in,
            address,
            device: device.clone(),
            agent: agent.clone(),
            response: use_context().unwrap_or_default(),
        });
    };

    DefaultBodyLimit::max(LARGEST_REQUEST).apply(&mut request);
    let request = request.with_limited_body();
    let mut response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    match response.status() {
        // Leptos's word for a function that there is not.
        StatusCode::BAD_REQUEST => return (StatusCode::NOT_FOUND, "nothing here\n").into_response(),
        // Our own faults have statuses of their own: what is left is a request that could not be read.
        StatusCode::INTERNAL_SERVER_ERROR => *response.status_mut() = StatusCode::BAD_REQUEST,
        _ => {}
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
