//! Whether a corpus is complete: what a list expects, and what is there.

use crate::protocol::DocumentFacts;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// The symbols that a corpus should hold, each in some languages.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// The symbol as listed, by its letters and digits.
    symbols: BTreeMap<String, String>,
    /// ISO 639-2/T codes; none when any language will do.
    languages: BTreeSet<String>,
}

impl Expected {
    /// Reads a list: a symbol a line, or JSON Lines whose objects have a `symbol`, as the UN's data extracts do. `languages` are codes or English names;
    /// one that is not known stays as it is.
    pub fn read(list: &Path, languages: &[String]) -> io::Result<Self> {
        let text = std::fs::read_to_string(list)?;
        let symbols = text.lines().filter_map(symbol_of_line).map(|symbol| (letters(&symbol), symbol)).collect();
        let code = |language: &String| {
            unres::Language::of(language).map_or_else(|| language.clone(), |known| known.iso639_2.to_owned())
        };
        Ok(Self { symbols, languages: languages.iter().map(code).collect() })
    }

    pub(crate) fn begin(&self) -> Found<'_> {
        Found { expected: self, inputs: BTreeMap::new(), misnamed: Vec::new() }
    }

    /// The expected symbol that the name of an input begins with, folders aside: `A_RES_98_1_en.xml`. Of several the longest.
    fn named(&self, id: &str) -> Option<&String> {
        let name = id.rsplit('/').next().unwrap_or(id);
        let name: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        (1..=name.len()).rev().find_map(|words| {
            let head: String = name.iter().take(words).copied().collect();
            self.symbols.get_key_value(&head.to_uppercase()).map(|(key, _)| key)
        })
    }
}

fn symbol_of_line(line: &str) -> Option<String> {
    let line = line.trim();
    if !line.starts_with('{') {
        return Some(line.to_owned()).filter(|line| !line.is_empty());
    }
    let row: serde_json::Value = serde_json::from_str(line).ok()?;
    Some(row.get("symbol")?.as_str()?.trim().to_owned()).filter(|symbol| !symbol.is_empty())
}

/// A symbol without what people write differently: blanks, slashes, brackets, case.
fn letters(symbol: &str) -> String {
    symbol.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase()
}

/// What was found of what is expected. It grows with the list, and with what the list does not name.
pub(crate) struct Found<'a> {
    expected: &'a Expected,
    /// The inputs that hold a symbol in a language.
    inputs: BTreeMap<(String, String), Vec<String>>,
    misnamed: Vec<Misnamed>,
}

/// What a corpus lacks and has too much of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Completeness {
    /// How many symbols are expected.
    pub expected: usize,
    /// Symbols that are missing, each with its language; `any` when no language was asked for.
    pub missing: Vec<(String, String)>,
    /// Expected symbols that more than one input holds in one language.
    pub doubled: Vec<Doubled>,
    /// Inputs whose name says one expected symbol and whose text another.
    pub misnamed: Vec<Misnamed>,
}

/// A symbol that several inputs hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Doubled {
    /// The symbol.
    pub symbol: String,
    /// The language.
    pub language: String,
    /// The inputs.
    pub inputs: Vec<String>,
}

/// An input that holds another document than its name says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Misnamed {
    /// The input.
    pub id: String,
    /// The symbol in its name.
    pub named: String,
    /// The symbol in its text.
    pub found: String,
}

impl Found<'_> {
    pub(crate) fn add(&mut self, id: &str, document: &DocumentFacts) {
        let Some(symbol) = &document.symbol else { return };
        let key = letters(symbol);
        if let Some(named) = self.expected.named(id).filter(|named| **named != key) {
            let named = self.expected.symbols.get(named).cloned().unwrap_or_default();
            self.misnamed.push(Misnamed { id: id.to_owned(), named, found: symbol.clone() });
        }
        if self.expected.symbols.contains_key(&key) {
            let language = document.language.clone().unwrap_or_default();
            self.inputs.entry((key, language)).or_default().push(id.to_owned());
        }
    }

    pub(crate) fn end(self) -> Completeness {
        let Expected { symbols, languages } = self.expected;
        let mut missing = Vec::new();
        let have: BTreeSet<&String> = self.inputs.keys().map(|(key, _)| key).collect();
        for (key, symbol) in symbols {
            if languages.is_empty() && !have.contains(key) {
                missing.push((symbol.clone(), "any".to_owned()));
            }
            let lacks = |language: &&String| !self.inputs.contains_key(&(key.clone(), (*language).clone()));
            missing.extend(languages.iter().filter(lacks).map(|language| (symbol.clone(), language.clone())));
        }
        let doubled = self.inputs.into_iter().filter(|(_, inputs)| inputs.len() > 1);
        let doubled = doubled.map(|((key, language), inputs)| Doubled {
            symbol: symbols.get(&key).cloned().unwrap_or(key),
            language,
            inputs,
        });
        Completeness { expected: symbols.len(), missing, doubled: doubled.collect(), misnamed: self.misnamed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(symbol: &str, language: &str) -> DocumentFacts {
        DocumentFacts {
            symbol: Some(symbol.to_owned()),
            language: Some(language.to_owned()),
            ..DocumentFacts::default()
        }
    }

    #[test]
    fn what_is_missing_doubled_or_misnamed_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = folder.path().join("list");
        let lines = "A/RES/98/1\n{\"symbol\": \"S/RES/9001 (2043)\", \"title\": \"\"}\nA/RES/98/12\n\n";
        std::fs::write(&list, lines).expect("room");
        let expected = Expected::read(&list, &["en".to_owned(), "French".to_owned()]).expect("a list");
        let mut found = expected.begin();
        found.add("x/A_RES_98_1_en.xml", &document("A/RES/98/1", "eng"));
        found.add("x/A_RES_98_1_fr.xml", &document("A/RES/98/1", "fra"));
        found.add("x/A_RES_98_12_en.xml", &document("A/RES/98/1", "eng"));
        found.add("S_RES_9001(2043)_fr.xml", &document("S/RES/9001(2043)", "fra"));
        found.add("other.xml", &document("A/RES/98/77", "eng"));
        let found = found.end();
        let missing: Vec<(&str, &str)> = found.missing.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(missing, [("A/RES/98/12", "eng"), ("A/RES/98/12", "fra"), ("S/RES/9001 (2043)", "eng")]);
        assert_eq!(found.doubled.len(), 1);
        assert_eq!(found.doubled[0].inputs, ["x/A_RES_98_1_en.xml", "x/A_RES_98_12_en.xml"]);
        assert_eq!(found.misnamed.len(), 1);
        assert_eq!((found.misnamed[0].named.as_str(), found.expected), ("A/RES/98/12", 3));
    }
}
