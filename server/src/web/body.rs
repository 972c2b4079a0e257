//! Bodies of requests, which have to come at a least pace, and of answers, which say when they have been sent.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};
use std::{error, io};

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// For how long in all a sender may be waited for, whatever comes.
const GRACE: Duration = Duration::from_secs(15);
/// How many bytes earn another second: slower than any network that people work on.
const PACE: u64 = 4 << 10;

/// The body of a request. Only the time for which its sender is waited for counts: not what the server itself takes.
pub(super) struct Paced<B> {
    body: B,
    taken: u64,
    waited: Duration,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl<B> Paced<B> {
    pub(super) fn new(body: B) -> Self {
        Self { body, taken: 0, waited: Duration::ZERO, waiting: None }
    }

    /// How much longer its sender may be waited for.
    fn patience(&self) -> Duration {
        let earned = Duration::from_millis(self.taken.saturating_mul(1_000) / PACE);
        GRACE.saturating_add(earned).saturating_sub(self.waited)
    }
}

impl<B> Body for Paced<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn error::Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = Box<dyn error::Error + Send + Sync>;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            if let Some((since, _)) = self.waiting.take() {
                self.waited += since.elapsed();
            }
            if let Some(data) = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref()) {
                self.taken += data.len() as u64;
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let patience = self.patience();
        let (_, end) = self.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(patience))));
        ready!(end.as_mut().poll(cx));
        Poll::Ready(Some(Err(Box::new(io::Error::from(io::ErrorKind::TimedOut)))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Whether a body broke off since its sender was too slow.
pub(crate) fn was_slow(error: &(dyn error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut))
}

/// The body of an answer, which keeps something until it has been sent or nobody takes it any more.
pub(super) struct Held<B, T> {
    pub(super) body: B,
    pub(super) _until: T,
}

impl<B: Body + Unpin, T: Unpin> Body for Held<B, T> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_earns_time_and_waiting_takes_it() {
        let mut paced = Paced::new(());
        assert_eq!(paced.patience(), GRACE);
        paced.taken = 20 * PACE;
        assert_eq!(paced.patience(), GRACE + Duration::from_secs(20));
        paced.waited = GRACE + Duration::from_secs(19);
        assert_eq!(paced.patience(), Duration::from_secs(1));
        paced.waited = Duration::from_hours(1);
        assert_eq!(paced.patience(), Duration::ZERO);
    }
}
