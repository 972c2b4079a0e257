//! Files: uploaded before what they go along with, and kept in the database, so that every node and backup has them.
//!
//! While one comes it lies in a file without a name, and while it goes it is read piece by piece: however slow the other
//! side is, it holds no place of others and next to no memory.

use std::io::{self, Read as _, Seek as _, Write as _};
use std::mem::take;
use std::path::Path as Folder;

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use futures_util::{StreamExt as _, stream};
use serde::Deserialize;
use shared::file::{Attachment, LARGEST_FILE, checked_attachments, file_name};
use shared::id::FileId;
use tempfile::{SpooledTempFile, spooled_tempfile_in};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use url::form_urlencoded::byte_serialize;

use crate::Fault;
use crate::clock::now;
use crate::sign_in::SignedIn;
use crate::store::StoreError;
use crate::web::{Services, shell_instead, was_slow};

/// How many files are in memory at once: those that have come, on their way into the database.
static UNDER_WAY: Semaphore = Semaphore::const_new(4);
/// How much of a file that is coming is in memory, in bytes.
const PIECE: usize = 256 * 1024;
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
    let head = |name| headers.get(name).and_then(|value| value.to_str().ok()).filter(|value| !value.is_empty());
    let media_type = head(header::CONTENT_TYPE).unwrap_or("application/octet-stream").to_owned();
    // What can be told before all of it is here is told then; the size that counts is that of what comes.
    let named = Attachment { id: upload.id, name: upload.name, media_type, size: 1 };
    checked_attachments(std::slice::from_ref(&named))?;
    if head(header::CONTENT_LENGTH)
        .and_then(|length| length.parse().ok())
        .is_some_and(|length: u64| length > LARGEST_FILE)
    {
        return Ok(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let mut parts = body.into_data_stream();
    let spool = match taken_in(&mut parts, &services.settings.data).await {
        Ok(spool) => spool,
        Err(Refused::As(status)) => return Ok(status),
        Err(Refused::Failed(error)) => {
            tracing::error!(%error, "an upload could not be taken in");
            let_go(parts).await;
            return Err(Fault::Unavailable);
        }
    };
    let _place = UNDER_WAY.acquire().await.map_err(|_| Fault::Unavailable)?;
    let contents = spawn_blocking(|| whole(spool)).await.map_err(io::Error::other).flatten();
    let contents = contents.map_err(|error| {
        tracing::error!(%error, "an upload could not be read back");
        Fault::Unavailable
    })?;
    let file = Attachment { size: contents.len() as u64, ..named };
    let file = checked_attachments(&[file])?.remove(0);
    let kept = services.store.put_file(&file, (signed_in.person, now()), &contents).await;
    let kept = kept.inspect_err(|_| services.engine.prove(false))?;
    Ok(if kept { StatusCode::CREATED } else { StatusCode::CONFLICT })
}

/// Why an upload is not taken in.
enum Refused {
    /// It is too large, too slow or broken off.
    As(StatusCode),
    /// There is no room for it, or the server stops.
    Failed(io::Error),
}

/// Takes in what comes. What is more than a piece lies in a file meanwhile.
async fn taken_in(parts: &mut BodyDataStream, folder: &Folder) -> Result<SpooledTempFile, Refused> {
    let (mut spool, mut piece, mut size) = (spooled_tempfile_in(PIECE, folder), Vec::new(), 0);
    while let Some(part) = parts.next().await {
        let part = part.map_err(|error| {
            let slow = was_slow(&error);
            Refused::As(if slow { StatusCode::REQUEST_TIMEOUT } else { StatusCode::BAD_REQUEST })
        })?;
        size += part.len() as u64;
        if size > LARGEST_FILE {
            return Err(Refused::As(StatusCode::PAYLOAD_TOO_LARGE));
        }
        piece.extend_from_slice(&part);
        if piece.len() >= PIECE {
            spool = with(spool, take(&mut piece)).await.map_err(Refused::Failed)?;
        }
    }
    with(spool, piece).await.map_err(Refused::Failed)
}

/// Reads what still comes, up to the size of a file: who is sending hears no answer before they are through.
async fn let_go(mut parts: BodyDataStream) {
    let mut size = 0;
    while size <= LARGEST_FILE
        && let Some(Ok(part)) = parts.next().await
    {
        size += part.len() as u64;
    }
}

/// Adds a piece, off the threads that serve.
async fn with(mut spool: SpooledTempFile, piece: Vec<u8>) -> io::Result<SpooledTempFile> {
    let written = spawn_blocking(move || spool.write_all(&piece).map(|()| spool));
    written.await.map_err(io::Error::other)?
}

fn whole(mut spool: SpooledTempFile) -> io::Result<Vec<u8>> {
    let mut contents = Vec::new();
    spool.rewind()?;
    spool.read_to_end(&mut contents)?;
    Ok(contents)
}

/// `GET /files/ID`, for everybody who is signed in: whoever knows the id has read what it goes along with. Who follows a
/// link to what they cannot have gets the app, which leads to the sign-in and back, or says that there is no such file.
async fn download(
    State(services): State<Services>,
    signed_in: Result<SignedIn, Fault>,
    id: Result<Path<FileId>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let accepts = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let instead = accepts.contains("text/html").then_some(shell_instead);
    match (signed_in, instead) {
        (Ok(_), _) => {}
        (Err(Fault::SignedOut), Some(instead)) => return Ok(instead(StatusCode::UNAUTHORIZED)),
        (Err(fault), _) => return Err(fault),
    }
    let missing = || instead.map_or(StatusCode::NOT_FOUND.into_response(), |instead| instead(StatusCode::NOT_FOUND));
    let Ok(Path(id)) = id else { return Ok(missing()) };
    let Some(file) = services.store.file(id).await? else { return Ok(missing()) };
    let shown = SHOWN.contains(&file.media_type.as_str());
    let media_type = if shown { file.media_type.as_str() } else { "application/octet-stream" };
    let name: String = byte_serialize(file_name(&file.name).as_bytes()).collect::<String>().replace('+', "%20");
    let disposition = format!("{}; filename*=UTF-8''{name}", if shown { "inline" } else { "attachment" });
    let text = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, text(media_type)),
        (header::CONTENT_DISPOSITION, text(&disposition)),
        (header::CONTENT_LENGTH, HeaderValue::from(file.size)),
        // What is under an id never changes.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ];
    let parts = stream::try_unfold((services.store, 0), move |(store, nth)| async move {
        let part = store.file_part(id, nth).await?;
        Ok::<_, StoreError>(part.map(|part| (part, (store, nth + 1))))
    });
    Ok((headers, Body::from_stream(parts)).into_response())
}
