//! What goes between `unres` and a program.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use unres_export::{Arity, Format, OptionKind, OptionSpec};

/// Version of the protocol. It changes when programs of the old one can no longer be run; new fields are no new version.
pub(crate) const PROTOCOL: u32 = 1;

/// The argument that asks a program what it is.
pub(crate) const DESCRIBE: &str = "--describe";

/// What a program prints of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Description {
    pub(crate) protocol: u32,
    pub(crate) title: String,
    pub(crate) media_type: String,
    pub(crate) extension: String,
    #[serde(default)]
    pub(crate) documents: Documents,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) options: Vec<DescribedOption>,
}

/// How many documents one output holds.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Documents {
    #[default]
    One,
    Number,
    Many,
}

/// An option, which takes any text when it names no values.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DescribedOption {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) help: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) values: Vec<String>,
}

/// The first line that a program reads.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) protocol: u32,
    #[serde(default)]
    pub(crate) options: BTreeMap<String, String>,
}

impl Description {
    /// What an exporter says of itself, for a program that is made of it.
    pub(crate) fn of(format: Format, options: &[OptionSpec]) -> Self {
        let option = |spec: &OptionSpec| DescribedOption {
            name: spec.name.to_owned(),
            help: spec.help.to_owned(),
            values: match spec.kind {
                OptionKind::Switch => ["true", "false"].map(str::to_owned).into(),
                OptionKind::OneOf(words) => words.iter().map(|word| (*word).to_owned()).collect(),
                OptionKind::Text => Vec::new(),
            },
        };
        Self {
            protocol: PROTOCOL,
            title: format.title.to_owned(),
            media_type: format.media_type.to_owned(),
            extension: format.extension.to_owned(),
            documents: format.arity.into(),
            options: options.iter().map(option).collect(),
        }
    }

    /// What is wrong with it, if anything.
    pub(crate) fn fault(&self) -> Option<String> {
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        let odd_option = self.options.iter().find(|option| !is_name(&option.name));
        if self.protocol != PROTOCOL {
            return Some(format!("speaks protocol {}, and this program {PROTOCOL}", self.protocol));
        }
        if self.title.is_empty() || self.title.contains('\n') {
            return Some("has no title of one line".to_owned());
        }
        if !self.media_type.contains('/') {
            return Some(format!("has the media type {:?}, which is none", self.media_type));
        }
        if self.extension.split('.').any(|part| !is_name(part)) {
            return Some(format!("has the extension {:?}, which is none", self.extension));
        }
        odd_option.map(|option| format!("has an option {:?}, which is no name", option.name))
    }
}

impl From<Arity> for Documents {
    fn from(arity: Arity) -> Self {
        match arity {
            Arity::OneDocument => Self::One,
            Arity::OneNumber => Self::Number,
            Arity::ManyDocuments => Self::Many,
        }
    }
}

impl From<Documents> for Arity {
    fn from(documents: Documents) -> Self {
        match documents {
            Documents::One => Self::OneDocument,
            Documents::Number => Self::OneNumber,
            Documents::Many => Self::ManyDocuments,
        }
    }
}
