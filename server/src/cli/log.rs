//! Structured logs on standard error; standard output belongs to what a script reads.
//!
//! The log never stops the server: whoever logs hands the line to a thread and goes on. A line that cannot be written, or
//! that finds too many waiting since nobody reads, is lost, and how many were is said in a later one.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, IsTerminal as _, Write};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, TrySendError, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use tracing_subscriber::EnvFilter;

use super::Failure;

/// How many lines may wait.
const MOST_WAITING: usize = 8_192;
/// How long the end of the program waits for the last ones.
const FAREWELL: Duration = Duration::from_secs(1);
/// How often it looks whether there is room for its word.
const LOOK: Duration = Duration::from_millis(10);

/// What the thread is told.
enum Word {
    Line(Vec<u8>),
    /// Nothing more is awaited: it says so in return.
    End(Sender<()>),
}

/// Where a line goes.
#[derive(Clone)]
struct Lines {
    waiting: SyncSender<Word>,
    lost: Arc<AtomicU64>,
}

/// The log. Dropped, it waits a little for what was logged before.
pub(super) struct Log(SyncSender<Word>);

/// Starts the log.
pub(super) fn start(filter: &str, json: bool) -> Result<Log, Failure> {
    let filter = EnvFilter::try_new(filter)?;
    let (waiting, words) = sync_channel(MOST_WAITING);
    let lines = Lines { waiting: waiting.clone(), lost: Arc::default() };
    let lost = lines.lost.clone();
    thread::Builder::new().name("log".to_owned()).spawn(move || write(&words, &lost, io::stderr()))?;
    let log = tracing_subscriber::fmt()
        // It would say on standard error that this cannot be written to, and panic at it.
        .log_internal_errors(false)
        .with_writer(move || lines.clone())
        .with_ansi(io::stderr().is_terminal())
        .with_env_filter(filter);
    if json {
        log.json().init();
    } else {
        log.init();
    }
    // It would write there itself otherwise, and wait for whoever does not read.
    panic::set_hook(Box::new(|panic| {
        let trace = Backtrace::capture();
        let trace = (trace.status() == BacktraceStatus::Captured).then(|| trace.to_string());
        tracing::error!(%panic, trace, "a mistake of the program");
    }));
    Ok(Log(waiting))
}

/// Writes what comes, until the program ends.
fn write(words: &Receiver<Word>, lost: &AtomicU64, mut to: impl Write) {
    for word in words {
        match word {
            Word::Line(line) => match to.write_all(&line) {
                Ok(()) => {
                    let lost = lost.swap(0, Ordering::Relaxed);
                    if lost > 0 {
                        tracing::warn!(lost, "lines of the log were lost");
                    }
                }
                Err(_) => {
                    lost.fetch_add(1, Ordering::Relaxed);
                }
            },
            Word::End(done) => drop(done.send(())),
        }
    }
}

impl Write for Lines {
    /// Takes one line, as a whole.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.waiting.try_send(Word::Line(line.to_vec())).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        let begun = Instant::now();
        let (done, ended) = channel();
        let mut end = Word::End(done);
        while let Err(TrySendError::Full(back)) = self.0.try_send(end) {
            if begun.elapsed() > FAREWELL {
                return;
            }
            end = back;
            thread::sleep(LOOK);
        }
        let _ = ended.recv_timeout(FAREWELL.saturating_sub(begun.elapsed()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails once, and then writes.
    struct Fails(bool, Vec<u8>);

    impl Write for &mut Fails {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            if std::mem::take(&mut self.0) {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.1.write(line)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_that_cannot_be_written_costs_that_line_alone() {
        let (waiting, words) = sync_channel(8);
        let mut lines = Lines { waiting, lost: Arc::default() };
        let lost = lines.lost.clone();
        for line in ["one\n", "two\n", "three\n"] {
            lines.write_all(line.as_bytes()).expect("taken");
        }
        drop(lines);
        let mut file = Fails(true, Vec::new());
        write(&words, &lost, &mut file);
        assert_eq!(file.1, b"two\nthree\n");
        assert_eq!(lost.load(Ordering::Relaxed), 0, "it was said");
    }

    #[test]
    fn what_nobody_reads_is_lost_and_holds_nobody_up() {
        let (waiting, words) = sync_channel(2);
        let mut lines = Lines { waiting, lost: Arc::default() };
        for _ in 0..5 {
            lines.write_all(b"line\n").expect("taken");
        }
        assert_eq!(lines.lost.load(Ordering::Relaxed), 3);
        drop(words);
    }
}
