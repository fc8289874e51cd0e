//! Running text in the pieces that formats for readers set apart.

use unres_model::{Fact, Inline, NoteId, Opening};

/// A piece of running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run<'a> {
    /// Plain text.
    Text(&'a str),
    /// The words that open the paragraph, without the blanks round them.
    Opening(&'a str),
    /// Text that states a fact of the document.
    Fact(&'a Fact),
    /// The call of a note.
    Call(NoteId),
}

/// The pieces of a content in order, with nothing between them. The opening phrase is a piece of its own where the first text begins with it.
pub fn runs<'a>(content: &'a [Inline], opening: Option<&'a Opening>) -> Vec<Run<'a>> {
    let mut opening = opening;
    let mut runs = Vec::with_capacity(content.len() + 2);
    for inline in content {
        match inline {
            Inline::Text(text) => match opening.take().and_then(|opening| split_opening(&text.text, opening)) {
                Some((before, phrase, after)) => {
                    runs.extend([Run::Text(before), Run::Opening(phrase), Run::Text(after)]);
                }
                None => runs.push(Run::Text(&text.text)),
            },
            Inline::Fact(fact) => runs.push(Run::Fact(fact)),
            Inline::Call(call) => runs.push(Run::Call(call.call)),
            Inline::Citation(citation) => runs.push(Run::Text(&citation.text.text)),
            Inline::Date(date) => runs.push(Run::Text(&date.text.text)),
            Inline::Link(link) => runs.push(Run::Text(&link.text.text)),
            Inline::Name(name) => runs.push(Run::Text(&name.text.text)),
        }
    }
    runs.retain(|run| *run != Run::Text(""));
    runs
}

/// A text as the blanks before the phrase, the phrase, and the rest.
fn split_opening<'t>(text: &'t str, opening: &Opening) -> Option<(&'t str, &'t str, &'t str)> {
    let phrase = Some(opening.phrase.trim()).filter(|phrase| !phrase.is_empty())?;
    let trimmed = text.trim_start();
    let rest = trimmed.strip_prefix(phrase)?;
    let (before, _) = text.split_at(text.len() - trimmed.len());
    let (found, _) = trimmed.split_at(phrase.len());
    Some((before, found, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::{NoteCall, Text};

    #[test]
    fn the_opening_phrase_is_a_piece_of_its_own() {
        let text = |text: &str| Inline::Text(Text { text: text.to_owned(), spans: Vec::new() });
        let call = Inline::Call(NoteCall { call: NoteId(1), spans: Vec::new() });
        let opening = Opening { phrase: "Noting ".to_owned(), key: None };
        let noting = [text(" Noting the bells"), call.clone(), text(" of")];
        let expected =
            [Run::Text(" "), Run::Opening("Noting"), Run::Text(" the bells"), Run::Call(NoteId(1)), Run::Text(" of")];
        assert_eq!(runs(&noting, Some(&opening)), expected);
        assert_eq!(runs(&[text("Noting")], None), [Run::Text("Noting")]);
        let cut = [text("Not"), call, text("ing the bells")];
        assert_eq!(runs(&cut, Some(&opening)), [Run::Text("Not"), Run::Call(NoteId(1)), Run::Text("ing the bells")]);
    }
}
