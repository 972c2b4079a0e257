//! All routes of the server, and what lies around them.

use axum::Router;
use axum::routing::{get, post};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{ConfigError, CsrfLayer};

use super::{Services, api, assets, headers, health};
use crate::{file, sync};

/// The routes: a table of contents.
pub(super) fn router(services: Services) -> Result<Router, ConfigError> {
    let live = Router::new()
        .nest("/sync", sync::router())
        .route("/api/{function}", post(api::call))
        .route_layer(CompressionLayer::new().quality(CompressionLevel::Fastest));

    let app = Router::new()
        .merge(live)
        .nest("/files", file::router())
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/assets/{name}", get(assets::asset))
        .route("/sw.js", get(assets::service_worker))
        .fallback(get(assets::shell))
        .layer(same_site_only(&services)?);

    Ok(headers::around(app, &services).with_state(services))
}

/// Refuses what another site's page posts here with our person's cookie.
fn same_site_only(services: &Services) -> Result<CsrfLayer, ConfigError> {
    let layer = CsrfLayer::new();
    match &services.settings.public_url {
        Some(url) => layer.add_trusted_origin(url.to_string()),
        None => Ok(layer),
    }
}
