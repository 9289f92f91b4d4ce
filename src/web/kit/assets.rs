//! Styles, script, fonts and icons: embedded, named by their content so that
//! they can be kept for ever, and compressed once.

use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;

use super::error::AppError;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

struct Asset {
    body: Vec<u8>,
    gzip: Option<Vec<u8>>,
    content_type: &'static str,
}

struct Assets {
    /// Address of each file by its plain name.
    address: HashMap<String, String>,
    by_name: HashMap<String, Asset>,
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "text/plain; charset=utf-8",
    }
}

fn hashed_name(name: &str, body: &[u8]) -> String {
    let hash = body
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash:016x}.{extension}"),
        None => format!("{name}.{hash:016x}"),
    }
}

fn compressed(body: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).ok()?;
    encoder.finish().ok().filter(|gzip| gzip.len() < body.len())
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let mut assets = Assets { address: HashMap::new(), by_name: HashMap::new() };
    // The style sheet names the font, so it comes last.
    let mut names: Vec<String> = Files::iter().map(|n| n.into_owned()).collect();
    names.sort_by_key(|n| n.ends_with(".css"));
    for name in names {
        let Some(file) = Files::get(&name) else { continue };
        let mut body = file.data.into_owned();
        if name.ends_with(".css") {
            let mut text = String::from_utf8_lossy(&body).into_owned();
            for (plain, address) in &assets.address {
                text = text.replace(&format!("url({plain})"), &format!("url({address})"));
            }
            body = text.into_bytes();
        }
        let hashed = hashed_name(&name, &body);
        assets.address.insert(name.clone(), format!("/static/{hashed}"));
        let gzip = if name.ends_with(".woff2") { None } else { compressed(&body) };
        assets.by_name.insert(hashed, Asset { body, gzip, content_type: content_type(&name) });
    }
    assets
});

/// The address of a file of `static/`.
pub(crate) fn address(name: &str) -> &'static str {
    ASSETS.address.get(name).map_or("", String::as_str)
}

/// `GET /static/{name}`
pub(crate) async fn show(
    request: HttpRequest,
    name: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let asset = ASSETS.by_name.get(name.as_str()).ok_or(AppError::NotFound)?;
    let accepts_gzip = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.contains("gzip"));
    let mut response = HttpResponse::Ok();
    response
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"));
    Ok(match asset.gzip.as_ref().filter(|_| accepts_gzip) {
        Some(gzip) => {
            response.insert_header((header::CONTENT_ENCODING, "gzip")).body(gzip.as_slice())
        }
        None => response
            .insert_header((header::CONTENT_ENCODING, "identity"))
            .body(asset.body.as_slice()),
    })
}
