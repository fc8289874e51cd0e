//! Reader of plain text: any encoding of the Encoding Standard, any kind of line end.

mod control;
mod encoding;

use control::Cleaned;
pub use encoding::{ENCODINGS, encoding_named};
pub use encoding_rs::Encoding;
use unres_source::{Budget, Confidence, Diagnostic, Input, Origin, ReadError, Reader, RuleId, Sink, Source};

const CONTROL: RuleId = RuleId::new("text/control-character");
const ENCODING: RuleId = RuleId::new("text/encoding");

/// The findings of this reader.
pub const FINDINGS: &[RuleId] = &[CONTROL, ENCODING];

/// The reader of plain text. It finds the encoding of the bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text;

/// The reader of plain text in an encoding that is told.
#[derive(Clone, Copy, Debug)]
pub struct TextIn(pub &'static Encoding);

impl Reader for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn sniff(&self, input: &Input<'_>) -> Confidence {
        if control::signature(input.bytes).is_some() { Confidence::No } else { Confidence::Possible }
    }

    fn read(&self, input: &Input<'_>, budget: &Budget, sink: &mut dyn Sink) -> Result<Source, ReadError> {
        check(input, *budget)?;
        let found = encoding::find(input.bytes);
        let source = read_in(found.encoding, input, sink)?;
        let name = found.encoding.name();
        if found.is_guess {
            let finding = Diagnostic::warning(ENCODING, None, format!("the text is not UTF-8; it is read as {name}"));
            sink.push(finding.hint("name its encoding with --encoding if letters are wrong"));
        } else if found.encoding != encoding_rs::UTF_8 {
            sink.push(Diagnostic::note(ENCODING, None, format!("the text is in {name}")));
        }
        Ok(source)
    }
}

impl Reader for TextIn {
    fn name(&self) -> &'static str {
        Text.name()
    }

    fn sniff(&self, input: &Input<'_>) -> Confidence {
        Text.sniff(input)
    }

    fn read(&self, input: &Input<'_>, budget: &Budget, sink: &mut dyn Sink) -> Result<Source, ReadError> {
        check(input, *budget)?;
        read_in(self.0, input, sink)
    }
}

/// Refuses what is too large or of another format.
fn check(input: &Input<'_>, budget: Budget) -> Result<(), ReadError> {
    let bytes = input.bytes.len() as u64;
    if bytes > budget.bytes {
        return Err(ReadError::TooLarge { bytes, limit: budget.bytes });
    }
    control::signature(input.bytes).map_or(Ok(()), Err)
}

fn read_in(encoding: &'static Encoding, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Source, ReadError> {
    let text = encoding::decode(input.bytes, encoding)?;
    control::check(&text, encoding)?;
    let Cleaned { text, dropped } = control::clean(&text);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if dropped > 0 {
        let message = format!("{dropped} control characters are left out");
        sink.push(Diagnostic::warning(CONTROL, None, message));
    }
    Ok(lines(input.name, &text))
}

/// Cuts the text into lines. An empty line only widens the gap before the next one; a form feed marks a page.
fn lines(name: &str, text: &str) -> Source {
    let mut source = Source::new(name);
    source.reserve(text.len());
    let (mut gap, mut page_break, mut line) = (0, false, 0);
    for raw in text.split_inclusive('\n') {
        line += 1;
        let content = raw.strip_suffix('\n').unwrap_or(raw);
        let content = content.strip_suffix('\r').unwrap_or(content);
        let (_, line_end) = raw.split_at(content.len());
        let (feeds, content) = content.split_at(content.len() - content.trim_start_matches('\u{c}').len());
        source.push_break(feeds);
        page_break |= !feeds.is_empty();
        if content.is_empty() {
            gap += 1;
        } else {
            source.push_line(content, gap, page_break, Origin { page: None, line });
            (gap, page_break) = (0, false);
        }
        source.push_break(line_end);
    }
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Source, ReadError> {
        Text.read(&Input { name: "x.txt", bytes }, &Budget::default(), &mut Vec::new())
    }

    fn shape(bytes: &[u8]) -> Vec<(String, u32, u32, u32)> {
        let source = read(bytes).expect("readable");
        let row = |line: &unres_source::Line| {
            let layout = line.layout;
            (source.slice(line.span).to_owned(), layout.indent, layout.trail, layout.gap)
        };
        source.lines().iter().map(row).collect()
    }

    #[test]
    fn lines_keep_blanks_and_gaps_whatever_the_line_end() {
        let expected = vec![("大会，".to_owned(), 1, 1, 0), ("1".to_owned(), 0, 0, 1), (String::new(), 1, 0, 0)];
        assert_eq!(shape(" 大会， \n\n1\n \n".as_bytes()), expected);
        assert_eq!(shape(" 大会， \r\n\r\n1\r\n \r\n".as_bytes()), expected);
        assert_eq!(shape("\u{feff} 大会， \n\n1\n ".as_bytes()), expected);
    }

    #[test]
    fn a_form_feed_marks_a_page() {
        let source = read("a\n\u{c}b".as_bytes()).expect("readable");
        assert!(source.lines().iter().map(|line| line.layout.page_break).eq([false, true]));
    }

    #[test]
    fn control_characters_are_counted_and_left_out() {
        let mut findings: Vec<Diagnostic> = Vec::new();
        let bytes = "The General\u{1} Assembly,\u{0} of the second part".as_bytes();
        let input = Input { name: "x", bytes };
        let source = Text.read(&input, &Budget::default(), &mut findings).expect("readable");
        assert_eq!(source.text(), "The General Assembly, of the second part");
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn an_encoding_that_is_not_utf_8_is_named() {
        let koi8 = encoding_named("koi8-r").expect("known");
        let (bytes, ..) = koi8.encode("Генеральная Ассамблея, ссылаясь на свои колокола");
        let input = Input { name: "x", bytes: &bytes };
        let read = |reader: &dyn Reader| {
            let mut findings: Vec<Diagnostic> = Vec::new();
            let source = reader.read(&input, &Budget::default(), &mut findings).expect("readable");
            (source.text().to_owned(), findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>())
        };
        let (guessed, findings) = read(&Text);
        assert!(findings.len() == 1 && findings[0].contains("KOI8"), "{findings:?}");
        assert_eq!(read(&TextIn(koi8)), (guessed, Vec::new()));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(read(b"").unwrap_err(), ReadError::Empty);
        assert_eq!(read(b" \n\n").unwrap_err(), ReadError::Empty);
        let undecodable = ReadError::Undecodable { encoding: "UTF-8".to_owned(), offset: 4 };
        assert_eq!(read(b"\xd0\x93bc\xff").unwrap_err(), undecodable);
        for other in ["%PDF-1.7\n1 0 obj", "{\\rtf1 x}", "<?xml version='1.0'?><a/>"] {
            assert!(matches!(read(other.as_bytes()).unwrap_err(), ReadError::OtherFormat { .. }), "{other}");
        }
        assert!(matches!(read(&[0, 1, 2, 3, 0, 0, 7]).unwrap_err(), ReadError::Binary(_)));
        let input = Input { name: "x", bytes: b"abcd" };
        let error = Text.read(&input, &Budget { bytes: 3 }, &mut Vec::new()).unwrap_err();
        assert_eq!(error, ReadError::TooLarge { bytes: 4, limit: 3 });
    }
}
