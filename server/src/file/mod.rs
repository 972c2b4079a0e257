//! Files: uploaded before what they go along with, and kept in the database, so that every node and backup has them.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use shared::file::{Attachment, LARGEST_FILE, checked_attachments};
use shared::id::FileId;
use tokio::sync::Semaphore;
use url::form_urlencoded::byte_serialize;

use crate::Fault;
use crate::clock::now;
use crate::sign_in::SignedIn;
use crate::web::Services;

/// How many files are in memory at once.
static UNDER_WAY: Semaphore = Semaphore::const_new(4);
/// What a browser may show rather than save: pictures, which hold no script.
const SHOWN: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

#[derive(Debug, Deserialize)]
struct Upload {
    id: FileId,
    name: String,
}

/// The routes, to be nested under `/files`.
pub(crate) fn router() -> Router<Services> {
    Router::new().route("/", post(upload)).route("/{id}", get(download))
}

/// `POST /files?id=ID&name=NAME` with the contents as the body: answers nothing, or what is wrong.
async fn upload(
    State(services): State<Services>,
    signed_in: SignedIn,
    Query(upload): Query<Upload>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Fault> {
    let _permit = UNDER_WAY.acquire().await.map_err(|_| Fault::Unavailable)?;
    let largest = usize::try_from(LARGEST_FILE).unwrap_or(usize::MAX);
    let Ok(contents) = to_bytes(body, largest).await else { return Ok(StatusCode::PAYLOAD_TOO_LARGE) };
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|media_type| media_type.to_str().ok());
    let file = Attachment {
        id: upload.id,
        name: upload.name,
        media_type: media_type
            .filter(|media_type| !media_type.is_empty())
            .unwrap_or("application/octet-stream")
            .to_owned(),
        size: contents.len() as u64,
    };
    let file = checked_attachments(&[file])?.remove(0);
    let kept = services.store.put_file(&file, (signed_in.person, now()), &contents).await;
    let kept = kept.inspect_err(|_| services.engine.prove(false))?;
    Ok(if kept { StatusCode::CREATED } else { StatusCode::CONFLICT })
}

/// `GET /files/ID`, for everybody who is signed in: whoever knows the id has read what it goes along with.
async fn download(State(services): State<Services>, _: SignedIn, Path(id): Path<FileId>) -> Result<Response, Fault> {
    let _permit = UNDER_WAY.acquire().await.map_err(|_| Fault::Unavailable)?;
    let Some((file, contents)) = services.store.file(id).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let shown = SHOWN.contains(&file.media_type.as_str());
    let media_type = if shown { file.media_type.as_str() } else { "application/octet-stream" };
    let name: String = byte_serialize(file.name.as_bytes()).collect::<String>().replace('+', "%20");
    let disposition = format!("{}; filename*=UTF-8''{name}", if shown { "inline" } else { "attachment" });
    let text = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, text(media_type)),
        (header::CONTENT_DISPOSITION, text(&disposition)),
        // What is under an id never changes.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ];
    Ok((headers, contents).into_response())
}
