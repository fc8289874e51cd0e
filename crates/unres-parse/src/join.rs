//! Join rules: does a line begin a paragraph, or go on the one before.

use crate::chunk::{Chunk, Piece, PieceKind};
use crate::lines::{LineKind, ReadLines, TextStyle};
use crate::marks::{self, Ending};
use std::collections::BTreeMap;
use unres_lang::{LabelUse, LangPack, Reading, Style};
use unres_source::{Line, RuleId, Source};

/// What a join rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// The line begins a paragraph.
    Begins,
    /// The line goes on the paragraph before.
    GoesOn,
}

/// What a rule sees.
struct JoinCx<'a> {
    pack: &'a LangPack,
    style: TextStyle,
    kind: LineKind,
    line: &'a Line,
    text: &'a str,
    /// The line of text before, notes and rulers passed over; none at the start.
    before: Option<Before<'a>>,
    labels: &'a LabelsSeen,
    /// The lines that follow.
    after: &'a [Line],
    source: &'a Source,
}

impl<'a> JoinCx<'a> {
    /// The last line of the printed paragraph that this line begins or goes on: the first that a blank ends, or that a line with
    /// a leading blank follows.
    fn last_line(&self) -> &'a str {
        let mut last = self.line;
        for next in self.after {
            if last.layout.trail > 0 || next.layout.indent > 0 || next.layout.page_break {
                break;
            }
            last = next;
        }
        self.source.slice(last.span)
    }

    /// Whether a text fills a line as dates, meetings and annex words do.
    fn is_fixed_line(&self, text: &str) -> bool {
        self.pack.date_line(text).is_some() || self.pack.meeting_line(text).is_some() || self.pack.annex_word(text)
    }
}

/// The end of the paragraph before.
#[derive(Clone, Copy)]
struct Before<'a> {
    text: &'a str,
    trail: u32,
    /// How many lines the paragraph has, and whether a number stands at its head.
    lines: usize,
    numbered: bool,
    /// A raised mark stands between that text and the line.
    raised: bool,
    /// A line of blanks showed that the paragraph had ended.
    ended: Ended,
}

/// What a line of blanks says of the paragraph before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// Nothing.
    No,
    /// Two blanks behind a note call are the blank that follows it and the paragraph's last.
    BehindCall,
    /// An empty paragraph.
    ByEmptyParagraph,
}

pub(crate) struct JoinRule {
    pub(crate) id: RuleId,
    apply: fn(&JoinCx<'_>) -> Option<Join>,
}

/// The join rules, in the order in which they are asked.
pub(crate) const RULES: &[JoinRule] = &[
    JoinRule { id: RuleId::new("join/first-line"), apply: |cx| cx.before.is_none().then_some(Join::Begins) },
    JoinRule { id: RuleId::new("join/after-raised"), apply: after_raised },
    JoinRule { id: RuleId::new("join/line-is-paragraph"), apply: line_is_paragraph },
    JoinRule { id: RuleId::new("join/page-top-two-blanks"), apply: page_top_two_blanks },
    JoinRule { id: RuleId::new("join/page-top-number"), apply: page_top_number },
    JoinRule { id: RuleId::new("join/page-top-fixed-line"), apply: page_top_fixed_line },
    JoinRule { id: RuleId::new("join/page-top-after-empty"), apply: page_top_after_empty },
    JoinRule { id: RuleId::new("join/page-top-heading"), apply: page_top_heading },
    JoinRule { id: RuleId::new("join/page-top"), apply: page_top },
    JoinRule { id: RuleId::new("join/leading-blank"), apply: leading_blank },
    JoinRule { id: RuleId::new("join/after-trailing-blank"), apply: after_trailing_blank },
    JoinRule { id: RuleId::new("join/goes-on"), apply: |_| Some(Join::GoesOn) },
];

/// The chunks of a source, and for each line the rule that joined it.
pub(crate) struct Joined {
    pub(crate) chunks: Vec<Chunk>,
    pub(crate) rules: Vec<Option<RuleId>>,
}

/// Asks the rules for each line of text.
pub(crate) fn join(source: &Source, pack: &LangPack, read: &ReadLines) -> Joined {
    let mut joined = Joined { chunks: Vec::new(), rules: vec![None; source.lines().len()] };
    let mut before: Option<Before<'_>> = None;
    let mut labels = LabelsSeen::default();
    for (index, (line, found)) in source.lines().iter().zip(&read.lines).enumerate() {
        let text = source.slice(line.span);
        let piece = |kind| Piece { kind, line: index, span: line.span };
        match found.kind {
            LineKind::Text | LineKind::PageTop => {
                let after = source.lines().get(index + 1..).unwrap_or_default();
                let cx = JoinCx {
                    pack,
                    style: read.style,
                    kind: found.kind,
                    line,
                    text,
                    before,
                    labels: &labels,
                    after,
                    source,
                };
                let answer = RULES.iter().find_map(|rule| Some((rule, (rule.apply)(&cx)?)));
                let (rule, join) = answer.expect("the last rule takes every line");
                joined.rules[index] = Some(rule.id.clone());
                let begins = join == Join::Begins || joined.chunks.is_empty();
                if begins {
                    joined.chunks.push(Chunk::default());
                    labels.note(text, pack);
                }
                let lines = if begins { 1 } else { before.map_or(1, |before| before.lines + 1) };
                let numbered =
                    if begins { pack.label(text).is_some() } else { before.is_some_and(|before| before.numbered) };
                if let Some(chunk) = joined.chunks.last_mut() {
                    chunk.pieces.push(piece(PieceKind::Text));
                }
                before =
                    Some(Before { text, trail: line.layout.trail, lines, numbered, raised: false, ended: Ended::No });
            }
            LineKind::Call | LineKind::Superscript => {
                let kind = if found.kind == LineKind::Call { PieceKind::Call } else { PieceKind::Superscript };
                if joined.chunks.is_empty() {
                    joined.chunks.push(Chunk::default());
                }
                if let Some(chunk) = joined.chunks.last_mut() {
                    chunk.pieces.push(piece(kind));
                }
                before = before.map(|before| Before { raised: true, trail: 0, ..before });
            }
            LineKind::Blank => {
                let ended = |before: &Before<'_>| match before.raised {
                    // One blank behind a call is that before the next line, which tells by its own whether it goes on.
                    true if line.layout.indent == 1 => Ended::No,
                    true => Ended::BehindCall,
                    false => Ended::ByEmptyParagraph,
                };
                before = before.map(|before| Before { raised: false, trail: 0, ended: ended(&before), ..before });
            }
            LineKind::Ruler | LineKind::NoteMark | LineKind::NoteText => {}
        }
    }
    joined
}

/// The last number of each style that began a paragraph.
#[derive(Default)]
struct LabelsSeen {
    last: BTreeMap<u8, u32>,
}

impl LabelsSeen {
    fn note(&mut self, text: &str, pack: &LangPack) {
        for reading in pack.label(text).iter().flat_map(|label| &label.readings) {
            self.last.insert(reading.style as u8, reading.ordinal);
        }
    }

    /// Whether a number goes on a list or begins one. A dash begins one in any case.
    fn expects(&self, style: Style, ordinal: u32) -> bool {
        ordinal == 1 || self.last.get(&(style as u8)) == Some(&(ordinal - 1))
    }
}

/// What follows a raised mark goes on the sentence, whatever blanks stand before it.
fn after_raised(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.before?.raised && cx.kind == LineKind::Text).then_some(Join::GoesOn)
}

fn line_is_paragraph(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.style == TextStyle::ParagraphLines).then_some(Join::Begins)
}

/// A page's first line has one blank more than a line elsewhere: two begin a paragraph.
fn page_top_two_blanks(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.kind == LineKind::PageTop && cx.line.layout.indent >= 2).then_some(Join::Begins)
}

/// A number that follows its list, after a closed sentence; or the first of a list after an item that is a short title.
fn page_top_number(cx: &JoinCx<'_>) -> Option<Join> {
    let label = (cx.kind == LineKind::PageTop).then(|| cx.pack.label(cx.text)).flatten()?;
    let before = cx.before?;
    let closed = marks::ending(before.text, cx.pack) != Ending::Open;
    let alone = cx.text.get(label.len..).is_some_and(str::is_empty);
    let fits = |reading: &Reading| match reading.used_for {
        LabelUse::Section => alone && closed,
        LabelUse::Paragraph | LabelUse::Item if closed => cx.labels.expects(reading.style, reading.ordinal),
        LabelUse::Paragraph | LabelUse::Item => reading.ordinal == 1 && before.numbered && before.lines == 1,
    };
    label.readings.iter().any(fits).then_some(Join::Begins)
}

/// A date, a meeting or the word for an annex fills the line, or filled the one before.
fn page_top_fixed_line(cx: &JoinCx<'_>) -> Option<Join> {
    let fixed = || cx.is_fixed_line(cx.text) || cx.before.is_some_and(|before| cx.is_fixed_line(before.text));
    (cx.kind == LineKind::PageTop && fixed()).then_some(Join::Begins)
}

/// An empty paragraph at the end of a page ends what stood there.
fn page_top_after_empty(cx: &JoinCx<'_>) -> Option<Join> {
    let after_empty = cx.before?.ended == Ended::ByEmptyParagraph;
    (cx.kind == LineKind::PageTop && after_empty).then_some(Join::Begins)
}

/// After a closed sentence, a paragraph that begins with no small letter and ends without a mark, as a heading does.
fn page_top_heading(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|_| cx.kind == LineKind::PageTop)?;
    let closed = matches!(marks::ending(before.text, cx.pack), Ending::Operative | Ending::Intro);
    let capital = cx.text.chars().next().is_some_and(|c| !c.is_lowercase());
    let heading = || marks::ending(cx.last_line(), cx.pack) == Ending::Open;
    (closed && capital && heading()).then_some(Join::Begins)
}

/// Anything else at the top of a page goes on: blanks at the end of a page's last line mean nothing.
fn page_top(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.kind == LineKind::PageTop).then_some(Join::GoesOn)
}

fn leading_blank(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.line.layout.indent > 0).then_some(Join::Begins)
}

fn after_trailing_blank(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before?;
    (before.trail > 0 || before.ended != Ended::No).then_some(Join::Begins)
}
