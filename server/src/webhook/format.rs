//! How each product wants a message written and signed.
//!
//! What people type is never markup there. The robots are sent plain text, where each documents all that is markup, and
//! no way to write it so that it is none; what would begin a mark is written with a sign that looks like it:
//! - Feishu (飞书): `<at user_id="all">` and `<b>` are tags, `[text](address)` is a link.
//! - 钉钉: nothing is; people are named beside the text alone, in `at`.
//! - 企业微信: `<@userid>` names somebody.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use shared::Timestamp;
use url::Url;
use uuid::Uuid;

use super::wire::{Format, Message};

/// What a Standard Webhooks secret begins with.
pub(super) const PREFIX: &str = "whsec_";

/// The full-width sign that stands for `<` where that would begin a tag.
const LESS_THAN: &str = "\u{FF1C}";

/// The longest message for 企业微信, in bytes.
const LONGEST_FOR_WECOM: usize = 2_048;
/// The longest message for the other robots, in bytes: they take about 20,000, with all that is around it.
const LONGEST: usize = 16_000;

/// A message as it goes out.
#[derive(Debug)]
pub(super) struct Outgoing {
    pub(super) url: Url,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

/// Writes a message for a target. Signed where there is a secret; `now` is in the signature, so that an old message
/// cannot be replayed.
pub(super) fn written(
    (format, mut url, secret): (Format, Url, &str),
    (id, message, at): (Uuid, &Message, Timestamp),
    now: Timestamp,
) -> Outgoing {
    let seconds = now.millis() / 1_000;
    let mut headers = vec![("content-type", "application/json; charset=utf-8".to_owned())];
    let body = match format {
        Format::Feishu => {
            let text = text(message, LONGEST, |typed| typed.replace('<', LESS_THAN).replace("](", "] ("));
            let mut body = json!({ "msg_type": "text", "content": { "text": text } });
            if !secret.is_empty() {
                body["timestamp"] = Value::from(seconds.to_string());
                body["sign"] = Value::from(signature(format!("{seconds}\n{secret}").as_bytes(), b""));
            }
            body.to_string()
        }
        Format::DingTalk => {
            if !secret.is_empty() {
                let millis = now.millis();
                let sign = signature(secret.as_bytes(), format!("{millis}\n{secret}").as_bytes());
                url.query_pairs_mut().append_pair("timestamp", &millis.to_string()).append_pair("sign", &sign);
            }
            let text = text(message, LONGEST, str::to_owned);
            json!({ "msgtype": "text", "text": { "content": text } }).to_string()
        }
        // Its key is in the address.
        Format::WeCom => {
            let text = text(message, LONGEST_FOR_WECOM, |typed| typed.replace('<', LESS_THAN));
            json!({ "msgtype": "text", "text": { "content": text } }).to_string()
        }
        Format::Standard => {
            let data = json!({
                "incident": message.incident,
                "title": message.title,
                "text": message.text,
                "link": message.link,
            });
            let at = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
            let body = json!({ "type": message.event, "timestamp": at.to_string(), "data": data }).to_string();
            let key = STANDARD.decode(secret.trim_start_matches(PREFIX)).unwrap_or_default();
            headers.push(("webhook-id", id.to_string()));
            headers.push(("webhook-timestamp", seconds.to_string()));
            let signed = signature(&key, format!("{id}.{seconds}.{body}").as_bytes());
            headers.push(("webhook-signature", format!("v1,{signed}")));
            body
        }
    };
    Outgoing { url, headers, body: body.into_bytes() }
}

/// Whether a product says that it has taken a message: the robots answer 200 also to what they refuse.
pub(super) fn is_taken(format: Format, answer: &[u8]) -> Result<(), String> {
    let code = match format {
        Format::Standard => return Ok(()),
        Format::Feishu => ["code", "StatusCode"],
        Format::DingTalk | Format::WeCom => ["errcode", "errcode"],
    };
    let answer: Value = serde_json::from_slice(answer).map_err(|_| "the robot did not answer in JSON".to_owned())?;
    match code.iter().find_map(|name| answer[*name].as_i64()) {
        Some(0) => Ok(()),
        Some(code) => {
            let why = ["msg", "errmsg"].iter().find_map(|name| answer[*name].as_str()).unwrap_or_default();
            Err(format!("the robot answered {code} {why}").chars().take(300).collect())
        }
        None => Err("the robot did not say whether it took it".to_owned()),
    }
}

/// The title, as much of the text as the robot takes, and the link. What was typed is made `literal`.
fn text(message: &Message, longest: usize, literal: fn(&str) -> String) -> String {
    let link = message.link.as_ref().map(|link| format!("\n\n{link}")).unwrap_or_default();
    let typed = literal(&format!("{}\n\n{}", message.title, message.text));
    format!("{}{link}", shortened(&typed, longest.saturating_sub(link.len())))
}

fn shortened(text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    format!("{}…", &text[..text.floor_char_boundary(longest.saturating_sub('…'.len_utf8()))])
}

fn signature(key: &[u8], text: &[u8]) -> String {
    // A key may have any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    mac.update(text);
    STANDARD.encode(mac.finalize().into_bytes())
}
