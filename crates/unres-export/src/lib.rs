//! What every exporter stands on: the trait that it implements, the registry that knows it, and the addresses of blocks.

mod address;
mod exporter;
mod options;
mod registry;

pub use address::{Address, Addresses, Zone, eid_carries};
pub use exporter::{Arity, DocumentWriter, ExportError, Exporter, Format, Part, Target};
pub use options::{ExportOptions, OptionKind, OptionSpec};
pub use registry::{Registry, nearest};
