//! The connection below HTTP: what a visitor is told when a request is so
//! broken or so long that it never became one.
//!
//! Such a request reaches no handler and no middleware; the HTTP library
//! refuses it with a bare status, and closes while the rest still arrives, so
//! that a browser shows a connection error. Here the refusal becomes a whole
//! answer, with the headers every answer has, and the rest is read and thrown
//! away for a moment so that the answer arrives.
//!
//! A client that takes nothing of an answer is given up after a while.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::rt::net::TcpStream;
use actix_web::rt::time::{Sleep, sleep};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{error, security};
use crate::i18n::{Lang, T};

/// Most that is read and thrown away after a refusal.
const THROWN_AWAY: usize = 8 * 1024 * 1024;
/// Longest time that is waited for it.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// How long a client may take for what stands ready to be written, some tens of
/// kilobytes: a connection of four kilobytes a second is fast enough.
const LONGEST_WRITE: Duration = Duration::from_secs(15);

/// The answers for what the HTTP library refuses by itself, by status.
pub(crate) struct Refusals(BTreeMap<u16, Vec<u8>>);

impl Refusals {
    /// Makes the answers; `https` as for every other answer.
    pub(crate) fn new(https: bool) -> Refusals {
        let statuses = [
            StatusCode::BAD_REQUEST,
            StatusCode::REQUEST_TIMEOUT,
            StatusCode::URI_TOO_LONG,
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        ];
        Refusals(statuses.into_iter().map(|s| (s.as_u16(), answer(s, https))).collect())
    }

    /// The answer instead of a bare refusal; none for any other answer.
    fn instead_of(&self, written: &[u8]) -> Option<&[u8]> {
        let status = written.strip_prefix(b"HTTP/1.1 ")?.get(..3)?;
        let status = std::str::from_utf8(status).ok()?.parse().ok()?;
        let answer = self.0.get(&status)?;
        // A refusal has no body and stands alone.
        let head = written.strip_suffix(b"\r\n\r\n")?;
        if head.windows(4).any(|w| w == b"\r\n\r\n") {
            return None;
        }
        let ours = head.windows(8).any(|w| w.eq_ignore_ascii_case(b"nosniff\r"))
            || head.ends_with(b"nosniff");
        (!ours).then_some(answer)
    }
}

/// A whole answer of a status, in both languages: nobody knows which the
/// visitor reads.
fn answer(status: StatusCode, https: bool) -> Vec<u8> {
    let key = error::key_of(status);
    let paragraphs: String = Lang::PAGES
        .map(|lang| format!("<p lang=\"{}\">{}</p>", lang.code(), T::pages(lang).get(key)))
        .concat();
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{status}</title>{paragraphs}</html>"
    );
    let mut head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nconnection: close\r\n",
        body.len()
    );
    for (name, value) in security::every_answer(https) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    format!("{head}\r\n{body}").into_bytes()
}

/// A connection whose bare refusals become whole answers.
pub(crate) struct Wire {
    stream: TcpStream,
    refusals: Arc<Refusals>,
    refusing: Option<Refusing>,
    /// Whether something is in the middle of being written: it may hold
    /// anything, also what looks like a refusal.
    answering: bool,
    /// When a client that has not taken what stands ready is given up.
    write_deadline: Option<Pin<Box<Sleep>>>,
}

/// How far a refusal has come.
struct Refusing {
    /// Bytes of the answer that are written.
    written: usize,
    /// Bytes that arrived since and were thrown away.
    thrown_away: usize,
    /// When no more is waited for.
    until: Pin<Box<Sleep>>,
}

impl Wire {
    pub(crate) fn new(stream: TcpStream, refusals: Arc<Refusals>) -> Wire {
        Wire { stream, refusals, refusing: None, answering: false, write_deadline: None }
    }
}

/// Gives up a client that has not taken what stands ready by a deadline, which
/// begins when it first has to be waited for.
fn unless_too_slow<T>(
    written: Poll<io::Result<T>>,
    deadline: &mut Option<Pin<Box<Sleep>>>,
    cx: &mut Context<'_>,
) -> Poll<io::Result<T>> {
    if written.is_pending() {
        let deadline = deadline.get_or_insert_with(|| Box::pin(sleep(LONGEST_WRITE)));
        ready!(deadline.as_mut().poll(cx));
        return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
    }
    written
}

/// Writes the answer, and then waits until the client has stopped sending:
/// closing while data still arrives would reset the connection and destroy
/// the answer on its way.
fn refuse(
    stream: &mut TcpStream,
    answer: &[u8],
    refusing: &mut Refusing,
    cx: &mut Context<'_>,
) -> Poll<io::Result<()>> {
    let mut stream = Pin::new(stream);
    while refusing.written < answer.len() {
        refusing.written += ready!(stream.as_mut().poll_write(cx, &answer[refusing.written..]))?;
        if refusing.written == answer.len() {
            ready!(stream.as_mut().poll_shutdown(cx))?;
        }
    }
    let mut scratch = [0; 16 * 1024];
    while refusing.thrown_away < THROWN_AWAY && refusing.until.as_mut().poll(cx).is_pending() {
        let mut buf = ReadBuf::new(&mut scratch);
        match ready!(stream.as_mut().poll_read(cx, &mut buf)) {
            Ok(()) if !buf.filled().is_empty() => refusing.thrown_away += buf.filled().len(),
            _ => break,
        }
    }
    Poll::Ready(Ok(()))
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.answering = false;
        }
        read
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Wire { stream, refusals, refusing, answering, write_deadline } = self.get_mut();
        let bare = if *answering { None } else { refusals.instead_of(buf) };
        let Some(answer) = bare else {
            *answering = true;
            let written = Pin::new(stream).poll_write(cx, buf);
            return unless_too_slow(written, write_deadline, cx);
        };
        let refusing = refusing.get_or_insert_with(|| Refusing {
            written: 0,
            thrown_away: 0,
            until: Box::pin(sleep(LONGEST_WAIT)),
        });
        // What was to be written counts as written, in another form.
        refuse(stream, answer, refusing, cx).map_ok(|()| buf.len())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // All that stood ready is written.
        self.write_deadline = None;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_refusals_are_replaced() {
        let refusals = Refusals::new(false);
        let bare = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
        let answer = refusals.instead_of(bare).expect("an answer");
        assert!(refusals.instead_of(answer).is_none(), "its own answer is replaced");
        for other in [
            &b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"[..],
            b"HTTP/1.1 404 Not Found\r\n\r\n",
            b"HTTP/1.1 400 Bad Request\r\nX-Content-Type-Options: nosniff\r\n\r\nHTTP/1.1 400 x",
            b"<html>HTTP/1.1 400 Bad Request\r\n\r\n",
            b"HTTP/1.1",
            b"",
        ] {
            assert!(refusals.instead_of(other).is_none(), "{}", String::from_utf8_lossy(other));
        }
    }
}
