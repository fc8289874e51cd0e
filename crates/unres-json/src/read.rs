//! Reading documents back: one envelope, or any number of them one after the other, as in JSON Lines.

use crate::JsonError;
use crate::envelope::{FORMAT_VERSION, OwnedEnvelope, Version};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Deserializer, StreamDeserializer, de::SliceRead};
use unres_model::Document;
use unres_source::Budget;

/// The mark that some editors put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Whether bytes are worth reading as JSON: the first that are no blanks open an object and a name in it. Looks no further.
pub fn looks_like_json(bytes: &[u8]) -> bool {
    let mut printed = without_mark(bytes).iter().filter(|byte| !is_blank(**byte));
    printed.next() == Some(&b'{') && printed.next() == Some(&b'"')
}

/// All documents of a file, each checked with [`Document::validate`]; the first error ends the reading.
pub fn read_documents(bytes: &[u8], budget: &Budget) -> Result<Vec<Document>, JsonError> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > budget.bytes {
        return Err(JsonError::TooLarge { bytes: size, limit: budget.bytes });
    }
    let documents = documents(bytes).collect::<Result<Vec<_>, _>>()?;
    if documents.is_empty() { Err(JsonError::Empty) } else { Ok(documents) }
}

/// The documents of a file one by one, so that a whole corpus in one file need not be in memory at once. Ends after the
/// first error.
pub fn documents(bytes: &[u8]) -> impl Iterator<Item = Result<Document, JsonError>> {
    let bytes = without_mark(bytes);
    Documents {
        bytes,
        stream: Deserializer::from_slice(bytes).into_iter(),
        read: 0,
        line: 1,
        counted: 0,
        failed: false,
    }
}

struct Documents<'a> {
    bytes: &'a [u8],
    stream: StreamDeserializer<'a, SliceRead<'a>, OwnedEnvelope>,
    read: usize,
    /// The line of the byte `counted`, kept so that lines are counted once.
    line: usize,
    counted: usize,
    failed: bool,
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, JsonError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let document = self.read_next()?;
        self.failed = document.is_err();
        Some(document)
    }
}

impl Documents<'_> {
    fn read_next(&mut self) -> Option<Result<Document, JsonError>> {
        let start = self.next_start()?;
        // serde would also take an array for the fields of an envelope, and name a field that nobody wrote.
        if self.bytes.get(start) != Some(&b'{') {
            return Some(Err(self.no_envelope(start)));
        }
        let envelope = match self.stream.next()? {
            Ok(envelope) => envelope,
            Err(error) => return Some(Err(self.form_error(start, &error))),
        };
        self.read += 1;
        let valid = envelope.document.validate();
        let invalid = |reason| JsonError::Invalid { document: self.read, line: self.line, reason };
        Some(valid.map(|()| envelope.document).map_err(invalid))
    }

    /// Where the next value begins; none when only blanks are left.
    fn next_start(&mut self) -> Option<usize> {
        let end = self.stream.byte_offset();
        let start = end + self.bytes.get(end..)?.iter().position(|byte| !is_blank(*byte))?;
        let passed = self.bytes.get(self.counted..start).unwrap_or_default();
        self.line += passed.split(|byte| *byte == b'\n').skip(1).count();
        self.counted = start;
        Some(start)
    }

    fn no_envelope(&self, start: usize) -> JsonError {
        let before = self.bytes.get(..start).unwrap_or_default();
        let message = "expected an object with `format_version` and `document`".to_owned();
        JsonError::Form { line: self.line, column: last_line_chars(before) + 1, message }
    }

    fn form_error(&self, start: usize, error: &serde_json::Error) -> JsonError {
        let (line, column) = (error.line(), error.column());
        // serde_json ends its messages with the place, in bytes; people count characters.
        let message = error.to_string();
        let message = message.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&message);
        let newer = self.newer_version(start).filter(|version| !message.contains(version.as_str())).map(|version| {
            format!("; the file has format version {version}, newer than {FORMAT_VERSION}, which this program knows")
        });
        let text = self.bytes.split(|byte| *byte == b'\n').nth(line.saturating_sub(1)).unwrap_or_default();
        let column = last_line_chars(text.get(..column).unwrap_or(text));
        JsonError::Form { line, column, message: format!("{message}{}", newer.unwrap_or_default()) }
    }

    /// The version of the envelope that begins there, when it may hold what this program has not learnt yet. A new
    /// minor version adds fields, and an unknown field is otherwise taken for a slip.
    fn newer_version(&self, start: usize) -> Option<String> {
        let mut deserializer = Deserializer::from_slice(self.bytes.get(start..)?);
        let head = Head::deserialize(&mut deserializer).ok()?;
        let version = Version::parse(&head.format_version)?;
        (version > Version::own()).then_some(head.format_version)
    }
}

/// What every version of the envelope is bound to have.
#[derive(Deserialize)]
struct Head {
    format_version: String,
    #[serde(rename = "document")]
    _document: IgnoredAny,
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// The blanks of JSON.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn last_line_chars(bytes: &[u8]) -> usize {
    let line = bytes.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(line).chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::Invalid;

    const NOTHING: &str = r#"{"format_version":"1.0.0","document":{"meta":{"source":"a.txt"},"blocks":[]}}"#;

    fn read(json: &str) -> Result<usize, String> {
        read_documents(json.as_bytes(), &Budget::default()).map(|documents| documents.len()).map_err(|e| e.to_string())
    }

    fn with_blocks(blocks: &str) -> String {
        NOTHING.replace("[]", &format!("[\n{blocks}\n]"))
    }

    #[test]
    fn envelopes_are_read_alone_and_one_after_the_other() {
        assert_eq!(read(NOTHING), Ok(1));
        assert_eq!(read(&format!("\u{feff} {NOTHING}\n")), Ok(1));
        assert_eq!(read(&format!("{NOTHING}\n{NOTHING}\r\n\n{NOTHING}")), Ok(3));
    }

    #[test]
    fn the_same_major_version_is_read_and_no_other() {
        assert_eq!(read(&NOTHING.replace("1.0.0", "1.7.2")), Ok(1));
        let newer = read(&NOTHING.replace("1.0.0", "2.0.0")).unwrap_err();
        assert_eq!(newer, "line 1, column 25: format version 2.0.0 cannot be read, only versions 1.x.y");
        let odd = read(&NOTHING.replace("1.0.0", "one")).unwrap_err();
        assert!(odd.contains(r#"string "one", expected a version such as "1.0.0""#), "{odd}");
    }

    #[test]
    fn a_version_at_the_end_is_still_named_when_the_document_is_not_understood() {
        let json = r#"{"document":{"meta":{"source":""},"blocks":[],"new":1},"format_version":"2.0.0"}"#;
        let error = read(json).unwrap_err();
        assert!(error.contains("unknown field `new`"), "{error}");
        assert!(error.ends_with("has format version 2.0.0, newer than 1.0.0, which this program knows"), "{error}");
    }

    #[test]
    fn errors_name_place_and_expectation() {
        let error = |json: &str| read(json).unwrap_err();
        assert_eq!(error(" \n"), "there is no document, only blanks");
        assert_eq!(error("\n  [1]"), "line 2, column 3: expected an object with `format_version` and `document`");
        assert_eq!(
            error(&format!("{NOTHING}\n 7")),
            "line 2, column 2: expected an object with `format_version` and `document`"
        );
        assert_eq!(
            error(r#"{"meta":1}"#),
            "line 1, column 7: unknown field `meta`, expected `format_version` or `document`"
        );
        assert_eq!(error(&format!("{NOTHING}\n{{")), "line 2, column 1: EOF while parsing an object");
        let kind = error(&with_blocks(r#"{"kind":"operativ","depth":0,"rule":"x"}"#));
        assert!(
            kind.starts_with("line 2, column 18: unknown variant `operativ`, expected one of `masthead`"),
            "{kind}"
        );
    }

    #[test]
    fn columns_count_characters() {
        let error = read(&with_blocks(r#"{"rule":"大会大会","kind":7,"depth":0}"#)).unwrap_err();
        assert!(error.starts_with("line 2, column 23: "), "{error}");
    }

    #[test]
    fn a_slip_in_a_piece_of_text_is_no_other_piece_of_text() {
        for piece in
            [r#"{"text":"a","fact":"titel"}"#, r#"{"text":"a","call":1}"#, r#"{"fact":"title","text":"a","dat":""}"#]
        {
            let block = format!(r#"{{"kind":"title","depth":0,"rule":"x","content":[{piece}]}}"#);
            let error = read(&with_blocks(&block)).unwrap_err();
            assert!(error.contains("a piece of text needs `text`"), "{piece}: {error}");
        }
    }

    #[test]
    fn a_document_that_breaks_the_model_is_refused() {
        let hanging = with_blocks(r#"{"kind":"item","depth":2,"rule":"x"}"#);
        let error = read_documents(format!("{NOTHING}\n{hanging}").as_bytes(), &Budget::default()).unwrap_err();
        let reason = Invalid::Depth { block: 0, depth: 2, allowed: 0 };
        assert_eq!(error, JsonError::Invalid { document: 2, line: 2, reason });
        assert_eq!(
            error.to_string(),
            "document 2, which begins on line 2: block 0 has depth 2, and at most 0 is possible there"
        );
    }

    #[test]
    fn documents_come_one_by_one_until_the_first_error() {
        let json = format!("{NOTHING}\n{{}}\n{NOTHING}");
        let read: Vec<bool> = documents(json.as_bytes()).map(|document| document.is_ok()).collect();
        assert_eq!(read, [true, false]);
    }

    #[test]
    fn no_input_is_too_deep_or_too_large() {
        let deep = NOTHING.replace("[]", &"[".repeat(200_000));
        assert!(read(&deep).is_err());
        let deep = NOTHING.replace("\"a.txt\"", &"{\"a\":".repeat(200_000));
        assert!(read(&deep).is_err());
        let error = read_documents(NOTHING.as_bytes(), &Budget { bytes: 3 }).unwrap_err();
        assert_eq!(error.to_string(), "the file has 77 bytes, more than the limit of 3");
    }

    #[test]
    fn json_is_known_by_its_first_name() {
        assert!(looks_like_json(b" \r\n\t{ \""));
        assert!(looks_like_json("\u{feff}{\"format_version\"".as_bytes()));
        for other in
            ["", "  ", "[{}]", "{a brace} and text", "98/301. International Year {of} Lighthouses", "<akomaNtoso/>"]
        {
            assert!(!looks_like_json(other.as_bytes()), "{other}");
        }
    }
}
