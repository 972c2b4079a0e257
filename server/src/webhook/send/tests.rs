//! What is connected to, with names that lead where a test says.

use std::sync::Mutex;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

/// Leads to one address the first time, and to another from then on, as whoever owns a name may have it.
struct Fickle {
    leads_to: Mutex<Vec<IpAddr>>,
    may_be_private: bool,
}

impl Fickle {
    fn client(leads_to: &[&str], may_be_private: bool) -> Client {
        let leads_to = leads_to.iter().rev().map(|address| address.parse().expect("an address")).collect();
        made(Self { leads_to: Mutex::new(leads_to), may_be_private }).expect("a client")
    }
}

impl Resolve for Fickle {
    fn resolve(&self, _: Name) -> Resolving {
        let next = self.leads_to.lock().expect("whole").pop().expect("asked no oftener than it should");
        let reached = reachable([SocketAddr::from((next, 0))], self.may_be_private);
        Box::pin(async move {
            let addresses: Addrs = Box::new(reached?.into_iter());
            Ok(addresses)
        })
    }
}

/// Answers so to whoever connects; the port on which it does.
async fn answering(answer: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4_096]).await;
            let _ = stream.write_all(answer).await;
            // One that says nothing keeps the line.
            if answer.is_empty() {
                std::future::pending::<()>().await;
            }
        }
    });
    port
}

fn to(url: &str) -> Outgoing {
    Outgoing { url: url.parse().expect("a URL"), headers: Vec::new(), body: Vec::new() }
}

#[test]
fn of_many_addresses_those_that_are_allowed_are_reached() {
    let [private, public, mapped] =
        ["10.0.0.1:0", "8.8.8.8:0", "[::ffff:127.0.0.1]:0"].map(|address| address.parse().expect("an address"));
    assert_eq!(reachable([private, public, mapped], false), Ok(vec![public]));
    assert_eq!(reachable([private, mapped], false), Err(NotReached::Private));
    assert_eq!(reachable([private, mapped], true), Ok(vec![private, mapped]));
    assert_eq!(reachable([], true), Err(NotReached::Unknown));
}

#[tokio::test]
async fn a_name_is_asked_for_once_and_what_it_led_to_is_connected() {
    let port = answering(b"HTTP/1.1 204 No Content\r\n\r\n").await;
    let url = format!("http://fickle.example:{port}/");
    // It would lead where nobody listens if it were asked again.
    let client = Fickle::client(&["127.0.0.1", "127.0.0.99"], true);
    assert_eq!(post(&client, to(&url), true).await.expect("taken").status, 204);
    // And the next message looks again.
    let elsewhere = post(&client, to(&url), true).await.expect_err("nobody is there");
    assert!(elsewhere.to_string().contains("refused"), "{elsewhere}");
}

#[tokio::test]
async fn a_name_that_turns_private_is_refused() {
    let port = answering(b"HTTP/1.1 204 No Content\r\n\r\n").await;
    let client = Fickle::client(&["127.0.0.1"], false);
    let refused = post(&client, to(&format!("http://fickle.example:{port}/")), false).await;
    assert!(matches!(refused, Err(SendError::NotReached(NotReached::Private))), "{refused:?}");
}

#[tokio::test]
async fn an_address_without_a_name_is_looked_at_too() {
    let port = answering(b"HTTP/1.1 204 No Content\r\n\r\n").await;
    for host in ["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0"] {
        let refused = send(to(&format!("http://{host}:{port}/")), false).await;
        assert!(matches!(refused, Err(SendError::NotReached(NotReached::Private))), "{host}: {refused:?}");
    }
    let url = format!("http://127.0.0.1:{port}/");
    assert_eq!(send(to(&url), true).await.expect("allowed").status, 204);
    assert!(matches!(send(to("ftp://127.0.0.1/"), true).await, Err(SendError::Scheme)));
}

#[tokio::test]
async fn a_large_answer_is_not_taken_in() {
    const LENGTH: usize = LARGEST_ANSWER + 1;
    let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {LENGTH}\r\n\r\n").into_bytes();
    answer.resize(answer.len() + LENGTH, b'x');
    let port = answering(answer.leak()).await;
    let taken = send(to(&format!("http://127.0.0.1:{port}/")), true).await.expect("it was taken");
    assert_eq!((taken.status, taken.body.len()), (200, LARGEST_ANSWER));
}

#[tokio::test]
async fn an_answer_that_breaks_off_was_an_answer() {
    let port = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort").await;
    let taken = send(to(&format!("http://127.0.0.1:{port}/")), true).await.expect("it was taken");
    assert_eq!((taken.status, taken.body.as_slice()), (200, &b"short"[..]));
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for() {
    let port = answering(b"").await;
    let late = send(to(&format!("http://127.0.0.1:{port}/")), true).await;
    assert!(matches!(late, Err(SendError::Late)), "{late:?}");
}

#[tokio::test]
async fn a_failure_does_not_tell_the_key() {
    let failed = send(to("http://127.0.0.1:1/?key=secret"), true).await.expect_err("nobody is there").to_string();
    assert!(failed.starts_with("the request failed: ") && !failed.contains("secret"), "{failed}");
}
