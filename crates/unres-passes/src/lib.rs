//! Passes over any document, whatever it was read from. Each needs the words of a language or looks at the whole; none adds or drops a character
//! that is printed; `repair` moves typed numbers from the text into the number. `check`, `align` and `compare` change nothing.

mod align;
mod citations;
mod compare;
mod numbers;
mod openings;
mod pairs;
mod parts;
mod repair;
mod structure;

pub use align::{Row, align};
pub use citations::{Marks, adoption_date, find_citations};
pub use compare::{Aspect, Comparison, Difference, compare};
pub use numbers::read_numbers;
pub use openings::find_openings;
pub use pairs::check_pairs;
pub use parts::{parts_of, split_parts};
pub use repair::{REPAIRS, repair};
pub use structure::{Breach, CHECKS, check};
