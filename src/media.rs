//! Files that people give: recognised by what they hold, whatever they are
//! called, and made harmless. A picture is drawn anew, so that nothing else
//! that was in the file (a place, a name, a program) is kept. A document is
//! kept as it is, unless it plainly could do something by itself; it is only
//! ever given as a file.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use flate2::read::ZlibDecoder;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::domain::words::stored_as_words;

/// Largest file, in bytes.
pub const MAX_FILE: usize = 5 * 1024 * 1024;
/// Largest picture: so many pixels in a row or a column, and in all.
const MAX_SIDE: u32 = 6_000;
const MAX_PIXELS: u64 = 24_000_000;
/// Memory a picture may take while it is drawn, in bytes.
const MAX_MEMORY: u64 = 160 * 1024 * 1024;
/// Of a hundred: a scanned page stays readable.
const JPEG_QUALITY: u8 = 85;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// A document.
    Pdf,
    /// A photograph or a scan.
    Jpeg,
    /// A picture.
    Png,
}
stored_as_words!(MediaKind { Pdf = "pdf", Jpeg = "jpeg", Png = "png" });

impl MediaKind {
    /// Its name on the web.
    pub fn content_type(self) -> &'static str {
        match self {
            MediaKind::Pdf => "application/pdf",
            MediaKind::Jpeg => "image/jpeg",
            MediaKind::Png => "image/png",
        }
    }

    /// The end of the names of its files.
    pub fn extension(self) -> &'static str {
        match self {
            MediaKind::Pdf => "pdf",
            MediaKind::Jpeg => "jpg",
            MediaKind::Png => "png",
        }
    }
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is no document and no picture that is taken.
    #[error("neither PDF nor JPEG nor PNG")]
    Kind,
    /// It holds more than is drawn.
    #[error("too large")]
    Large,
    /// It is a document that runs programs, holds other files, or is locked, so
    /// that nobody can look whether it does.
    #[error("a document that acts by itself")]
    Acts,
    /// It cannot be read to its end.
    #[error("broken")]
    Broken,
}

impl Unfit {
    /// The end of the key of its sentence.
    pub fn as_str(self) -> &'static str {
        match self {
            Unfit::Kind => "kind",
            Unfit::Large => "large",
            Unfit::Acts => "acts",
            Unfit::Broken => "broken",
        }
    }
}

impl From<ImageError> for Unfit {
    fn from(error: ImageError) -> Unfit {
        match error {
            ImageError::Limits(_) => Unfit::Large,
            _ => Unfit::Broken,
        }
    }
}

/// Names in a document (ISO 32000-1) of what acts by itself, holds other files
/// or cannot be looked into.
const ACTING: [&[u8]; 13] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"Rendition",
    b"SubmitForm",
    b"ImportData",
    b"GoToR",
    b"GoToE",
    b"OnInstantiate",
    b"XFA",
    b"Encrypt",
];
/// Most streams of a document that are unpacked, and how much they may hold
/// together, in bytes.
const MAX_STREAMS: usize = 4_096;
const MAX_UNPACKED: u64 = 32 * 1024 * 1024;
/// How often one stream may be packed.
const MOST_LAYERS: usize = 3;

/// The names in a piece of a document, with what they write as numbers
/// (`#4A` for `J`) put back.
fn names(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let is_regular = |b: &u8| b.is_ascii_graphic() && !b"()<>[]{}/%".contains(b);
    let starts = bytes.iter().enumerate().filter(|(_, b)| **b == b'/').map(|(i, _)| i + 1);
    starts.map(move |start| {
        let mut name = Vec::new();
        let mut rest = &bytes[start..];
        while let Some(first) = rest.first().filter(|b| is_regular(b) && name.len() < 32) {
            let digits = rest.get(1..3).and_then(|d| std::str::from_utf8(d).ok());
            let coded = digits.and_then(|d| u8::from_str_radix(d, 16).ok());
            let (byte, taken) = match (first, coded) {
                (b'#', Some(byte)) => (byte, 3),
                (byte, _) => (*byte, 1),
            };
            name.push(byte);
            rest = &rest[taken..];
        }
        name
    })
}

/// Whether bytes begin as what is packed does (RFC 1950).
fn is_packed(bytes: &[u8]) -> bool {
    let head = bytes.first_chunk::<2>().copied().map(u16::from_be_bytes);
    head.is_some_and(|head| head % 31 == 0 && head >> 8 & 0x0f == 8)
}

/// What stands under one layer of packing: of deflate, or of hexadecimal
/// digits.
fn unpacked(bytes: &[u8], most: u64) -> Option<Vec<u8>> {
    if is_packed(bytes) {
        let mut inside = Vec::new();
        // What follows does not belong to it, so an error at the end is none.
        let _ = ZlibDecoder::new(bytes).take(most).read_to_end(&mut inside);
        return Some(inside);
    }
    let digits: Vec<u8> =
        bytes.iter().copied().filter(|b| !b.is_ascii_whitespace() && *b != b'>').collect();
    let pairs = digits.chunks_exact(2).map(|pair| {
        let text = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(text, 16).ok()
    });
    pairs.collect::<Option<Vec<u8>>>().filter(|inside| !inside.is_empty())
}

/// Whether a document plainly could do something by itself. Whatever lies
/// openly in it is looked at, and what its streams hold.
///
/// # Errors
/// [`Unfit::Large`] when they hold too much.
fn acts(bytes: &[u8]) -> Result<bool, Unfit> {
    let is_acting = |piece: &[u8]| names(piece).any(|name| ACTING.contains(&name.as_slice()));
    if is_acting(bytes) {
        return Ok(true);
    }
    let (mut left, mut streams) = (MAX_UNPACKED, 0);
    for (at, _) in bytes.windows(6).enumerate().filter(|(_, w)| *w == b"stream") {
        let body = &bytes[at + 6..];
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let Some(body) = body.strip_prefix(b"\n") else { continue };
        if !is_packed(body) {
            continue;
        }
        streams += 1;
        if streams > MAX_STREAMS {
            return Err(Unfit::Large);
        }
        let mut inside = Cow::Borrowed(body);
        for _ in 0..MOST_LAYERS {
            let Some(deeper) = unpacked(&inside, left + 1) else { break };
            left = left.checked_sub(deeper.len() as u64).ok_or(Unfit::Large)?;
            if is_acting(&deeper) {
                return Ok(true);
            }
            inside = Cow::Owned(deeper);
        }
    }
    Ok(false)
}

/// The harmless form of a file and what it is. Takes a second and up to
/// `MAX_MEMORY` for a large picture.
///
/// # Errors
/// [`Unfit`], which says why it is not taken.
pub fn harmless(bytes: &[u8]) -> Result<(MediaKind, Vec<u8>), Unfit> {
    if bytes.len() > MAX_FILE {
        return Err(Unfit::Large);
    }
    if bytes.starts_with(b"%PDF-") {
        // A document is never shown inside a page of this site, only given
        // as a file. Of one that was cut off the end is missing.
        let end = &bytes[bytes.len().saturating_sub(1_024)..];
        let whole = end.windows(5).any(|w| w == b"%%EOF");
        if !whole {
            return Err(Unfit::Broken);
        }
        return if acts(bytes)? { Err(Unfit::Acts) } else { Ok((MediaKind::Pdf, bytes.to_vec())) };
    }
    let (kind, format) = match image::guess_format(bytes) {
        Ok(format @ ImageFormat::Jpeg) => (MediaKind::Jpeg, format),
        Ok(format @ ImageFormat::Png) => (MediaKind::Png, format),
        _ => return Err(Unfit::Kind),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Unfit::Large);
    }
    // How a camera was held is the one thing to be kept of what it notes.
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    let mut drawn = Cursor::new(Vec::new());
    match kind {
        MediaKind::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut drawn, JPEG_QUALITY);
            picture.to_rgb8().write_with_encoder(encoder)?;
        }
        _ => picture.write_to(&mut drawn, ImageFormat::Png)?,
    }
    let drawn = drawn.into_inner();
    if drawn.len() > MAX_FILE { Err(Unfit::Large) } else { Ok((kind, drawn)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document whose objects are pressed together.
    fn pressed(objects: &str) -> Vec<u8> {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packed, objects.as_bytes()).expect("memory");
        let head = b"%PDF-1.7\n1 0 obj<</Type /ObjStm/N 1/First 4/Filter/FlateDecode>>stream\r\n";
        [&head[..], &packed.finish().expect("memory"), b"\nendstream\n%%EOF\n"].concat()
    }

    /// The same with what its stream holds pressed once more.
    fn twice(document: &[u8]) -> Vec<u8> {
        let at = document.windows(8).position(|w| w == b"stream\r\n").expect("a stream") + 8;
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, &document[at..]).expect("memory");
        [&document[..at], &packed.finish().expect("memory"), b"\nendstream\n%%EOF\n"].concat()
    }

    #[test]
    fn a_document_made_to_take_long_is_refused_soon() {
        for piece in [&b"/stream\n"[..], b"//stream", b"stream\n\x78\x9c"] {
            let mut document = b"%PDF-1.7\n".to_vec();
            while document.len() < MAX_FILE - 100 {
                document.extend_from_slice(piece);
            }
            document.extend_from_slice(b"%%EOF");
            let begun = std::time::Instant::now();
            let _ = harmless(&document);
            assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
        }
    }

    #[test]
    fn a_document_that_acts_by_itself_is_not_taken() {
        let plain = |inside: &str| format!("%PDF-1.7\n1 0 obj<<{inside}>>\n%%EOF\n").into_bytes();
        for harmless_one in [
            plain("/OpenAction [3 0 R /XYZ null null 0]"),
            plain("/Title (JavaScript for councils)"),
            pressed("<</Type/Page>>"),
        ] {
            let kept = harmless(&harmless_one);
            assert_eq!(kept, Ok((MediaKind::Pdf, harmless_one)));
        }
        for acting in [
            plain("/OpenAction <</S /JavaScript /JS (app.alert)>>"),
            plain("/S/#4AavaScript"),
            plain("/S /Launch"),
            plain("/EF <</F 2 0 R>>/Type/EmbeddedFile"),
            plain("/AcroForm<</XFA[]>>"),
            plain("/Encrypt 5 0 R"),
            pressed("<</S/JavaScript/JS(app.alert)>>"),
            plain("/S/Rendition/JS(app.alert)"),
            plain("/A<</S/GoToR/F(\\\\evil.example\\x)>>"),
            twice(&pressed("<</S/JavaScript/JS(app.alert)>>")),
        ] {
            assert_eq!(harmless(&acting), Err(Unfit::Acts), "{}", String::from_utf8_lossy(&acting));
        }
    }

    fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let drawn = image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([(x % 256) as u8, (y % 256) as u8, 90])
        });
        drawn.write_to(&mut bytes, format).expect("a picture");
        bytes.into_inner()
    }

    #[test]
    fn pictures_are_drawn_anew_and_nothing_else_of_them_is_kept() {
        for (format, kind) in
            [(ImageFormat::Png, MediaKind::Png), (ImageFormat::Jpeg, MediaKind::Jpeg)]
        {
            let mut bytes = picture(format, 60, 40);
            bytes.extend_from_slice(b"<script>hit()</script><?php secret");
            let (found, drawn) = harmless(&bytes).expect("a picture");
            assert_eq!(found, kind);
            assert!(!drawn.windows(6).any(|w| w == b"secret"), "{kind:?}");
            let again = image::load_from_memory(&drawn).expect("a picture");
            assert_eq!((again.width(), again.height()), (60, 40));
        }
    }

    #[test]
    fn what_is_no_document_and_no_picture_is_refused_whatever_it_says_of_itself() {
        for bytes in [
            b"".as_slice(),
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='hit()'/>",
            b"<html><script>hit()</script>",
            b"GIF89a",
            b"PK\x03\x04",
            b"MZ\x90",
            b"RIFF....WEBP",
        ] {
            assert_eq!(harmless(bytes), Err(Unfit::Kind), "{bytes:?}");
        }
        assert_eq!(harmless(b"%PDF-1.7 and then the line broke"), Err(Unfit::Broken));
        assert!(harmless(b"%PDF-1.7\n...\n%%EOF\n").is_ok());
        let whole = picture(ImageFormat::Png, 60, 40);
        assert_eq!(harmless(&whole[..whole.len() / 2]), Err(Unfit::Broken));
        assert_eq!(harmless(&vec![b'a'; MAX_FILE + 1]), Err(Unfit::Large));
    }

    /// A picture of a few kilobytes that would fill gigabytes when drawn.
    #[test]
    fn a_flood_of_pixels_is_refused_before_it_is_drawn() {
        for (width, height) in [(30_000, 30_000), (6_001, 1), (5_900, 5_900)] {
            let mut bytes = picture(ImageFormat::Png, 8, 8);
            // Width and height of the header, and its checksum.
            bytes[16..20].copy_from_slice(&u32::to_be_bytes(width));
            bytes[20..24].copy_from_slice(&u32::to_be_bytes(height));
            let mut crc = flate2::Crc::new();
            crc.update(&bytes[12..29]);
            bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
            assert_eq!(harmless(&bytes), Err(Unfit::Large), "{width} × {height}");
        }
    }
}
