//! Documents that a word processor opens and people go on writing in.

use std::io::Cursor;

use anyhow::Context;
use docx_rs::{AlignmentType, BreakType, Docx, LineSpacing, PageMargin, Paragraph, Run, RunFonts};

use crate::i18n::T;
use crate::wording::letters::Letter;

/// What a document is to a browser.
pub const CONTENT_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Half points: 11, 14 and 9 points.
const TEXT: usize = 22;
const NAME: usize = 28;
const SMALL: usize = 18;
/// Twentieths of a point: 25 millimetres, and 8 points after a paragraph.
const MARGIN: i32 = 1_417;
const AFTER: u32 = 160;
/// A4 in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);

fn paragraph(text: &str, size: usize, bold: bool) -> Paragraph {
    let mut run = Run::new().size(size);
    if bold {
        run = run.bold();
    }
    for (i, line) in text.lines().enumerate() {
        if i > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line);
    }
    Paragraph::new()
        .add_run(run)
        .align(AlignmentType::Left)
        .line_spacing(LineSpacing::new().after(AFTER))
}

/// Letters as one document, each on a page of its own.
///
/// # Errors
/// When the document cannot be put together.
pub fn letters(letters: &[Letter], invented: bool) -> anyhow::Result<Vec<u8>> {
    let mut document = Docx::new()
        .page_size(A4.0, A4.1)
        .page_margin(PageMargin::new().top(MARGIN).bottom(MARGIN).left(MARGIN).right(MARGIN))
        .default_fonts(RunFonts::new().ascii("Calibri").hi_ansi("Calibri").cs("Calibri"))
        .default_size(TEXT);
    for (i, letter) in letters.iter().enumerate() {
        let mut head = paragraph(&letter.from, NAME, true);
        if i > 0 {
            head = head.page_break_before(true);
        }
        document =
            document.add_paragraph(head).add_paragraph(paragraph(&letter.from_where, SMALL, false));
        if invented {
            let said = T::letters(letter.lang).get("letter-invented");
            document = document.add_paragraph(paragraph(&said, SMALL, false));
        }
        document = document
            .add_paragraph(paragraph(&format!("{}\n{}", letter.to, letter.date), TEXT, false))
            .add_paragraph(paragraph(&letter.subject, TEXT, true));
        for text in letter.text.split("\n\n").filter(|text| !text.trim().is_empty()) {
            document = document.add_paragraph(paragraph(text, TEXT, false));
        }
    }
    let mut file = Cursor::new(Vec::new());
    document.build().pack(&mut file).context("the document could not be put together")?;
    Ok(file.into_inner())
}
