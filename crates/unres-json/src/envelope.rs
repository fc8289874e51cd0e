//! The object around a document, with the version of the format.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};
use unres_model::Document;

/// Version of the JSON form, after semver: a new major version when files of the old one can no longer be read, a new
/// minor version when fields are added.
pub const FORMAT_VERSION: &str = "1.0.0";

/// What is written. The version stands first, so that a reader meets it before anything that it may not understand.
#[derive(Serialize)]
pub(crate) struct Envelope<'a> {
    format_version: &'static str,
    document: &'a Document,
}

impl<'a> Envelope<'a> {
    pub(crate) fn of(document: &'a Document) -> Self {
        Self { format_version: FORMAT_VERSION, document }
    }
}

/// What is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnedEnvelope {
    #[serde(rename = "format_version")]
    _version: ReadableVersion,
    pub(crate) document: Document,
}

/// A version whose files can be read: any of the same major version.
struct ReadableVersion;

impl<'de> Deserialize<'de> for ReadableVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let printed = String::deserialize(deserializer)?;
        let Some(version) = Version::parse(&printed) else {
            return Err(D::Error::invalid_value(Unexpected::Str(&printed), &"a version such as \"1.0.0\""));
        };
        let own = Version::own().major;
        if version.major == own {
            Ok(Self)
        } else {
            Err(D::Error::custom(format_args!("format version {printed} cannot be read, only versions {own}.x.y")))
        }
    }
}

/// The numbers of a version, in the order in which they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

impl Version {
    /// Three numbers with dots between; none for anything else.
    pub(crate) fn parse(printed: &str) -> Option<Self> {
        let mut numbers = printed.split('.').map(|number| number.parse().ok());
        let version = Self { major: numbers.next()??, minor: numbers.next()??, patch: numbers.next()?? };
        numbers.next().is_none().then_some(version)
    }

    /// The version that this program writes.
    pub(crate) fn own() -> Self {
        Self::parse(FORMAT_VERSION).unwrap_or(Self { major: 1, minor: 0, patch: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_three_numbers() {
        assert_eq!(Version::parse("1.12.3"), Some(Version { major: 1, minor: 12, patch: 3 }));
        assert!(Version::parse("1.12.3") > Version::parse("1.9.9"));
        assert_eq!(Some(Version::own()), Version::parse(FORMAT_VERSION));
        for wrong in ["", "1", "1.0", "1.0.0.0", "1.0.x", "v1.0.0", "-1.0.0"] {
            assert_eq!(Version::parse(wrong), None, "{wrong}");
        }
    }
}
