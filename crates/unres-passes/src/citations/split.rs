//! Cuts a text into pieces, each with its places in the source.

use unres_model::Text;
use unres_source::{Source, Span};

/// The pieces of a text between the places where it is cut. Where the source is not there, or does not print the same letters, nobody can tell which
/// place is of which piece: they all stay with the first.
pub(super) fn cut(text: Text, cuts: impl Iterator<Item = usize>, source: Option<&Source>) -> Vec<Text> {
    let mut pieces = Vec::new();
    let mut rest = text.text.as_str();
    let mut at = 0;
    for cut in cuts {
        let (piece, after) = rest.split_at_checked(cut - at).unwrap_or((rest, ""));
        pieces.push(Text { text: piece.to_owned(), spans: Vec::new() });
        (rest, at) = (after, cut);
    }
    pieces.push(Text { text: rest.to_owned(), spans: Vec::new() });
    let placed = source.is_some_and(|source| place(&mut pieces, &text.spans, source.text()));
    if !placed {
        for piece in &mut pieces {
            piece.spans.clear();
        }
        if let Some(first) = pieces.first_mut() {
            first.spans = text.spans;
        }
    }
    pieces
}

/// Hands the places out by counting letters. False when the source has not as many as the text.
fn place(pieces: &mut [Text], spans: &[Span], source: &str) -> bool {
    let mut spans = spans.iter().copied();
    let mut open = spans.next();
    for piece in pieces.iter_mut() {
        let mut wanted = letters(&piece.text);
        while wanted > 0 {
            let Some(span) = open else { return false };
            let printed = source.get(span.range()).unwrap_or_default();
            match take(printed, wanted) {
                Taken::All(count) => {
                    wanted -= count;
                    piece.spans.push(span);
                    open = spans.next();
                }
                Taken::Bytes(len) => {
                    piece.spans.push(span.part(0, len));
                    open = Some(span.part(len, printed.len() - len));
                    wanted = 0;
                }
            }
        }
    }
    // Blanks at the end are nobody's; letters there would be lost.
    let mut left = open.into_iter().chain(spans).filter_map(|span| source.get(span.range()));
    left.all(|text| text.trim_start().is_empty())
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// What a number of letters takes of a text.
enum Taken {
    /// All of it: so many letters.
    All(usize),
    /// So many bytes, since there are more letters.
    Bytes(usize),
}

/// Takes letters from the head of a text. What lies behind them is not looked at, since a text may be cut again and again.
fn take(text: &str, wanted: usize) -> Taken {
    let (mut count, mut end) = (0, 0);
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        if count == wanted {
            return Taken::Bytes(end);
        }
        count += 1;
        end = at + c.len_utf8();
    }
    Taken::All(count)
}
