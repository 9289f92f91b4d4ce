//! Files for download: made once, kept packed, and sent in pieces to everybody
//! who asks for them.
//!
//! A file of the whole directory is tens of megabytes and a second of work. So
//! each is made once for what it holds, one file at a time, and kept packed
//! while there is room. Everybody is sent the same bytes, a piece at a time:
//! nobody who reads slowly, or not at all, costs more than a piece.

use std::io::{self, Read, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_web::body::SizedStream;
use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header};
use actix_web::rt::time::timeout;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use futures_util::Stream;
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore};

use super::error::AppError;

/// Room for all packed files together, in units of [`UNIT`] bytes: 40 MiB,
/// three times the files of the whole directory.
const ROOM: u32 = 40 * 1024;
const UNIT: usize = 1024;
/// Room for one entry of a file: more than one takes in any format.
const ROOM_FOR_ENTRY: usize = 200;

/// How long somebody waits for their turn and for room.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// What is sent at a time.
const PIECE: usize = 32 * 1024;
/// A file that is not sent whole by then is broken off: the room is needed.
const LONGEST_SENDING: Duration = Duration::from_secs(180);

/// A kind of file that is sent.
pub(crate) struct FileKind {
    /// Its name, which it is saved under.
    pub(crate) name: &'static str,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// Whether the format packs what it holds already.
    pub(crate) packed: bool,
}

/// What a file is made of: files with the same key hold the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The name of its kind.
    pub(crate) name: &'static str,
    /// The version of the directory.
    pub(crate) version: i64,
    /// The day, on which it depends what is stated.
    pub(crate) today: chrono::NaiveDate,
    /// The filter and the order of its entries, as they were asked for.
    pub(crate) selection: String,
}

/// A file that is made.
pub(crate) struct Made {
    bytes: Bytes,
    /// Its length when it is unpacked again; none where the format packs.
    unpacked: Option<u64>,
    /// Its part of the room, given back with the last reader.
    _room: OwnedSemaphorePermit,
}

/// The files that are kept, and turns to make others.
pub(crate) struct Files {
    kept: Mutex<Vec<(Key, Arc<OnceCell<Arc<Made>>>)>>,
    /// The turn to make a file: one at a time leaves a processor to pages.
    turn: Arc<Semaphore>,
    room: Arc<Semaphore>,
}

impl Default for Files {
    fn default() -> Files {
        Files {
            kept: Mutex::default(),
            turn: Arc::new(Semaphore::new(1)),
            room: Arc::new(Semaphore::new(ROOM as usize)),
        }
    }
}

impl Files {
    /// The file of a key, made unless it is there. Whoever asks meanwhile waits
    /// for the same one.
    ///
    /// # Errors
    /// [`AppError::Busy`] when the turn does not come in time; what `make`
    /// returns.
    pub(crate) async fn get(
        &self,
        kind: &FileKind,
        key: Key,
        entries: usize,
        make: impl FnOnce(&mut dyn Write) -> Result<(), AppError> + Send + 'static,
    ) -> Result<Arc<Made>, AppError> {
        let cell = {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            // Nobody asks for an older version again.
            kept.retain(|(k, _)| (k.version, k.today) == (key.version, key.today));
            match kept.iter().find(|(k, _)| *k == key) {
                Some((_, cell)) => Arc::clone(cell),
                None => {
                    let cell = Arc::new(OnceCell::new());
                    kept.push((key.clone(), Arc::clone(&cell)));
                    cell
                }
            }
        };
        let made = cell.get_or_try_init(|| self.make(kind, entries, make)).await;
        if made.is_err() {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.retain(|(k, cell)| *k != key || cell.initialized());
        }
        made.cloned()
    }

    /// Makes a file that is not kept.
    ///
    /// # Errors
    /// [`AppError::Busy`] when the turn does not come in time; what `make`
    /// returns.
    pub(crate) async fn make(
        &self,
        kind: &FileKind,
        entries: usize,
        make: impl FnOnce(&mut dyn Write) -> Result<(), AppError> + Send + 'static,
    ) -> Result<Arc<Made>, AppError> {
        let other = |error: anyhow::Error| AppError::Other(error);
        let units = (1 + entries * ROOM_FOR_ENTRY / UNIT).min(ROOM as usize) as u32;
        let taking = async {
            let turn = Arc::clone(&self.turn).acquire_owned().await?;
            self.make_room(units);
            let room = Arc::clone(&self.room).acquire_many_owned(units).await?;
            Ok::<_, tokio::sync::AcquireError>((turn, room))
        };
        let taken = timeout(LONGEST_WAIT, taking).await.map_err(|_| AppError::Busy)?;
        let (turn, room) = taken.map_err(|e| other(e.into()))?;
        let packed = kind.packed;
        let made = web::block(move || {
            let made = write(packed, make);
            drop(turn);
            made.map(|(bytes, unpacked)| Made { bytes, unpacked, _room: room })
        });
        Ok(Arc::new(made.await.map_err(|e| other(e.into()))??))
    }

    /// Lets go of kept files, the oldest first, until there is room or none is
    /// left. Those that are being sent stay until they are.
    fn make_room(&self, units: u32) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        while self.room.available_permits() < units as usize {
            let Some(oldest) = kept.iter().position(|(_, cell)| cell.initialized()) else { break };
            kept.remove(oldest);
        }
    }
}

/// Writes a file, and packs it unless its format does. Gives its length when
/// unpacked where it is packed here.
fn write(
    packed: bool,
    make: impl FnOnce(&mut dyn Write) -> Result<(), AppError>,
) -> Result<(Bytes, Option<u64>), AppError> {
    if packed {
        let mut bytes = Vec::new();
        make(&mut bytes)?;
        bytes.shrink_to_fit();
        return Ok((bytes.into(), None));
    }
    let mut counted = Counted { to: GzEncoder::new(Vec::new(), Compression::fast()), length: 0 };
    make(&mut counted)?;
    let mut bytes = counted.to.finish().map_err(|e| AppError::Other(e.into()))?;
    bytes.shrink_to_fit();
    Ok((bytes.into(), Some(counted.length)))
}

/// Counts what is written.
struct Counted<W> {
    to: W,
    length: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Made {
    /// The answer that sends it: packed to whoever can unpack it.
    pub(crate) fn answer(self: Arc<Self>, request: &HttpRequest, kind: &FileKind) -> HttpResponse {
        let unpacks = || {
            let supported = [Encoding::gzip(), Encoding::identity()];
            let accepted = AcceptEncoding::parse(request).ok();
            accepted.and_then(|a| a.negotiate(supported.iter())) == Some(Encoding::gzip())
        };
        let mut answer = HttpResponse::Ok();
        answer
            .content_type(kind.media_type)
            .insert_header((header::VARY, "Accept-Encoding"))
            .insert_header((
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{}\"", kind.name),
            ));
        let until = Instant::now() + LONGEST_SENDING;
        match self.unpacked {
            Some(length) if !unpacks() => {
                // Said, for else it would be packed again, for each reader.
                answer.insert_header(ContentEncoding::Identity);
                let from = GzDecoder::new(io::Cursor::new(self.bytes.clone()));
                answer.body(SizedStream::new(length, Pieces { from, until, _made: self }))
            }
            unpacked => {
                let packed = unpacked.is_some();
                let encoding =
                    if packed { ContentEncoding::Gzip } else { ContentEncoding::Identity };
                answer.insert_header(encoding);
                let length = self.bytes.len() as u64;
                let from = io::Cursor::new(self.bytes.clone());
                answer.body(SizedStream::new(length, Pieces { from, until, _made: self }))
            }
        }
    }
}

/// A file on its way to one reader.
struct Pieces<R> {
    from: R,
    until: Instant,
    /// Holds its part of the room.
    _made: Arc<Made>,
}

impl<R: Read + Unpin> Stream for Pieces<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if Instant::now() > self.until {
            return Poll::Ready(Some(Err(io::ErrorKind::TimedOut.into())));
        }
        let mut piece = Vec::with_capacity(PIECE);
        let read = Read::by_ref(&mut self.from).take(PIECE as u64).read_to_end(&mut piece);
        Poll::Ready(match read {
            Ok(0) => None,
            Ok(_) => Some(Ok(piece.into())),
            Err(error) => Some(Err(error)),
        })
    }
}
