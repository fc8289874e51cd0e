//! Options of exporters: `id.name=value` on the command line, checked against what the exporter declares.

use crate::ExportError;
use std::collections::BTreeMap;

/// An option that an exporter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// Its name.
    pub name: &'static str,
    /// What values it takes.
    pub kind: OptionKind,
    /// One line for people, with the default.
    pub help: &'static str,
}

/// What values an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `true` or `false`.
    Switch,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Any text.
    Text,
}

/// The options given for one output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportOptions {
    values: BTreeMap<String, String>,
}

impl ExportOptions {
    /// Sets an option; a later value replaces an earlier one.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.values.insert(name.into(), value.into());
    }

    /// The value of an option.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// All options with their values, in the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether a switch is on; off when it is not given.
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    /// Checks names and values against what an exporter declares.
    pub fn check(&self, specs: &[OptionSpec]) -> Result<(), ExportError> {
        for (name, value) in &self.values {
            let Some(spec) = specs.iter().find(|spec| spec.name == name) else {
                let known = specs.iter().map(|spec| spec.name);
                let message = match crate::nearest(name, known) {
                    Some(near) => format!("there is no such option; did you mean {near:?}?"),
                    None => "there is no such option".to_owned(),
                };
                return Err(ExportError::Option { name: name.clone(), message });
            };
            let allowed: &[&str] = match spec.kind {
                OptionKind::Switch => &["true", "false"],
                OptionKind::OneOf(words) => words,
                OptionKind::Text => continue,
            };
            if !allowed.contains(&value.as_str()) {
                let message = format!("{value:?} is none of {}", allowed.join(", "));
                return Err(ExportError::Option { name: name.clone(), message });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPECS: &[OptionSpec] = &[
        OptionSpec { name: "bom", kind: OptionKind::Switch, help: "" },
        OptionSpec { name: "shape", kind: OptionKind::OneOf(&["round", "square"]), help: "" },
    ];

    fn check(name: &str, value: &str) -> Result<(), String> {
        let mut options = ExportOptions::default();
        options.set(name, value);
        options.check(SPECS).map_err(|error| error.to_string())
    }

    #[test]
    fn options_are_checked_against_what_is_declared() {
        assert_eq!(check("bom", "true"), Ok(()));
        assert_eq!(check("shape", "oval"), Err(r#"option shape: "oval" is none of round, square"#.to_owned()));
        let typo = check("shpae", "round").unwrap_err();
        assert!(typo.contains("did you mean \"shape\""), "{typo}");
    }
}
