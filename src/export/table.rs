//! A table with a header, and the files it can be written to.

use std::io::Write;

use rust_xlsxwriter::{Format, Workbook};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words that somebody wrote or chose.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing is known.
    Empty,
}

impl Cell {
    /// Words, or nothing where there are none.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// A whole number, if there is one.
    pub fn whole(number: Option<impl Into<i64>>) -> Cell {
        number.map_or(Cell::Empty, |n| Cell::Number(n.into() as f64))
    }

    /// The cell in a CSV file. Text that a spreadsheet would take for a
    /// formula is quoted with an apostrophe (OWASP ASVS 5.0, 1.2.10).
    fn plain(&self) -> String {
        match self {
            Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
                format!("'{text}")
            }
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        }
    }
}

/// Rows under named columns. The rows are made one by one while the table is
/// written: all of them together would take far more memory than the file.
pub struct Table<'a> {
    name: &'static str,
    columns: &'static [&'static str],
    rows: Box<dyn Iterator<Item = Vec<Cell>> + 'a>,
}

impl<'a> Table<'a> {
    /// A table with the name of its sheet, the names of its columns, which are
    /// a part of the interface and do not change, and rows of as many cells.
    pub fn new(
        name: &'static str,
        columns: &'static [&'static str],
        rows: impl Iterator<Item = Vec<Cell>> + 'a,
    ) -> Table<'a> {
        Table { name, columns, rows: Box::new(rows) }
    }

    /// Writes CSV as RFC 4180 has it, in UTF-8. Gives the number of rows.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write_csv(self, out: impl Write) -> anyhow::Result<usize> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(self.columns)?;
        let mut written = 0;
        for row in self.rows {
            out.write_record(row.iter().map(Cell::plain))?;
            written += 1;
        }
        out.flush()?;
        Ok(written)
    }

    /// Writes an XLSX workbook of one sheet. Text stays text, whatever it
    /// begins with. Gives the number of rows.
    ///
    /// # Errors
    /// When the table is larger than a sheet can be, 1,048,576 rows, or `out`
    /// cannot be written to.
    pub fn write_xlsx(self, mut out: impl Write) -> anyhow::Result<usize> {
        let mut book = Workbook::new();
        // Row by row through a file: a sheet of everything would else take
        // hundreds of megabytes.
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(self.name)?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (column, name) in (0..).zip(self.columns) {
            sheet.write_string_with_format(0, column, *name, &bold)?;
        }
        let mut written = 0;
        for (row, cells) in (1..).zip(self.rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Text(text) => sheet.write_string(row, column, text)?,
                    Cell::Number(number) => sheet.write_number(row, column, number)?,
                    Cell::Empty => continue,
                };
            }
            written += 1;
        }
        out.write_all(&book.save_to_buffer()?)?;
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let evil = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"];
        let table = || {
            let rows = evil.iter().map(|text| vec![Cell::text(*text), Cell::Number(-5.5)]);
            Table::new("test", &["text", "number"], rows)
        };
        let mut out = Vec::new();
        assert_eq!(table().write_csv(&mut out).expect("written"), evil.len());
        let mut reader = csv::Reader::from_reader(out.as_slice());
        for (record, text) in reader.records().zip(evil) {
            let record = record.expect("a row");
            assert_eq!(&record[0], format!("'{text}"));
            assert_eq!(&record[1], "-5.5", "a number stays a number");
        }
        let mut book = Vec::new();
        assert_eq!(table().write_xlsx(&mut book).expect("a workbook"), evil.len());
        assert!(book.starts_with(b"PK"));
    }
}
