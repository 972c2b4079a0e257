//! Uploaded files: whole, not too large, and never a page of ours.

use reqwest::Method;
use uuid::Uuid;

use crate::support::{Browser, TestServer};

async fn upload(browser: &Browser, name: &str, media_type: &str, contents: Vec<u8>) -> (Uuid, u16) {
    let id = Uuid::now_v7();
    let request = browser.request(Method::POST, "/files").query(&[("id", id.to_string().as_str()), ("name", name)]);
    let answer = request.header("content-type", media_type).body(contents).send().await.expect("an answer");
    (id, answer.status().as_u16())
}

#[tokio::test]
async fn a_file_comes_back_as_it_went() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let browser = server.client_for(admin).await;
    // Over several pieces, the last one short.
    let contents: Vec<u8> = (0..700_000_u32).map(|index| (index % 251) as u8).collect();
    let (id, status) = upload(&browser, "日志 1.txt", "text/plain", contents.clone()).await;
    assert_eq!(status, 201);
    let answer = browser.get(&format!("/files/{id}")).await;
    let disposition = answer.headers()["content-disposition"].to_str().expect("text").to_owned();
    assert_eq!(disposition, "attachment; filename*=UTF-8''%E6%97%A5%E5%BF%97%201.txt");
    assert_eq!(answer.bytes().await.expect("the contents"), contents);
}

#[tokio::test]
async fn pages_are_saved_and_pictures_shown() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let browser = server.client_for(admin).await;
    for (media_type, shown) in [("text/html", false), ("image/svg+xml", false), ("image/png", true)] {
        let (id, _) = upload(&browser, "x", media_type, b"<script>alert(1)</script>".to_vec()).await;
        let answer = browser.get(&format!("/files/{id}")).await;
        let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
        assert_eq!(header("content-disposition").starts_with("inline"), shown, "{media_type}");
        assert_eq!(header("content-type") == media_type, shown, "{media_type}");
        assert_eq!(header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn a_name_shows_its_ending_and_a_long_one_keeps_it() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let browser = server.client_for(admin).await;
    for (name, ending) in
        [(format!("{}.pdf", "报".repeat(240)), "%E2%80%A6.pdf"), ("bill\u{202E}fdp.exe".into(), "billfdp.exe")]
    {
        let (id, status) = upload(&browser, &name, "text/plain", b"x".to_vec()).await;
        assert_eq!(status, 201, "{name}");
        let answer = browser.get(&format!("/files/{id}")).await;
        let disposition = answer.headers()["content-disposition"].to_str().expect("text").to_owned();
        assert!(disposition.ends_with(ending), "{disposition}");
    }
}

#[tokio::test]
async fn a_link_without_a_sign_in_leads_to_it_and_one_to_nothing_says_so() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let browser = server.client_for(admin).await;
    let (id, _) = upload(&browser, "x", "text/plain", b"x".to_vec()).await;
    let follow = async |who: &Browser, address: String| {
        let request = who.request(Method::GET, &address).header("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        let answer = request.send().await.expect("an answer");
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        (answer.status().as_u16(), header("content-type"), header("cache-control"))
    };
    let shell = |status| (status, Some("text/html; charset=utf-8".to_owned()), Some("no-store".to_owned()));
    assert_eq!(follow(&server.stranger(), format!("/files/{id}")).await, shell(401));
    assert_eq!(follow(&browser, format!("/files/{}", Uuid::now_v7())).await, shell(404));
    assert_eq!(follow(&browser, "/files/none".to_owned()).await, shell(404));
    assert_eq!(follow(&browser, format!("/files/{id}")).await.0, 200);
    assert_eq!(follow(&browser, "/files/none/at/all".to_owned()).await.0, 404, "and no page of the app");
    assert_eq!(browser.get("/files/none").await.status(), 404);
}

#[tokio::test]
async fn what_is_too_large_nobodys_or_there_already_is_refused() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let browser = server.client_for(admin).await;
    let too_large = vec![0; usize::try_from(shared::file::LARGEST_FILE).expect("a size") + 1];
    assert_eq!(upload(&browser, "x", "text/plain", too_large).await.1, 413);
    assert_eq!(upload(&browser, "", "text/plain", b"x".to_vec()).await.1, 422);
    assert_eq!(upload(&server.stranger(), "x", "text/plain", b"x".to_vec()).await.1, 401);
    let (id, _) = upload(&browser, "x", "text/plain", b"mine".to_vec()).await;
    let again = browser.request(Method::POST, "/files").query(&[("id", id.to_string().as_str()), ("name", "y")]);
    assert_eq!(again.body("theirs").send().await.expect("an answer").status(), 409);
    assert_eq!(server.stranger().get(&format!("/files/{id}")).await.status(), 401);
    assert_eq!(browser.get(&format!("/files/{}", Uuid::now_v7())).await.status(), 404);
}
