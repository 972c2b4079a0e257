//! What keeps other sites and strangers out, whatever they ask for.

use qibu::organisation::Whoami;
use qibu::web::Settings;
use serde_json::json;

use crate::support::{TestServer, read};

#[tokio::test]
async fn every_answer_carries_the_safety_headers() {
    let server = TestServer::start().await;
    let browser = server.stranger();
    for path in ["/", "/projects", "/readyz", "/assets/none.js", "/api/none", "/sync/none"] {
        let response = browser.get(path).await;
        let header = |name: &str| {
            response.headers().get(name).unwrap_or_else(|| panic!("{name} of {path}")).to_str().expect("text")
        };
        let policy = header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.split("; ").any(|directive| directive == part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "same-origin");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert!(header("permissions-policy").contains("camera=()"));
        assert!(!response.headers().contains_key("strict-transport-security"), "not on loopback");
    }

    let server = TestServer::start_with(|settings| settings.public_url = "https://qibu.example".parse().ok()).await;
    assert!(server.stranger().get("/").await.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn another_sites_page_cannot_post() {
    let server = TestServer::start().await;
    let host = server.url().as_str().trim_end_matches('/').to_owned();
    let status = async |headers: &[(&str, &str)]| {
        let request = server.stranger().post("whoami").json(&json!({}));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(status(&[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]).await, 403);
    assert_eq!(status(&[("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]).await, 403);
    assert_eq!(status(&[("origin", "https://evil.example")]).await, 403);
    assert_eq!(status(&[("origin", "null")]).await, 403);
    assert_eq!(status(&[("sec-fetch-site", "same-origin"), ("origin", &host)]).await, 200);
    assert_eq!(status(&[("origin", &host)]).await, 200);
    assert_eq!(status(&[]).await, 200, "no browser at all");
}

#[tokio::test]
async fn a_page_learns_whether_its_address_is_refused() {
    let server = TestServer::start_with(|settings| settings.public_url = "https://qibu.example".parse().ok()).await;
    let host = server.url().as_str().trim_end_matches('/').to_owned();
    let asked = |origin: &str| format!("/sync/address?origin={}", origin.replace(':', "%3A").replace('/', "%2F"));
    for (origin, status) in
        [(host.as_str(), 204), ("https://qibu.example", 204), ("https://evil.example", 421), ("null", 421), ("", 421)]
    {
        assert_eq!(server.stranger().get(&asked(origin)).await.status(), status, "{origin}");
    }
    assert_eq!(server.stranger().get("/sync/address").await.status(), 400);
}

#[tokio::test]
async fn a_cookie_that_nobody_gave_is_nobodys() {
    let server = TestServer::start().await;
    server.company().await;
    for cookie in ["qibu_session=", "qibu_session=0", "qibu_session=%00%ff", "other=1; qibu_session=a; qibu_session=b"]
    {
        let request = server.stranger().post("whoami").header("cookie", cookie).json(&json!({}));
        assert_eq!(read(request.send().await.expect("an answer")).await, Ok(Whoami::SignedOut), "{cookie}");
    }
}

#[tokio::test]
async fn bad_requests_are_refused_and_cost_little() {
    let server = TestServer::start().await;
    let browser = server.stranger();
    let status = async |body: String| {
        let request = browser.post("sign_in").header("content-type", "application/json").body(body);
        request.send().await.expect("an answer").status()
    };
    assert_eq!(status("not json".into()).await, 400);
    assert_eq!(status(json!({ "email": 1 }).to_string()).await, 400);
    let huge = json!({ "email": "a@qiming.example", "password": "x".repeat(1_000_000) }).to_string();
    assert_eq!(status(huge).await, 400);
    assert_eq!(browser.post("none").json(&json!({})).send().await.expect("an answer").status(), 404);
    assert_eq!(browser.get("/api/whoami").await.status(), 405);
    assert!(browser.get("/readyz").await.status().is_success(), "and it still lives");
}

#[tokio::test]
async fn behind_a_proxy_the_client_is_who_the_proxy_says() {
    let fail = async |server: &TestServer, from: &str, times: usize| {
        let mut last = 0;
        for attempt in 0..times {
            let body = json!({ "email": format!("a{attempt}@qiming.example"), "password": "paper lantern 42" });
            let request = server.stranger().post("sign_in").header("x-forwarded-for", from).json(&body);
            last = request.send().await.expect("an answer").status().as_u16();
        }
        last
    };
    let server = TestServer::start_with(|settings: &mut Settings| settings.behind_proxy = true).await;
    assert_eq!(fail(&server, "203.0.113.1, 192.0.2.7", 51).await, 429);
    assert_eq!(fail(&server, "203.0.113.1, 192.0.2.8", 1).await, 401, "another client");
    assert_eq!(fail(&server, "198.51.100.1, 192.0.2.7", 1).await, 429, "what the client writes itself does not count");

    // Two in a row, of which the outer one is not connected itself.
    let trust = |settings: &mut Settings| {
        settings.trusted_proxies = ["127.0.0.0/8", "10.0.0.0/8"].map(|text| text.parse().expect("a network")).to_vec();
    };
    let server = TestServer::start_with(trust).await;
    assert_eq!(fail(&server, "192.0.2.7, 10.0.0.1", 51).await, 429);
    assert_eq!(fail(&server, "192.0.2.8, 10.0.0.1", 1).await, 401, "not all people are one address");
    assert_eq!(fail(&server, "10.9.9.9, 192.0.2.7, 10.0.0.1", 1).await, 429, "nor does the client say who it is");

    let server = TestServer::start().await;
    assert_eq!(fail(&server, "192.0.2.7", 50).await, 401);
    assert_eq!(fail(&server, "192.0.2.8", 1).await, 429, "without a proxy nobody is believed");
}
