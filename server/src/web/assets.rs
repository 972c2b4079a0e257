//! The app inside the binary: hashed assets that are kept for good, and the shell that every page begins with.

use std::borrow::Cow;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::router::OURS;

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// The worker's name below the root.
const SERVICE_WORKER: &str = "sw.js";

/// Stands in for the shell in a binary that was compiled before the app.
const NO_APP: &str = "<!doctype html><title>Qibu</title><p>This binary was built without the app: run `make build`.\n";

/// A file in one of the encodings that it is kept in.
struct Variant {
    file: EmbeddedFile,
    encoding: Option<&'static str>,
}

/// The best variant of a file that the browser takes.
fn variant(path: &str, headers: &HeaderMap) -> Option<Variant> {
    for (encoding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(headers, encoding)
            && let Some(file) = Site::get(&format!("{path}{ending}"))
        {
            return Some(Variant { file, encoding: Some(encoding) });
        }
    }
    Site::get(path).map(|file| Variant { file, encoding: None })
}

/// Whether the browser takes an encoding: named, and not with a weight of zero.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|entry| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

/// `GET /assets/…`: named by its content's hash, so that it may be kept for good.
pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    // Encoded variants are ways to send a file, not files to ask for.
    let variant = match name.rsplit_once('.') {
        Some((_, "br" | "gz")) => None,
        _ => variant(&format!("assets/{name}"), &headers),
    };
    let Some(variant) = variant else {
        return (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")], "no such asset\n").into_response();
    };
    let kind = mime_guess::from_path(&name).first_raw().unwrap_or("application/octet-stream");
    let mut response = sent(variant.file.data);
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(text_is_utf8(kind)));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    encoded(answer, variant.encoding);
    response
}

/// Every page: the same shell.
pub(super) async fn shell(uri: Uri, headers: HeaderMap) -> Response {
    let is_ours = OURS
        .iter()
        .any(|area| uri.path().strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    if is_ours {
        return (StatusCode::NOT_FOUND, "nothing here\n").into_response();
    }
    of_the_root("index.html", "text/html; charset=utf-8", &headers)
}

/// The shell in place of something that cannot be had: whoever followed a link to it sees a page that says why.
pub(crate) fn shell_instead(status: StatusCode) -> Response {
    let mut response = of_the_root("index.html", "text/html; charset=utf-8", &HeaderMap::new());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().remove(header::ETAG);
    response
}

/// `GET /sw.js`: the service worker, at the root, whose pages it serves offline.
pub(super) async fn service_worker(headers: HeaderMap) -> Response {
    if Site::get(SERVICE_WORKER).is_none() {
        return (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")], "no service worker\n").into_response();
    }
    of_the_root(SERVICE_WORKER, "text/javascript; charset=utf-8", &headers)
}

/// A file whose name stays while its content changes: asked for again each time, sent again only when it has changed.
fn of_the_root(path: &str, kind: &'static str, headers: &HeaderMap) -> Response {
    let (data, tag, encoding) = match variant(path, headers) {
        Some(Variant { file, encoding }) => {
            let hash = &file.metadata.sha256_hash()[..8];
            (file.data, u64::from_be_bytes(hash.try_into().unwrap_or_default()), encoding)
        }
        None => (Cow::Borrowed(NO_APP.as_bytes()), 0, None),
    };
    let tag = format!("\"{tag:016x}\"");
    let mut response = if has_it(headers, &tag) { StatusCode::NOT_MODIFIED.into_response() } else { sent(data) };
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.insert(header::ETAG, tag);
    }
    encoded(answer, encoding);
    response
}

fn sent(data: Cow<'static, [u8]>) -> Response {
    match data {
        Cow::Borrowed(data) => Body::from(data).into_response(),
        Cow::Owned(data) => Body::from(data).into_response(),
    }
}

fn encoded(headers: &mut HeaderMap, encoding: Option<&'static str>) {
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
}

fn has_it(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|known| known.trim().trim_start_matches("W/") == tag)
}

fn text_is_utf8(kind: &'static str) -> &'static str {
    match kind {
        "text/javascript" => "text/javascript; charset=utf-8",
        "text/css" => "text/css; charset=utf-8",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_taken_unless_refused() {
        let headers = |list: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, list.parse().expect("a header's value"));
            headers
        };
        assert!(accepts(&headers("gzip, deflate, br, zstd"), "br"));
        assert!(accepts(&headers("br;q=0.5"), "br"));
        assert!(!accepts(&headers("gzip, br;q=0"), "br"));
        assert!(!accepts(&headers("gzip"), "br"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }
}
