//! What chat groups and programs are told, as they verify it by their own documents.

use std::collections::HashMap;
use std::io::Write as _;
use std::process::{Command as Program, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use qibu::Fault;
use qibu::webhook::{Delivery, DeliveryState, Format, Settings, Webhook};
use serde_json::{Value, json};
use sha2::Sha256;
use shared::command::Command;
use shared::id::{EntryId, IncidentId, PersonId};
use shared::incident::{Impact, IncidentCommand, IncidentIntent, IncidentKind, NewIncident, Severity};
use shared::organisation::Locale;
use shared::{Field, Reason};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::support::{Browser, TestServer};

/// What was received.
#[derive(Clone, Debug)]
struct Received {
    uri: Uri,
    headers: HeaderMap,
    body: String,
}

impl Received {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    fn query(&self) -> HashMap<String, String> {
        let url: url::Url = format!("http://here{}", self.uri).parse().expect("a URL");
        url.query_pairs().into_owned().collect()
    }
}

/// A receiver that answers what it is told to, in order, and then its last answer again and again.
#[derive(Clone)]
struct Receiver {
    received: Arc<Mutex<Vec<Received>>>,
    answers: Arc<Mutex<Vec<(u16, String)>>>,
    url: String,
}

impl Receiver {
    async fn answering(answers: &[(u16, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hook?key=robot", listener.local_addr().expect("an address"));
        let answers = answers.iter().rev().map(|(status, body)| (*status, (*body).to_owned())).collect();
        let receiver = Self { received: Arc::default(), answers: Arc::new(Mutex::new(answers)), url };
        let app = Router::new().fallback(take).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.expect("served") });
        receiver
    }

    async fn wait_for(&self, count: usize) -> Vec<Received> {
        for _ in 0..400 {
            let received = self.received.lock().expect("whole").clone();
            if received.len() >= count {
                return received;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{count} messages never came");
    }
}

/// Answers; what is not taken is also told where else to go, as a redirect would.
async fn take(
    State(receiver): State<Receiver>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, [(&'static str, &'static str); 1], String) {
    let body = String::from_utf8(body.to_vec()).expect("text");
    receiver.received.lock().expect("whole").push(Received { uri, headers, body });
    let mut answers = receiver.answers.lock().expect("whole");
    let (status, body) = if answers.len() > 1 { answers.pop() } else { answers.last().cloned() }.expect("an answer");
    (StatusCode::from_u16(status).expect("a status"), [("location", "/elsewhere")], body)
}

/// A company with a receiver that an admin has named.
struct Scene {
    server: TestServer,
    admin: PersonId,
    browser: Browser,
}

impl Scene {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let admin = server.company().await;
        let browser = server.client_for(admin).await;
        Self { server, admin, browser }
    }

    async fn put(&self, settings: &Settings, secret: Option<&str>) -> Result<Option<String>, Fault> {
        let input = json!({ "id": Uuid::now_v7(), "settings": settings, "secret": secret });
        self.browser.call("put_webhook", &input).await
    }

    async fn report(&self) -> IncidentId {
        let id = IncidentId::new(Uuid::now_v7());
        let form = NewIncident {
            id,
            entry: EntryId::new(Uuid::now_v7()),
            kind: IncidentKind::Technical,
            severity: Severity::Urgent,
            title: "支付页面打不开".to_owned(),
            impact: Impact::default(),
            suggestion: String::new(),
            attachments: Vec::new(),
        };
        self.server.act(self.admin, Command::Incident(IncidentCommand::Report(Box::new(form)))).await;
        id
    }

    async fn log(&self) -> Vec<Delivery> {
        self.browser.call("deliveries", &json!({})).await.expect("the log")
    }

    /// Waits until the log says so of its only delivery.
    async fn until(&self, so: impl Fn(&Delivery) -> bool) -> Delivery {
        for _ in 0..400 {
            let log = self.log().await;
            assert!(log.len() <= 1, "{log:?}");
            if let Some(delivery) = log.into_iter().find(|delivery| so(delivery)) {
                return delivery;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("never so: {:?}", self.log().await);
    }
}

fn on(incident: IncidentId, intent: IncidentIntent) -> Command {
    Command::Incident(IncidentCommand::On { incident, entry: EntryId::new(Uuid::now_v7()), intent })
}

fn settings(format: Format, url: &str) -> Settings {
    Settings {
        name: "值班群".to_owned(),
        format,
        url: url.to_owned(),
        locale: Locale::Zh,
        active: true,
        may_be_private: true,
    }
}

fn signed(key: &[u8], text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[tokio::test]
async fn a_feishu_robot_verifies_its_signature() {
    let scene = Scene::new().await;
    let receiver = Receiver::answering(&[(200, r#"{"code":0,"msg":"success"}"#)]).await;
    scene.put(&settings(Format::Feishu, &receiver.url), Some("feishu secret")).await.expect("taken");
    scene.report().await;
    let body = receiver.wait_for(1).await[0].json();
    let timestamp = body["timestamp"].as_str().expect("a text");
    // The key is the timestamp and the secret, and nothing is signed with it.
    assert_eq!(body["sign"], signed(format!("{timestamp}\nfeishu secret").as_bytes(), ""));
    assert_eq!(body["msg_type"], "text");
    let text = body["content"]["text"].as_str().expect("a text");
    assert!(text.contains("[紧急] I-") && text.contains("支付页面打不开") && text.contains("上报了问题"), "{text}");
    let sent = scene.until(|delivery| delivery.state == DeliveryState::Sent).await;
    assert_eq!((sent.attempts, sent.message.event.as_str()), (1, "incident.reported"));
}

#[tokio::test]
async fn a_dingtalk_robot_verifies_its_signature() {
    let scene = Scene::new().await;
    let receiver = Receiver::answering(&[(200, r#"{"errcode":0,"errmsg":"ok"}"#)]).await;
    scene.put(&settings(Format::DingTalk, &receiver.url), Some("SECding")).await.expect("taken");
    scene.report().await;
    let message = receiver.wait_for(1).await.remove(0);
    let query = message.query();
    assert_eq!(query["key"], "robot", "what was in the address stays");
    let timestamp = &query["timestamp"];
    assert_eq!(timestamp.len(), 13, "in milliseconds");
    assert_eq!(query["sign"], signed(b"SECding", &format!("{timestamp}\nSECding")));
    assert_eq!(message.json()["msgtype"], "text");
    assert!(message.json()["text"]["content"].as_str().is_some_and(|text| text.contains("支付页面打不开")));
}

#[tokio::test]
async fn a_wecom_robot_that_refuses_is_asked_again() {
    let scene = Scene::new().await;
    let refusal = r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#;
    let receiver = Receiver::answering(&[(200, refusal), (200, r#"{"errcode":0,"errmsg":"ok"}"#)]).await;
    scene.put(&settings(Format::WeCom, &receiver.url), None).await.expect("taken");
    scene.report().await;
    let failed = scene.until(|delivery| delivery.attempts == 1).await;
    assert!(failed.failure.as_deref().is_some_and(|why| why.contains("45009")), "{failed:?}");
    assert_eq!((failed.state, failed.next.is_some()), (DeliveryState::Waiting, true));
    let came = receiver.wait_for(2).await;
    assert_eq!(came[0].json(), came[1].json());
    assert_eq!(came[0].json()["msgtype"], "text");
    assert_eq!(scene.until(|delivery| delivery.state == DeliveryState::Sent).await.attempts, 2);
}

#[tokio::test]
async fn a_program_verifies_by_the_standards_own_library() {
    let scene = Scene::new().await;
    let receiver = Receiver::answering(&[(500, ""), (204, "")]).await;
    let secret = scene.put(&settings(Format::Standard, &receiver.url), None).await.expect("taken").expect("made");
    scene.report().await;
    let came = receiver.wait_for(2).await;
    for message in &came {
        let header = |name: &str| message.headers[name].to_str().expect("text").to_owned();
        let input = json!({
            "secret": secret,
            "body": message.body,
            "headers": {
                "webhook-id": header("webhook-id"),
                "webhook-timestamp": header("webhook-timestamp"),
                "webhook-signature": header("webhook-signature"),
            },
        });
        assert!(verifies(&input), "{input}");
        let mut forged = input.clone();
        forged["body"] = json!(message.body.replace("支付", "收款"));
        assert!(!verifies(&forged), "what was changed on the way is not taken");
    }
    assert_eq!(came[0].headers["webhook-id"], came[1].headers["webhook-id"], "the same thing, told again");
    assert_eq!(came[0].json()["type"], "incident.reported");
    scene.until(|delivery| delivery.state == DeliveryState::Sent && delivery.attempts == 2).await;
    assert_eq!(receiver.wait_for(2).await.len(), 2, "and then no more");
}

/// Whether the library for JavaScript takes a message for genuine.
fn verifies(input: &Value) -> bool {
    const SCRIPT: &str = "
        import { Webhook } from 'standardwebhooks';
        let text = '';
        for await (const part of process.stdin) text += part;
        const { secret, body, headers } = JSON.parse(text);
        try { new Webhook(secret).verify(body, headers); } catch { process.exit(1); }";
    let mut node = Program::new("node")
        .args(["--input-type=module", "--eval", SCRIPT])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .stdin(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("node");
    node.stdin.take().expect("piped").write_all(input.to_string().as_bytes()).expect("written");
    node.wait().expect("it ends").success()
}

#[tokio::test]
async fn what_is_longer_than_a_robot_takes_is_shortened() {
    let scene = Scene::new().await;
    let receiver = Receiver::answering(&[(200, r#"{"errcode":0,"errmsg":"ok"}"#)]).await;
    scene.put(&settings(Format::WeCom, &receiver.url), None).await.expect("taken");
    let incident = scene.report().await;
    scene.server.act(scene.admin, on(incident, IncidentIntent::Take)).await;
    scene.server.act(scene.admin, on(incident, IncidentIntent::Update("长".repeat(2_000)))).await;
    let came = receiver.wait_for(3).await;
    let longest = came.iter().map(content).max_by_key(String::len).expect("three");
    assert!(longest.len() <= 2_048 && longest.contains("长长长…"), "{}", longest.len());
}

/// What a robot was given to show.
fn content(message: &Received) -> String {
    let body = message.json();
    let text = body["content"]["text"].as_str().or(body["text"]["content"].as_str());
    text.expect("a text").to_owned()
}

#[tokio::test]
async fn what_people_type_calls_nobody_and_links_nowhere() {
    const TYPED: &str = "<at user_id=\"all\"></at> <@all> <@zhang> [这里](https://evil.example) **急** 1 < 2";
    let scene = Scene::new().await;
    let mut receivers = Vec::new();
    for format in [Format::Feishu, Format::DingTalk, Format::WeCom] {
        let receiver = Receiver::answering(&[(200, r#"{"code":0,"errcode":0}"#)]).await;
        scene.put(&settings(format, &receiver.url), None).await.expect("taken");
        receivers.push((format, receiver));
    }
    let incident = scene.report().await;
    scene.server.act(scene.admin, on(incident, IncidentIntent::Take)).await;
    scene.server.act(scene.admin, on(incident, IncidentIntent::Update(TYPED.to_owned()))).await;
    for (format, receiver) in receivers {
        let came = receiver.wait_for(3).await;
        let update = came.iter().find(|message| content(message).contains("**急**")).expect("what was typed");
        let (body, content) = (update.json(), content(update));
        assert_eq!(body["at"], Value::Null, "{format:?}");
        match format {
            // Its text has no markup at all.
            Format::DingTalk => assert!(body["msgtype"] == "text" && content.contains(TYPED), "{content}"),
            Format::Feishu => assert!(!content.contains('<') && !content.contains("]("), "{content}"),
            _ => assert!(!content.contains('<'), "{content}"),
        }
        assert!(content.contains("evil.example") && content.contains("1 "), "and all of it is there: {content}");
    }
}

#[tokio::test]
async fn a_secret_of_another_format_is_not_kept() {
    let scene = Scene::new().await;
    let id = Uuid::now_v7();
    let put = async |format, secret: Option<&str>| {
        let settings = settings(format, "https://example.com/hook");
        let input = json!({ "id": id, "settings": settings, "secret": secret });
        scene.browser.call::<Option<String>>("put_webhook", &input).await.expect("taken")
    };
    let has_secret = async || {
        let all: Vec<Webhook> = scene.browser.call("webhooks", &json!({})).await.expect("the targets");
        all[0].has_secret
    };
    put(Format::Feishu, Some("feishu secret")).await;
    put(Format::Feishu, None).await;
    assert!(has_secret().await, "kept while the format is");
    assert!(put(Format::Standard, None).await.is_some(), "one is made");
    put(Format::DingTalk, None).await;
    assert!(!has_secret().await);
}

#[tokio::test]
async fn private_addresses_are_refused_unless_an_admin_allows_them() {
    let scene = Scene::new().await;
    let receiver = Receiver::answering(&[(200, "")]).await;
    let by_name = receiver.url.replace("127.0.0.1", "localhost");
    let target = Settings { may_be_private: false, ..settings(Format::Standard, &by_name) };
    scene.put(&target, None).await.expect("taken");
    scene.report().await;
    let refused = scene.until(|delivery| delivery.attempts > 0).await;
    assert!(refused.failure.as_deref().is_some_and(|why| why.contains("private")), "{refused:?}");
    assert!(receiver.received.lock().expect("whole").is_empty());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let scene = Scene::new().await;
    let receiver = Receiver::answering(&[(307, "")]).await;
    scene.put(&settings(Format::Standard, &receiver.url), None).await.expect("taken");
    scene.report().await;
    let answered = scene.until(|delivery| delivery.attempts > 0).await;
    assert_eq!((answered.status, answered.state), (Some(307), DeliveryState::Waiting));
    let came = receiver.wait_for(1).await;
    assert_eq!(came.iter().map(|one| one.uri.path()).collect::<Vec<_>>(), ["/hook"]);
}

#[tokio::test]
async fn secrets_and_targets_are_admins_alone_and_what_is_no_address_is_refused() {
    let scene = Scene::new().await;
    let colleague = scene.server.colleague(scene.admin, "Colleague").await;
    let other = scene.server.client_for(colleague).await;
    let not_allowed: Result<Vec<Webhook>, Fault> = other.call("webhooks", &json!({})).await;
    assert_eq!(not_allowed, Err(Fault::NotAllowed));
    let wrong = scene.put(&settings(Format::Feishu, "ftp://example.com/x"), None).await;
    assert_eq!(wrong, Err(Fault::Refused(shared::Rejection::of(Field::Url, Reason::NotAUrl))));
    scene.put(&settings(Format::Feishu, "https://open.feishu.cn/hook"), Some("top secret")).await.expect("taken");
    let answer = scene.browser.post("webhooks").json(&json!({})).send().await.expect("an answer");
    let text = answer.text().await.expect("text");
    assert!(text.contains("has_secret") && !text.contains("top secret"), "{text}");
}
