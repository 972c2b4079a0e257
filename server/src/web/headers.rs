//! What every answer says to the browser for safety, and what the log says of every request.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Response, header};
use std::time::Duration;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use tracing::Span;

use super::Services;

/// Everything comes from here; WebAssembly may run, text in a page may not.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Links out of comments do not tell where they were found.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Two years: browsers that have seen the server over TLS do not come without it.
const HSTS: (HeaderName, &str) = (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000");

/// Puts the headers and the log around all routes.
pub(super) fn around(mut app: Router<Services>, services: &Services) -> Router<Services> {
    let hsts = services.settings.is_secure().then_some(HSTS);
    for (name, value) in ALWAYS.into_iter().chain(hsts) {
        app = app.layer(SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value)));
    }
    app.layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(answered).on_failure(()))
}

/// Pages of the app whose addresses end with a secret.
const SECRET: [&str; 2] = ["/join/", "/reset/"];

/// The path alone: a query may hold what people search for. A token is never in a path of ours but the shell's, which
/// is cut short here.
fn span(request: &Request) -> Span {
    let path = request.uri().path();
    let path = SECRET.into_iter().find(|page| path.starts_with(page)).unwrap_or(path);
    tracing::info_span!("request", method = %request.method(), path)
}

fn answered<B>(response: &Response<B>, took: Duration, _: &Span) {
    let status = response.status().as_u16();
    let took = took.as_micros();
    if response.status().is_server_error() {
        tracing::warn!(status, took, "answered");
    } else {
        tracing::debug!(status, took, "answered");
    }
}
