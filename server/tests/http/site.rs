//! The app's files, and whether the server is well.

use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};

use crate::support::TestServer;

#[tokio::test]
async fn every_page_is_the_shell_sent_once() {
    let server = TestServer::start().await;
    let browser = server.stranger();
    let first = browser.get("/").await;
    assert_eq!(first.status(), 200);
    assert_eq!(first.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    assert_eq!(first.headers()[CACHE_CONTROL], "no-cache");
    assert_eq!(first.headers()[VARY], "accept-encoding");
    let tag = first.headers()[ETAG].clone();

    for path in ["/projects/0193/board", "/join/abc", "/apiary", "/no/such/page"] {
        let page = browser.get(path).await;
        assert_eq!((page.status().as_u16(), &page.headers()[ETAG]), (200, &tag), "{path}");
        let again = browser.request(Method::GET, path).header(IF_NONE_MATCH, &tag).send().await.expect("an answer");
        assert_eq!((again.status().as_u16(), &again.headers()[ETAG]), (304, &tag), "{path}");
        assert_eq!(again.bytes().await.expect("a body").len(), 0);
    }
    let stale = browser.request(Method::GET, "/").header(IF_NONE_MATCH, "\"other\"").send().await.expect("an answer");
    assert_eq!(stale.status(), 200);
}

#[tokio::test]
async fn what_is_no_page_is_not_found() {
    let server = TestServer::start().await;
    let browser = server.stranger();
    for path in ["/assets/none.js", "/assets/../index.html.br", "/assets", "/sync/none", "/api"] {
        let response = browser.get(path).await;
        let kind = response.headers().get(CONTENT_TYPE).map(|kind| kind.to_str().expect("text").to_owned());
        let is_page = response.status().is_success() && kind.as_deref() == Some("text/html; charset=utf-8");
        assert!(!is_page || path.contains(".."), "{path}");
    }
    assert_eq!(browser.get("/assets/none.js").await.headers()[CACHE_CONTROL], "no-store");
}

/// Asks for every asset that the shell of this build names; a build without the app names none.
#[tokio::test]
async fn hashed_assets_are_kept_for_good_and_sent_small() {
    let server = TestServer::start().await;
    let browser = server.stranger();
    let shell = browser.get("/").await.text().await.expect("the shell");
    for asset in shell.split('"').filter(|part| part.starts_with("/assets/")) {
        for (accepts, encoding) in [("br, gzip", Some("br")), ("gzip", Some("gzip")), ("identity", None)] {
            let request = browser.request(Method::GET, asset).header(ACCEPT_ENCODING, accepts);
            let response = request.send().await.expect("an answer");
            assert_eq!(response.status(), 200, "{asset}");
            assert_eq!(response.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
            let sent = response.headers().get("content-encoding").map(|name| name.to_str().expect("text"));
            assert_eq!(sent, encoding, "{asset}");
            if asset.rsplit('.').next() == Some("wasm") {
                assert_eq!(response.headers()[CONTENT_TYPE], "application/wasm");
            }
        }
    }
}

/// One that a cache kept would go on serving an old shell; a build without the app has none.
#[tokio::test]
async fn the_worker_that_serves_the_shell_offline_is_always_asked_for_anew() {
    let server = TestServer::start().await;
    let worker = server.stranger().get("/sw.js").await;
    if worker.status() != 404 {
        assert_eq!(worker.status(), 200);
        assert_eq!(worker.headers()[CACHE_CONTROL], "no-cache");
        assert!(worker.headers()[CONTENT_TYPE].to_str().expect("text").starts_with("text/javascript"));
    }
}

#[tokio::test]
async fn it_says_that_it_is_well() {
    let server = TestServer::start().await;
    let response = server.stranger().get("/readyz").await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.text().await.expect("a body"), "ok\n");
    server.stop().await;
}
