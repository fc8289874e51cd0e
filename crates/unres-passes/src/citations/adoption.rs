//! When resolutions and decisions were adopted.

use jiff::civil::Date;
use memchr::{memchr, memrchr};

/// Symbols and dates, in the order of their bytes: `A/RES/67/264`, a tab, `2013-05-17`. `cargo xtask gen dates` writes it.
const TABLE: &str = include_str!("../../data/adoption-dates.tsv");

/// The day on which the document of a symbol was adopted, if the table has it.
pub fn adoption_date(symbol: &str) -> Option<Date> {
    let mut table = TABLE;
    // The table is searched as it stands: to read it whole costs more than a document does.
    while !table.is_empty() {
        let middle = table.len() / 2;
        let start = memrchr(b'\n', table.as_bytes().get(..middle)?).map_or(0, |at| at + 1);
        let (before, rest) = table.split_at_checked(start)?;
        let (line, after) = rest.split_at_checked(memchr(b'\n', rest.as_bytes())? + 1)?;
        let (known, date) = line.split_at_checked(memchr(b'\t', line.as_bytes())?)?;
        table = match symbol.cmp(known) {
            std::cmp::Ordering::Equal => return date.trim().parse().ok(),
            std::cmp::Ordering::Less => before,
            std::cmp::Ordering::Greater => after,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_every_line_is_found() {
        let symbols: Vec<&str> = TABLE.lines().filter_map(|line| line.split('\t').next()).collect();
        assert!(symbols.is_sorted());
        for line in TABLE.lines() {
            let (symbol, date) = line.split_once('\t').expect(line);
            assert_eq!(adoption_date(symbol), date.parse().ok(), "{symbol}");
        }
        assert_eq!(adoption_date("A/RES/998/1"), None);
    }
}
