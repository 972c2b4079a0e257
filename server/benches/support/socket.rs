//! A browser's end of a WebSocket that does nearly nothing, so that ten thousand of them leave the machine to the server.

use std::io;

use shared::Command;
use shared::id::{ClientId, CommandId, Epoch};
use shared::sync::{ClientFrame, Cursor, PROTOCOL, Resume, ServerFrame, decode, encode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use uuid::Uuid;

use super::Failure;
use super::process::Door;

/// How much is read at once, in bytes.
const AT_ONCE: usize = 16 << 10;
/// How many commands are under way at once: fewer than the server takes of one socket.
const BATCH: usize = 100;
/// The opcodes of RFC 6455 that matter here, each with the bit that says that the message ends with its frame.
const BINARY: u8 = 0x82;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;
/// What stands in the place of a length that follows in two bytes, or in eight.
const LONG: u8 = 0x7e;
const VERY_LONG: u8 = 0x7f;
/// Clients must mask what they send; a mask of zeros changes nothing.
const MASKED: u8 = 0x80;
/// A pong of no bytes.
const PONG: [u8; 6] = [0x8a, MASKED, 0, 0, 0, 0];

/// A socket that stands.
pub(crate) struct Socket {
    stream: TcpStream,
    /// The beginning of a frame whose end has not come.
    begun: Vec<u8>,
    acted: u64,
    received: usize,
}

impl Socket {
    /// Opens one and greets; the server's `Welcome` comes next.
    pub(crate) async fn greet(door: &Door, epoch: Epoch, cursors: Vec<Cursor>) -> Result<Self, Failure> {
        let mut stream = TcpStream::connect(door.authority()).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET /sync/socket HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            door.authority(),
            door.cookie
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        // Nothing comes behind the answer before the greeting.
        while !answer.ends_with(b"\r\n\r\n") {
            if stream.read_buf(&mut answer).await? == 0 {
                return Err("hung up".into());
            }
        }
        if !answer.starts_with(b"HTTP/1.1 101") {
            return Err(String::from_utf8_lossy(&answer).into());
        }
        let mut socket = Self { stream, begun: Vec::new(), acted: 0, received: 0 };
        let client = ClientId::new(Uuid::now_v7());
        let resume = Resume { protocol: PROTOCOL, client, epoch: Some(epoch), cursors };
        socket.send(&ClientFrame::Hello(resume)).await?;
        Ok(socket)
    }

    /// Sends a command, its number the next one.
    pub(crate) async fn act(&mut self, command: Command) -> Result<(), Failure> {
        self.acted += 1;
        self.send(&ClientFrame::Act { number: self.acted, id: CommandId::new(Uuid::now_v7()), command }).await
    }

    async fn send(&mut self, frame: &ClientFrame) -> Result<(), Failure> {
        let payload = encode(frame)?;
        let length = u16::try_from(payload.len())?;
        let mut bytes = vec![BINARY];
        match u8::try_from(length) {
            Ok(short) if short < LONG => bytes.push(MASKED | short),
            _ => {
                bytes.push(MASKED | LONG);
                bytes.extend(length.to_be_bytes());
            }
        }
        bytes.extend([0; 4]);
        bytes.extend(payload);
        Ok(self.stream.write_all(&bytes).await?)
    }

    /// Sends commands, a batch after the other, each once the one before is in the journal.
    pub(crate) async fn act_all(&mut self, commands: Vec<Command>) -> Result<(), Failure> {
        for batch in commands.chunks(BATCH) {
            for command in batch {
                self.act(command.clone()).await?;
            }
            let last = self.acted;
            let mut refused = None;
            self.until(|frame| match frame {
                ServerFrame::Acked { number, .. } => *number == last,
                ServerFrame::Refused { number, rejection } => {
                    refused = Some(rejection.clone());
                    *number == last
                }
                _ => false,
            })
            .await?;
            if let Some(rejection) = refused {
                return Err(rejection.into());
            }
        }
        Ok(())
    }

    /// Reads until a frame is such.
    pub(crate) async fn until(&mut self, mut such: impl FnMut(&ServerFrame) -> bool) -> Result<(), Failure> {
        let mut found = false;
        while !found {
            let mut broken = None;
            self.hear(|payload| match decode(payload) {
                Ok(frame) => found |= such(&frame),
                Err(error) => broken = Some(error),
            })
            .await?;
            if let Some(error) = broken {
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// How many bytes have come since it stands.
    pub(crate) fn received(&self) -> usize {
        self.received
    }

    /// Waits for something to come, and gives each frame that is whole.
    pub(crate) async fn hear(&mut self, mut each: impl FnMut(&[u8])) -> io::Result<()> {
        loop {
            self.stream.readable().await?;
            match self.take(&mut each) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                taken => return taken,
            }
        }
    }

    fn take(&mut self, each: &mut impl FnMut(&[u8])) -> io::Result<()> {
        let mut piece = [0; AT_ONCE];
        let read = self.stream.try_read(&mut piece)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.received += read;
        self.begun.extend_from_slice(&piece[..read]);
        let mut rest = self.begun.as_slice();
        while let Some((opcode, payload, after)) = frame(rest) {
            match opcode {
                BINARY => each(payload),
                // The server pings once in a long while: there is always room for so little.
                PING => drop(self.stream.try_write(&PONG)?),
                CLOSE => return Err(io::ErrorKind::ConnectionReset.into()),
                _ => {}
            }
            rest = after;
        }
        let whole = self.begun.len() - rest.len();
        self.begun.drain(..whole);
        Ok(())
    }
}

/// The first frame of these bytes if it is whole, and what comes behind it. Servers do not mask.
fn frame(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let [opcode, length, rest @ ..] = bytes else { return None };
    let (length, rest) = match length {
        &LONG => {
            let (length, rest) = rest.split_first_chunk()?;
            (u16::from_be_bytes(*length).into(), rest)
        }
        &VERY_LONG => {
            let (length, rest) = rest.split_first_chunk()?;
            (usize::try_from(u64::from_be_bytes(*length)).ok()?, rest)
        }
        short => (usize::from(*short), rest),
    };
    let (payload, after) = rest.split_at_checked(length)?;
    Some((*opcode, payload, after))
}
