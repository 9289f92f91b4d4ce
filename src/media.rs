//! Files that people give: recognised by what they hold, whatever they are
//! called, and made harmless. A picture is drawn anew, so that nothing else
//! that was in the file (a place, a name, a program) is kept.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::domain::municipality::stored_as_words;

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
        return if whole { Ok((MediaKind::Pdf, bytes.to_vec())) } else { Err(Unfit::Broken) };
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
