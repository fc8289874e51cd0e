//! The language versions of one document side by side, for translators and machine translation: TMX, a table, a page.
//!
//! Versions are known by their symbol and put into rows by their structure, not by their words. A row that a version lacks is written all the same, and
//! reported.

mod page;
mod table;
mod tmx;
mod versions;

pub use page::AlignedHtml;
pub use table::AlignedCsv;
pub use tmx::Tmx;
