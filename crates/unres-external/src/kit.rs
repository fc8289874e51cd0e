//! Whether a program keeps to the protocol.

use crate::exporter::header_line;
use crate::program::Program;
use crate::protocol::{Description, Documents, Header, PROTOCOL};
use std::collections::BTreeMap;
use unres_export::{ExportError, MemoryTarget, Part};
use unres_model::Document;

/// How often the blocks of a document are repeated for a long one: more than any pipe holds.
const REPEATED: usize = 200;

/// What was checked, and what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What a program must do.
    pub what: &'static str,
    /// What it did, or what is wrong.
    pub result: Result<String, String>,
}

/// Runs a program in every way in which `unres` may run it, over some documents. A program that does not describe itself is asked no more.
pub fn check(program: &Program, documents: &[Document]) -> Vec<Check> {
    let described = program.describe();
    let summary = described.as_ref().map(summary).map_err(ToString::to_string);
    let mut checks = vec![Check { what: "describes itself", result: summary }];
    if let Ok(description) = &described {
        let kit = Kit { program, description, documents };
        let of = |what, result| Check { what, result };
        checks.extend([
            of("writes documents", kit.writes()),
            of("writes the same bytes again", kit.repeats()),
            of("takes a document without text, and none where it takes many", kit.takes_nothing()),
            of("takes a long document", kit.takes_a_long_document()),
            of("takes each value of its options", kit.takes_options()),
            of("passes over a field of the header that it does not know", kit.passes_over_new_fields()),
            of("fails on what is no document", kit.refuses()),
        ]);
    }
    checks
}

type Outcome = Result<String, String>;

fn summary(description: &Description) -> String {
    let Description { title, media_type, extension, options, .. } = description;
    format!("{title} (.{extension}, {media_type}, options: {})", options.len())
}

struct Kit<'a> {
    program: &'a Program,
    description: &'a Description,
    documents: &'a [Document],
}

impl Kit<'_> {
    /// The documents of each run, as the format has them.
    fn groups(&self) -> Vec<&[Document]> {
        match self.description.documents {
            Documents::Many => vec![self.documents],
            Documents::One | Documents::Number => self.documents.chunks(1).collect(),
        }
    }

    fn writes(&self) -> Outcome {
        let mut bytes = 0;
        for group in self.groups() {
            let written = self.export(group, &BTreeMap::new())?.len();
            if written == 0 {
                return Err("an output is empty".to_owned());
            }
            bytes += written;
        }
        Ok(format!("{} documents, {bytes} bytes", self.documents.len()))
    }

    fn repeats(&self) -> Outcome {
        let none = BTreeMap::new();
        for group in self.groups() {
            if self.export(group, &none)? != self.export(group, &none)? {
                return Err("two runs over the same documents differ".to_owned());
            }
        }
        Ok(String::new())
    }

    fn takes_nothing(&self) -> Outcome {
        self.export(&[Document::default()], &BTreeMap::new())?;
        if matches!(self.description.documents, Documents::Many) {
            self.export(&[], &BTreeMap::new())?;
        }
        Ok(String::new())
    }

    fn takes_a_long_document(&self) -> Outcome {
        let Some(document) = self.documents.first() else { return Ok(String::new()) };
        let blocks = std::iter::repeat_n(&document.blocks, REPEATED).flatten().cloned().collect();
        let long = Document { blocks, ..document.clone() };
        self.export(&[long], &BTreeMap::new()).map(|_| String::new())
    }

    fn takes_options(&self) -> Outcome {
        let mut taken = 0;
        for option in &self.description.options {
            for value in &option.values {
                let given = BTreeMap::from([(option.name.clone(), value.clone())]);
                let group = self.groups().into_iter().next().unwrap_or_default();
                self.export(group, &given).map_err(|error| format!("{}={value}: {error}", option.name))?;
                taken += 1;
            }
        }
        Ok(format!("{taken} values"))
    }

    fn passes_over_new_fields(&self) -> Outcome {
        let header = format!("{{\"new\":[1],\"protocol\":{PROTOCOL},\"options\":{{}}}}\n");
        let group = self.groups().into_iter().next().unwrap_or_default();
        let mut lines = vec![header.into_bytes()];
        for document in group {
            lines.push(unres_json::line(document).map_err(|error| error.to_string())?);
        }
        self.run(lines).map(|_| String::new()).map_err(|error| error.to_string())
    }

    fn refuses(&self) -> Outcome {
        let lines = vec![header(&BTreeMap::new())?, b"this is no document\n".to_vec()];
        match self.run(lines) {
            Err(ExportError::Program { message, said, .. }) if message.starts_with("failed") => {
                if said.is_empty() {
                    Err("it fails and does not say why".to_owned())
                } else {
                    Ok(String::new())
                }
            }
            Err(error) => Err(error.to_string()),
            Ok(_) => Err("it ends as if all were well".to_owned()),
        }
    }

    fn export(&self, documents: &[Document], options: &BTreeMap<String, String>) -> Result<Vec<u8>, String> {
        let mut lines = vec![header(options)?];
        for document in documents {
            lines.push(unres_json::line(document).map_err(|error| error.to_string())?);
        }
        self.run(lines).map_err(|error| error.to_string())
    }

    /// What the program writes for some lines.
    fn run(&self, lines: Vec<Vec<u8>>) -> Result<Vec<u8>, ExportError> {
        let mut target = MemoryTarget::default();
        let mut running = self.program.start(&mut target)?;
        for line in lines {
            running.send(line)?;
        }
        running.finish()?;
        Ok(target.bytes(Part::Main))
    }
}

fn header(options: &BTreeMap<String, String>) -> Result<Vec<u8>, String> {
    header_line(&Header { protocol: PROTOCOL, options: options.clone() }).map_err(|error| error.to_string())
}
