//! Exporters that are programs of others: `--to ext:NAME` runs `unres-export-NAME`.
//!
//! A program that is given `--describe` prints what its format is. Otherwise it reads a header line and then one document a
//! line, each as in JSON Lines, and writes the output. [`External`] runs such a program as an [`Exporter`](unres_export::Exporter), [`serve()`]
//! makes one of an `Exporter`, and [`check`] says whether one keeps to the protocol, which `docs/exporters.md` describes.

mod exporter;
mod kit;
mod program;
mod protocol;
mod running;
mod serve;

pub use exporter::External;
pub use kit::{Check, check};
pub use program::{PREFIX, Program};
pub use serve::serve;
