//! A document as an HTML page that looks like a resolution.
//!
//! What the page says is in `view`, how it is written in `templates`. All text passes the escaping of the template engine.

mod view;
mod writer;

pub use writer::{Html, page};
