//! All routes of the server, and what lies around them.

use axum::Router;
use axum::routing::{get, post};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{ConfigError, CsrfLayer};

use super::{Services, api, assets, headers, health};
use crate::{file, sync};

/// Where the server answers itself, and not with a page of the app; the service worker leaves them alone too.
pub(super) const OURS: [&str; 6] = ["/sync", "/api", "/files", "/livez", "/readyz", "/assets"];

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

#[cfg(test)]
mod tests {
    use super::OURS;

    #[test]
    fn the_service_worker_answers_nothing_that_the_server_does() {
        let worker = include_str!("../../../app/sw.js");
        for ours in OURS {
            let name = ours.trim_start_matches('/');
            let is_left_alone = worker.contains(&format!("({name}|")) || worker.contains(&format!("|{name}"));
            // Assets have a rule of their own there.
            assert!(is_left_alone || ours == "/assets", "{ours} is answered by app/sw.js");
        }
        let routes = include_str!("router.rs").lines().filter(|line| line.trim_start().starts_with('.'));
        let paths = routes.filter_map(|line| line.split('"').nth(1)).filter(|path| *path != "/sw.js");
        for path in paths {
            assert!(OURS.iter().any(|ours| path.starts_with(ours)), "{path} is not among those that are the server's");
        }
    }
}
