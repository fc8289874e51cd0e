//! Whether a file says what its source says: what no file can tell alone.

use crate::language;
use std::collections::HashMap;
use unres_akn::validate::{Finding, rule_named};
use unres_lang::is_invisible;
use unres_model::{Block, BlockKind, Document, Inline, Place, plain_text};
use unres_source::RuleId;

const SAME_TEXT: &str = "U55";
const SAME_DATE: &str = "U41";

/// Compares the documents of a file with those of its source, paragraph by paragraph: rule U55. Blanks and invisible marks do not count, nor where one side
/// cuts its paragraphs. Mastheads may be left out of a file, and so may what has no place in the source. The dates of the file are compared with
/// their words, in the language of the document: rule U41.
pub fn compare_with_source(file: &[Document], source: &[Document]) -> Vec<Finding> {
    let (ours, theirs) = (Paragraphs::of(file), Paragraphs::of(source));
    let mut findings = Vec::new();
    for added in ours.all.iter().filter(|paragraph| !theirs.print(paragraph)) {
        let message = format!("{} is not in the source", added.shown());
        findings.extend(finding(SAME_TEXT, added.line, message));
    }
    let mut line = 1;
    for wanted in theirs.all.iter().filter(|paragraph| !paragraph.may_be_left_out) {
        line = ours.lines.get(wanted.letters.as_str()).copied().unwrap_or(line);
        if !ours.print(wanted) {
            let message = format!("{}, line {} of the source, is missing after this line", wanted.shown(), wanted.line);
            findings.extend(finding(SAME_TEXT, line, message));
        }
    }
    findings.extend(file.iter().flat_map(wrong_dates));
    findings.sort_by_key(|finding| finding.line);
    findings
}

/// The paragraphs and notes of some documents.
struct Paragraphs {
    all: Vec<Paragraph>,
    /// All of them in a row.
    row: String,
    /// The line of each text.
    lines: HashMap<String, usize>,
}

struct Paragraph {
    letters: String,
    beginning: String,
    line: usize,
    may_be_left_out: bool,
}

impl Paragraph {
    fn of(text: &str, line: usize, may_be_left_out: bool) -> Self {
        const SHOWN: usize = 60;
        let letters = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
        Self { letters, beginning: text.trim().chars().take(SHOWN).collect(), line, may_be_left_out }
    }

    fn shown(&self) -> String {
        format!("{:?}", self.beginning)
    }
}

impl Paragraphs {
    fn of(documents: &[Document]) -> Self {
        let all: Vec<Paragraph> = documents.iter().flat_map(paragraphs).collect();
        let row = all.iter().map(|paragraph| paragraph.letters.as_str()).collect();
        let lines = all.iter().rev().map(|paragraph| (paragraph.letters.clone(), paragraph.line)).collect();
        Self { all, row, lines }
    }

    fn print(&self, paragraph: &Paragraph) -> bool {
        self.lines.contains_key(paragraph.letters.as_str()) || self.row.contains(&paragraph.letters)
    }
}

fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let mut found = Vec::new();
    for block in &document.blocks {
        let line = line_of(block);
        let left_out = matches!(block.kind, BlockKind::Masthead | BlockKind::Unplaced);
        let number = block.number.as_ref().map_or("", |number| number.printed.as_str());
        found.push(Paragraph::of(&format!("{number} {}", plain_text(&block.content)), line, left_out));
        let cells = block.rows.iter().flatten();
        found.extend(cells.map(|cell| Paragraph::of(&plain_text(&cell.content), line, left_out)));
    }
    let line_of_note = |place: Option<Place>| place.map_or(1, |place| place.first.line as usize);
    let notes = document.notes.iter();
    found.extend(notes.map(|note| Paragraph::of(&plain_text(&note.content), line_of_note(note.place), false)));
    found.retain(|paragraph| !paragraph.letters.is_empty());
    found
}

fn line_of(block: &Block) -> usize {
    block.place.map_or(1, |place| place.first.line as usize)
}

/// Dates whose words print another day.
fn wrong_dates(document: &Document) -> Vec<Finding> {
    let Some(pack) = document.meta.language.as_ref().and_then(|stated| language::pack(stated).ok()) else {
        return Vec::new();
    };
    let dates = document.blocks.iter().flat_map(|block| block.inlines().map(move |inline| (line_of(block), inline)));
    let wrong = dates.filter_map(|(line, inline)| {
        let Inline::Fact(fact) = inline else { return None };
        let (stated, (printed, _)) = (fact.date?, pack.date(fact.text.text.trim())?);
        (stated != printed)
            .then(|| finding(SAME_DATE, line, format!("{:?} is dated {stated}", fact.text.text.trim())))?
    });
    wrong.collect()
}

fn finding(rule: &'static str, line: usize, message: String) -> Option<Finding> {
    let rule = rule_named(rule)?;
    let hint = Some(rule.hint.to_owned()).filter(|hint| !hint.is_empty());
    Some(Finding { rule: RuleId::new(rule.id), severity: rule.severity, line, message, hint })
}

#[cfg(test)]
mod tests {
    use crate::{Input, ReadOptions, read};

    const TEXT: &str = " 98/1. Tidal bells \n\n The General Assembly, \n\n Noting the bells,\n1\n\n 1. Decides to ring them. \n\n\
         82nd plenary meeting \n\n 17 May 2044 \n\n____\n1\n See there. \n";

    fn check(change: impl Fn(&str) -> String, expected: &[&str]) {
        let documents = |name: &str, bytes: &str| {
            let input = Input { name, bytes: bytes.as_bytes() };
            read(&input, &ReadOptions { language: Some("en".to_owned()), ..ReadOptions::default() })
                .expect("a text")
                .documents
        };
        let source = documents("bells.txt", TEXT);
        let options = crate::ExportOptions::default();
        let registry = crate::registry();
        let target = crate::export_to_memory(&registry, "akn", &source, &options, &mut Vec::new()).expect("written");
        let xml = String::from_utf8(target.bytes(crate::Part::Main)).expect("UTF-8");
        let found = super::compare_with_source(&documents("bells.xml", &change(&xml)), &source);
        let found: Vec<String> =
            found.iter().map(|found| format!("{}: {}", found.rule.as_str(), found.message)).collect();
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{found}");
        }
    }

    #[test]
    fn what_is_written_is_what_the_source_says() {
        check(str::to_owned, &[]);
    }

    #[test]
    fn changed_text_and_dates_are_found() {
        check(
            |xml| xml.replace("to ring them", "to ring it"),
            &["U55: \"1. Decides to ring them.\", line 8 of the source", "U55: \"1. Decides to ring it.\" is not in"],
        );
        let earlier = |xml: &str| xml.replace("date=\"2044-05-17\" refersTo", "date=\"2044-05-16\" refersTo");
        check(earlier, &["U41: \"17 May 2044\" is dated 2044-05-16"]);
    }
}
