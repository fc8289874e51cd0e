//! Quotation marks and brackets that do not balance.

use std::borrow::Cow;
use unres_lang::LangPack;
use unres_model::{Block, BlockKind, Document, Inline};
use unres_source::{Diagnostic, RuleId, Sink, Source, Span};

pub(crate) const UNBALANCED: RuleId = RuleId::new("check/unbalanced-pair");

/// At most this many findings a block: where more marks are stray, the block is no prose.
const MOST: usize = 5;

/// Warns at each quotation mark or bracket of a block that has no partner; unplaced text has its warning already. `source` gives the places, where there is one.
pub fn check_pairs(document: &Document, pack: &LangPack, source: Option<&Source>, sink: &mut dyn Sink) {
    for (_, finding) in unpaired_marks(document, pack, source) {
        sink.push(finding);
    }
}

/// The warnings of [`check_pairs`], each with the index of its block.
pub(crate) fn unpaired_marks(
    document: &Document,
    pack: &LangPack,
    source: Option<&Source>,
) -> Vec<(usize, Diagnostic)> {
    let pairs: Vec<(char, char)> = pack.pairs().collect();
    let mut findings = Vec::new();
    // One bracket encloses the lines of a vote.
    let passed_over = |kind| matches!(kind, BlockKind::Unplaced | BlockKind::VoteList);
    for (index, block) in document.blocks.iter().enumerate().filter(|(_, block)| !passed_over(block.kind)) {
        let texts: Vec<&str> = block.inlines().filter_map(Inline::text).map(|text| text.text.as_str()).collect();
        let text = match texts.as_slice() {
            [only] => Cow::Borrowed(*only),
            several => Cow::Owned(several.concat()),
        };
        for (at, mark) in unpaired(&text, &pairs).into_iter().take(MOST) {
            let whose = block.number.as_ref().map(|number| format!(" in {}", number.printed)).unwrap_or_default();
            let span = source.and_then(|source| place(source, block, &text, at, mark));
            let message = format!("the mark {mark} has no partner{whose}");
            let finding = Diagnostic::warning(UNBALANCED, span, message).hint("compare with the printed page");
            findings.push((index, finding));
        }
    }
    findings
}

/// The marks without partner, with their offsets. A mark that opens the text may find its partner in a later paragraph, and a
/// bracket behind a short word may be the enumerator of a list in the sentence: `a)`.
fn unpaired(text: &str, pairs: &[(char, char)]) -> Vec<(usize, char)> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    // How many of each pair are open, so that a stray mark costs no search.
    let mut count = vec![0usize; pairs.len()];
    let mut stray = Vec::new();
    let begins = first_bytes(pairs);
    let mut from = 0;
    let next = |from: usize| text.as_bytes().get(from..)?.iter().position(|byte| begins[usize::from(*byte)]);
    while let Some(at) = next(from).map(|behind| from + behind) {
        from = at + 1;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        if let Some(pair) = pairs.iter().position(|(opening, _)| *opening == c) {
            open.push((pair, at));
            count[pair] += 1;
        } else if let Some(pair) = pairs.iter().position(|(_, closing)| *closing == c) {
            if count[pair] == 0 {
                let closing = Some((at, pairs[pair].1)).filter(|_| !is_enumerator(text, at));
                stray.extend(closing);
                continue;
            }
            // What was opened inside and not closed has no partner.
            while let Some((inner, at)) = open.pop() {
                count[inner] -= 1;
                if inner == pair {
                    break;
                }
                stray.push((at, pairs[inner].0));
            }
        }
    }
    stray.extend(open.into_iter().filter(|(_, at)| *at > 0).map(|(pair, at)| (at, pairs[pair].0)));
    stray.sort_unstable();
    stray
}

/// Which bytes a mark of some pairs begins with: nearly all letters are told by their first byte.
fn first_bytes(pairs: &[(char, char)]) -> [bool; 256] {
    let mut begins = [false; 256];
    for mark in pairs.iter().flat_map(|(opening, closing)| [opening, closing]) {
        let first = mark.encode_utf8(&mut [0; 4]).as_bytes().first().copied().unwrap_or_default();
        begins[usize::from(first)] |= !mark.is_ascii_alphanumeric();
    }
    begins
}

/// Whether the mark at `at` stands behind one to four letters or digits that begin after a blank or bracket.
fn is_enumerator(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let word = before.chars().rev().take_while(|c| c.is_alphanumeric()).count();
    let edge = before.chars().rev().nth(word);
    text.get(at..).is_some_and(|rest| rest.starts_with(')'))
        && (1..=4).contains(&word)
        && edge.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '（'))
}

/// The place of a mark: the source is walked along the block's spans, blanks not counting, since joining changes only them.
fn place(source: &Source, block: &Block, text: &str, at: usize, mark: char) -> Option<Span> {
    let printed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let mut left = printed(text.get(..at)?);
    for span in block.inlines().filter_map(Inline::text).flat_map(|text| &text.spans) {
        for (offset, c) in source.slice(*span).char_indices().filter(|(_, c)| !c.is_whitespace()) {
            if left == 0 {
                return (mark == c).then(|| span.part(offset, c.len_utf8()));
            }
            left -= 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[char]) {
        let pairs = [('“', '”'), ('(', ')')];
        let found: Vec<_> = unpaired(text, &pairs).into_iter().map(|(_, mark)| mark).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_without_partner_are_found() {
        check("the item “Bells” and (so on)", &[]);
        check("the item Bells” and so on", &['”']);
        check("the item (“Bells) and so on", &['“']);
        check("a (and b", &['(']);
    }

    #[test]
    fn quotations_over_paragraphs_and_enumerators_are_no_fault() {
        check("“The tower shall ring", &[]);
        check("such as a) bells; ii) gongs", &[]);
        check("such as (bells)) and gongs", &[')']);
    }
}
