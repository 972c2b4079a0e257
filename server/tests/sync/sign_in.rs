//! The socket belongs to a sign-in: without one, from elsewhere or after its end there is none.

use qibu::sync::close;
use shared::sync::ServerFrame;
use tokio_tungstenite::tungstenite::Error;

use crate::built::{Built, set_active};
use crate::postgres::Cluster;
use crate::program::{self, Process, fill};
use crate::support::http;
use crate::wire::{Door, Wire, client};

fn status(error: &Error) -> u16 {
    match error {
        Error::Http(response) => response.status().as_u16(),
        other => panic!("not an answer: {other}"),
    }
}

#[tokio::test]
async fn another_sites_page_and_strangers_get_no_socket() {
    let built = Built::new().await;
    let door = built.door(built.member).await;
    for origin in ["https://evil.example", "http://127.0.0.1:1", "null"] {
        let refused = door.try_socket(Some(origin)).await.expect_err("refused");
        assert_eq!(status(&refused), 403, "{origin}");
    }
    let own = door.url.as_str().trim_end_matches('/').to_owned();
    door.try_socket(Some(&own)).await.expect("its own pages");

    let stranger = Door::with(built.server.url(), "qibu_session=nobody".to_owned());
    let refused = stranger.try_socket(Some(&own)).await.expect_err("refused");
    assert_eq!(status(&refused), 401);
    for path in ["/sync/start", "/sync/snapshot?scope=company"] {
        assert_eq!(built.server.stranger().get(path).await.status(), 401, "{path}");
    }
}

#[tokio::test]
async fn who_leaves_the_company_is_hung_up_on() {
    let built = Built::new().await;
    let (mut gone, _) = Wire::fresh(&built.door(built.member).await, client()).await;
    let (mut stays, _) = Wire::fresh(&built.door(built.outsider).await, client()).await;
    built.server.act(built.lead, set_active(built.member, false)).await;
    assert_eq!(gone.code().await.0, close::SIGNED_OUT);
    let ((), _) = stays
        .until(|frame| match frame {
            ServerFrame::Delta(delta) if delta.seq.0 >= 7 => Some(()),
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn signing_out_closes_the_sockets_of_that_sign_in() {
    let built = Built::new().await;
    let browser = built.server.client_for(built.member).await;
    let (mut here, _) = Wire::fresh(&Door::new(built.server.url(), &browser), client()).await;
    let (mut elsewhere, _) = Wire::fresh(&built.door(built.member).await, client()).await;
    let (): () = browser.call("sign_out", serde_json::json!({})).await.expect("signed out");
    assert_eq!(here.code().await.0, close::SIGNED_OUT);
    built.task("Goes on").await;
    built.server.act(built.lead, built.work.open(true)).await;
    elsewhere.until(|frame| matches!(frame, ServerFrame::Delta(_)).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_on_one_node_closes_the_sockets_on_another() {
    let database = Cluster::shared().database().await;
    fill(&database, 0);
    let (here, there) = (Process::start(&database, 0), Process::start(&database, 0));
    let (_, cookie) = program::sign_in(&here.url).await;
    let (mut wire, _) = Wire::fresh(&Door::with(&there.url, cookie.clone()), client()).await;
    let out = here.url.join("/api/sign_out").expect("a path");
    let signed_out =
        http().post(out).header("cookie", cookie).json(&serde_json::json!({})).send().await.expect("an answer");
    assert!(signed_out.status().is_success());
    assert_eq!(wire.code().await.0, close::SIGNED_OUT);
}
