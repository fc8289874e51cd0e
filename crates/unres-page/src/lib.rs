//! A document as an HTML page that looks like a resolution, and an input as a page that shows its source beside its structure.
//!
//! What the pages say is in `view` and `beside`, how it is written in `templates`. All text passes the escaping of the template engine.

mod beside;
mod view;
mod writer;

pub use writer::{Html, beside, page};
