//! What every exporter stands on: the trait that it implements, the registry that knows it, the addresses of blocks,
//! and what several formats ask of a document.

mod address;
mod direction;
mod exporter;
mod headings;
mod memory;
mod options;
mod registry;
mod runs;

pub use address::{Address, Addresses, Zone, eid_carries};
pub use direction::Direction;
pub use exporter::{Arity, DocumentWriter, ExportError, Exporter, Format, Part, Target};
pub use headings::heading_ranks;
pub use memory::MemoryTarget;
pub use options::{ExportOptions, OptionKind, OptionSpec};
pub use registry::{Registry, nearest};
pub use runs::{Run, runs};
