//! One socket's life after the greeting: what comes in, what goes out, and when it ends.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{FutureExt as _, StreamExt as _};
use shared::Scope;
use shared::id::PersonId;
use shared::sync::{BEAT_SECONDS, ClientFrame, Cursor, Resume, Seq, ServerFrame};
use tokio::time::{MissedTickBehavior, interval};
use tokio_stream::StreamMap;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;
use tokio_util::sync::CancellationToken;

use super::close;
use super::frame::Frame;
use super::hub::Entry;
use super::line::{End, Line};
use super::mailbox::{Answer, Letters, Mail, Mailbox};
use super::{Engine, EngineError, Pace};
use crate::clock::now;
use crate::metrics;
use crate::store::ClientKey;
use crate::web::Services;

/// How many commands of one socket may be under way: the browser's next ones wait in the network.
const MOST_IN_FLIGHT: usize = 128;
/// The same in bytes.
const MOST_BYTES_IN_FLIGHT: usize = 1 << 20;
/// How many frames go out before the socket is looked at again.
const MOST_AT_ONCE: usize = 256;
/// How many boards, rooms and articles one socket may watch.
pub(super) const MOST_WATCHED: usize = 64;
/// How often in a row a socket may fall behind and catch up before it has to connect again.
const MOST_REFILLS: u32 = 3;
const BEAT: Duration = Duration::from_secs(BEAT_SECONDS);
/// A browser that has not even answered a ping for so long is gone.
const SILENCE: Duration = Duration::from_secs(2 * BEAT_SECONDS + 5);

/// What the broadcast of a scope brings.
type Broadcast = (Scope, Result<Arc<Frame>, BroadcastStreamRecvError>);

/// The server's side of one browser tab.
pub(super) struct Session {
    pub(super) engine: Engine,
    shutdown: CancellationToken,
    pace: Arc<Pace>,
    pub(super) person: PersonId,
    pub(super) entry: Entry,
    mailbox: Mailbox,
    pub(super) letters: Letters,
    pub(super) line: Line,
    /// How far each scope that the browser follows has been sent.
    pub(super) held: BTreeMap<Scope, Seq>,
    /// Those of them that come only while they are watched.
    pub(super) watched: StreamMap<Scope, BroadcastStream<Arc<Frame>>>,
    /// The sizes of the commands under way; answers come in the order of the commands.
    in_flight: VecDeque<usize>,
    /// How often it has fallen behind since it last had nothing to do.
    refills: u32,
}

impl Session {
    pub(super) fn new(
        services: Services,
        person: PersonId,
        entry: Entry,
        (mailbox, letters): (Mailbox, Letters),
        line: Line,
    ) -> Self {
        Self {
            engine: services.engine,
            shutdown: services.shutdown,
            pace: services.pace,
            person,
            entry,
            mailbox,
            letters,
            line,
            held: BTreeMap::new(),
            watched: StreamMap::new(),
            in_flight: VecDeque::new(),
            refills: 0,
        }
    }

    /// Serves the browser until one side ends it.
    pub(super) async fn run(mut self, resume: Resume) {
        let end = self.serve(resume).await;
        let watched: Vec<Scope> = self.watched.keys().copied().collect();
        self.watched.clear();
        for scope in watched {
            self.engine.hub().unwatch(self.entry.id(), scope);
        }
        let code = match end {
            Err(End::Close(code)) => Some(code),
            Err(End::Leave) | Ok(()) => self.letters.leaving(),
            Err(End::Hangup) => None,
        };
        // The place in the hub is given up last: a server that stops waits for that.
        if let Some(code) = code {
            metrics::closed(close::word(code));
            self.line.close(code).await;
        }
    }

    async fn serve(&mut self, resume: Resume) -> Result<(), End> {
        let key = ClientKey { client: resume.client, person: self.person };
        let done = self.engine.done(key).await.map_err(unavailable)?;
        let welcome = ServerFrame::Welcome { epoch: self.engine.epoch(), person: self.person, now: now(), done };
        self.line.send(&welcome).await?;
        self.resume(&resume).await?;
        self.line.flush().await?;

        let mut beat = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beat.reset();
        let shutdown = self.shutdown.clone();
        let leave = self.letters.leave();
        let mut stopping = false;
        loop {
            tokio::select! {
                () = leave.cancelled() => return Err(End::Leave),
                Some(mail) = self.letters.next() => self.open(mail).await?,
                Some(broadcast) = self.watched.next(), if !self.watched.is_empty() => self.hear(broadcast).await?,
                frame = self.line.receive(), if !stopping && self.has_room() => {
                    let (frame, size) = frame?;
                    self.obey(frame, size, key).await?;
                }
                () = shutdown.cancelled(), if !stopping => stopping = true,
                _ = beat.tick() => self.beat().await?,
            }
            self.drain().await?;
            self.line.flush().await?;
            if stopping && self.in_flight.is_empty() {
                return Err(End::Close(close::RESTART));
            }
        }
    }

    /// Puts out what is there already, so that one flush sees it all off.
    async fn drain(&mut self) -> Result<(), End> {
        for _ in 0..MOST_AT_ONCE {
            if let Some(mail) = self.letters.next_now() {
                self.open(mail).await?;
            } else if let Some(Some(broadcast)) = self.watched.next().now_or_never() {
                self.hear(broadcast).await?;
            } else if self.letters.is_behind() {
                self.refilled()?;
                self.refill().await?;
            } else {
                self.refills = 0;
                return Ok(());
            }
        }
        Ok(())
    }

    async fn open(&mut self, mail: Mail) -> Result<(), End> {
        match mail {
            Mail::Light(frame) => {
                self.forward(&frame).await?;
                if frame.scope == Scope::Company { self.recheck().await } else { Ok(()) }
            }
            Mail::Answer(number, answer) => {
                self.in_flight.pop_front();
                self.answer(number, *answer).await
            }
        }
    }

    async fn hear(&mut self, (scope, frame): Broadcast) -> Result<(), End> {
        match frame {
            Ok(frame) => self.forward(&frame).await,
            Err(BroadcastStreamRecvError::Lagged(_)) => {
                self.refilled()?;
                match self.held.get(&scope) {
                    Some(sent) => self.catch_up(scope, *sent).await,
                    None => Ok(()),
                }
            }
        }
    }

    async fn answer(&mut self, number: u64, answer: Answer) -> Result<(), End> {
        match answer {
            Answer::Done(rows) => {
                // What the command made is there before the word that it is: nothing vanishes between the two.
                self.deliver(&rows).await?;
                self.line.send(&ServerFrame::Acked { number, rows }).await
            }
            Answer::Refused(rejection) => self.line.send(&ServerFrame::Refused { number, rejection }).await,
            Answer::Gap | Answer::Unavailable => Err(End::Close(close::RESUME)),
        }
    }

    async fn obey(&mut self, frame: ClientFrame, size: usize, key: ClientKey) -> Result<(), End> {
        match frame {
            ClientFrame::Act { number, id, command } => {
                self.in_flight.push_back(size);
                self.pace.wait(self.person).await;
                let submitted = self.engine.submit((key, number), id, command, self.mailbox.clone()).await;
                submitted.map_err(|_| End::Close(close::RESUME))
            }
            ClientFrame::Watch(cursor) => self.watch(cursor).await,
            ClientFrame::Unwatch(scope) if !scope.is_light() => {
                self.unwatch(scope);
                Ok(())
            }
            ClientFrame::Dragging { scope: scope @ Scope::Board(_), tasks } => {
                let socket = self.entry.id();
                self.engine.hub().onlookers(scope, |onlookers| onlookers.drag(socket, tasks));
                Ok(())
            }
            // Light scopes come as long as they may be read, and cards are on boards alone.
            ClientFrame::Unwatch(_) | ClientFrame::Dragging { .. } => Ok(()),
            ClientFrame::Hello(_) => Err(End::Close(close::MALFORMED)),
        }
    }

    async fn watch(&mut self, cursor: Cursor) -> Result<(), End> {
        if !cursor.scope.is_light() {
            self.look(cursor.scope).await?;
        }
        self.follow(cursor.scope, Some(cursor.upto)).await
    }

    /// Whether another command may come in.
    fn has_room(&self) -> bool {
        self.in_flight.len() < MOST_IN_FLIGHT && self.in_flight.iter().sum::<usize>() < MOST_BYTES_IN_FLIGHT
    }

    async fn beat(&mut self) -> Result<(), End> {
        if self.line.silence() > SILENCE {
            return Err(End::Hangup);
        }
        self.line.send(&ServerFrame::Beat(now())).await?;
        self.line.ping().await
    }

    fn refilled(&mut self) -> Result<(), End> {
        metrics::refill();
        self.refills += 1;
        if self.refills > MOST_REFILLS { Err(End::Close(close::RESUME)) } else { Ok(()) }
    }
}

/// The store failed: the browser connects again, later with better luck.
pub(super) fn unavailable(error: impl Into<EngineError>) -> End {
    let error = error.into();
    tracing::error!(%error, "a session could not go on");
    End::Close(close::RESUME)
}
