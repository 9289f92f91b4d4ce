//! `mosty export`: the public data as a file.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::{Value, json};

use super::open;
use crate::config::{Config, Export, ExportFormat, ExportKind, SheetFormat};
use crate::domain::directory::Row;
use crate::export::{self, Table};

/// Writes the public data.
pub(super) fn run(config: &Config, options: &Export) -> anyhow::Result<()> {
    suits(options.out.as_deref(), options.format.ending())?;
    let live = open::live(config)?;
    let snapshot = live.now();
    let rows: Vec<Row> = snapshot
        .directory
        .rows()
        .filter(|(_, r)| options.country.is_none_or(|c| r.municipality.country == c))
        .map(|(row, _)| row)
        .collect();
    let table = || match options.kind {
        ExportKind::Municipalities => export::municipalities(&snapshot, &rows),
        ExportKind::Ties => export::ties(&snapshot),
    };
    let (written, bytes) = match (options.format, options.kind) {
        (ExportFormat::Csv, _) => sheet(table(), SheetFormat::Csv)?,
        (ExportFormat::Xlsx, _) => sheet(table(), SheetFormat::Xlsx)?,
        (ExportFormat::Geojson, ExportKind::Municipalities) => {
            let mut bytes = Vec::new();
            export::write_geojson(&snapshot, &rows, &mut bytes)?;
            (rows.len(), bytes)
        }
        (ExportFormat::Json, ExportKind::Municipalities) => {
            let all: Vec<Value> = rows
                .iter()
                .map(|row| export::whole(snapshot.directory.record(*row), &snapshot))
                .collect();
            (rows.len(), serde_json::to_vec(&json!({ "items": all, "total": all.len() }))?)
        }
        (_, ExportKind::Ties) => bail!("ties are written as csv or xlsx; choose one with --format"),
    };
    write(&bytes, options.out.as_deref())?;
    if let Some(path) = &options.out {
        if config.json {
            println!("{}", json!({ "written": written, "file": path }));
        } else {
            println!("{written} written to {}", path.display());
        }
    }
    Ok(())
}

/// A table as the bytes of a file, with the number of its rows.
pub(super) fn sheet(table: Table<'_>, format: SheetFormat) -> anyhow::Result<(usize, Vec<u8>)> {
    let mut bytes = Vec::new();
    let written = match format {
        SheetFormat::Csv => table.write_csv(&mut bytes)?,
        SheetFormat::Xlsx => table
            .write_xlsx(&mut bytes)
            .context("the workbook could not be made; csv has no limit of rows")?,
    };
    Ok((written, bytes))
}

/// Refuses a file name that promises another format than is written.
pub(super) fn suits(out: Option<&Path>, format: &str) -> anyhow::Result<()> {
    let ending = out.and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
    match ending {
        Some(ending) if ending != format => bail!(
            "the name ends in .{ending}, but {format} would be written; choose another --format, \
             or a name that ends in .{format}"
        ),
        _ => Ok(()),
    }
}

/// Writes a file whole, or to standard output.
pub(super) fn write(bytes: &[u8], out: Option<&Path>) -> anyhow::Result<()> {
    let Some(path) = out else {
        let mut stdout = std::io::stdout();
        if stdout.is_terminal() && bytes.starts_with(b"PK") {
            bail!(
                "a workbook cannot be shown on a terminal; say where to write it with --out FILE"
            );
        }
        // Whoever reads only the first lines ends the pipe; that is no fault.
        return match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        };
    };
    std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}
