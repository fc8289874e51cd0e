//! Join rules for lines as they stand on the page: what marks a paragraph are its words, its number, and where its lines begin and end.

use super::{Head, Join, JoinCx};
use crate::lines::{LineKind, TextStyle};
use crate::marks::{self, Ending};
use crate::pages;
use unres_lang::{LabelUse, LangPack, OpeningKind, Reading, Style, is_letter};

impl JoinCx<'_> {
    pub(super) fn is_wrapped(&self) -> bool {
        self.read.style == TextStyle::Wrapped
    }

    /// Whether the line before has room for the first word of this one, so that it ended because its paragraph did. Blanks stretch in
    /// justified lines, which is why some room means nothing.
    fn has_room_before(&self) -> bool {
        !self.stretched.is_behind(self.index) && self.has_room(self.width_before(), self.text)
    }

    /// Whether this line has room for the first word of the next.
    fn has_room_for_next(&self) -> bool {
        let next = self.after.first().map_or("", |line| self.source.slice(line.span));
        let base = self.read.pages.line(self.index).base;
        self.has_room(pages::width(self.text) + self.line.layout.indent.saturating_sub(base) as usize, next)
    }

    fn has_room(&self, width: usize, next: &str) -> bool {
        let first = first_word(next);
        let first = if first.chars().any(unres_lang::is_wide) { 2 } else { pages::width(first) };
        (width + first + 1) * 100 < self.read.pages.width * 88
    }

    /// How far the line before reaches from the edge of the page's text.
    fn width_before(&self) -> usize {
        self.before.map_or(0, |before| pages::width(before.text) + before.indent.saturating_sub(before.base) as usize)
    }

    /// The lines behind this one, up to the next that begins a paragraph by its own look.
    fn rest_of_paragraph(&self) -> impl Iterator<Item = &str> {
        let kinds = self.read.lines.get(self.index + 1..).unwrap_or_default();
        let lines = self.after.iter().zip(kinds).enumerate();
        let text = lines.filter(|(_, (_, read))| matches!(read.kind, LineKind::Text | LineKind::PageTop));
        text.map_while(|(behind, (line, _))| {
            let text = self.source.slice(line.span);
            let base = self.read.pages.line(self.index + 1 + behind).base;
            let begins = line.layout.gap > 0
                || line.layout.indent >= base + pages::SET_IN
                || self.pack.label(text).is_some()
                || self.pack.formula(text).is_some()
                || self.is_opening(text)
                || self.is_fixed_line(text);
            (!begins).then_some(text)
        })
    }

    /// Whether the line that follows has the first number of the paragraphs.
    fn heads_first_number(&self) -> bool {
        let next = self.after.first().map_or("", |line| self.source.slice(line.span));
        let first = |reading: &Reading| reading.used_for == LabelUse::Paragraph && reading.ordinal == 1;
        self.pack.label(next).is_some_and(|label| label.readings.iter().any(first))
    }

    /// Whether the line that follows begins with a capital or as a paragraph does.
    fn opens_below(&self) -> bool {
        let next = self.after.first().map_or("", |line| self.source.slice(line.span));
        let capital = next.chars().next().is_some_and(char::is_uppercase);
        (capital || self.is_opening(next)) && self.pack.label(next).is_none()
    }

    /// Whether a number may stand behind the line before: it closes a sentence, be it with a conjunction behind the mark: "…; and".
    fn is_closed_for_number(&self) -> bool {
        let before = self.before.map_or("", |before| before.text);
        let conjunction =
            before.rsplit_once(char::is_whitespace).filter(|(_, last)| self.pack.conjunction(last) == Some(last.len()));
        let sentence = conjunction.map_or(before, |(sentence, _)| sentence);
        self.ending_before() != Ending::Open || marks::ending(sentence, self.pack) != Ending::Open
    }

    /// Whether empty lines stand on both sides of the line.
    fn is_between_gaps(&self) -> bool {
        self.line.layout.gap > 0 && self.after.first().is_none_or(|next| next.layout.gap > 0)
    }

    /// Whether the line is set in by more than the lines of its page are.
    fn is_set_in(&self) -> bool {
        self.line.layout.indent >= self.read.pages.line(self.index).base + pages::SET_IN
    }

    /// Whether the line stands at the edge of a text that sets the first lines of its paragraphs in, right below another line.
    fn is_flush(&self) -> bool {
        self.read.pages.sets_in && !self.is_set_in() && self.line.layout.gap == 0
    }

    /// Whether the line names a meeting together with the next.
    fn names_meeting_with_next(&self) -> bool {
        let next = self.after.first().map_or("", |line| self.source.slice(line.span));
        let short = self.text.len() + next.len() <= super::MOST_OF_MEETING;
        short && self.pack.meeting_line(&format!("{} {next}", self.text)).is_some()
    }

    /// Whether a text is the number of the document, alone or with its title.
    pub(super) fn is_title(&self, text: &str) -> bool {
        !self.named && crate::tree::number_at_head(self.pack, text).is_some()
    }

    /// Whether a text begins as preambular or operative paragraphs do.
    fn is_opening(&self, text: &str) -> bool {
        marks::opens_paragraph(text, self.pack)
    }

    /// Whether the line begins a decision, whose organ and meeting may fill two lines.
    fn leads_decision(&self) -> bool {
        let two = || {
            let next = self.after.first().map_or("", |line| self.source.slice(line.span));
            format!("{} {next}", self.text)
        };
        self.pack.decision_lead(self.text).is_some() || self.pack.decision_lead(&two()).is_some()
    }

    fn opens(&self, kind: OpeningKind) -> bool {
        marks::opens_as(self.stretched.text_from(self.index).unwrap_or(self.text), kind, self.pack)
    }

    /// Whether the line begins as preambular or operative paragraphs do.
    fn is_opening_here(&self) -> bool {
        self.is_opening(self.stretched.text_from(self.index).unwrap_or(self.text))
    }

    /// Whether the paragraph before may be at its end. A comma ends none that has a number, and others by chance in mid-sentence.
    fn is_closed_before(&self) -> bool {
        match self.ending_before() {
            Ending::Operative | Ending::Intro => true,
            Ending::Preambular => {
                let numbered = self.before.is_some_and(|before| before.paragraph.is_numbered());
                let short = || self.width_before() * 100 < self.read.pages.width * self.most_before_comma();
                !numbered && (self.is_opening_here() || short())
            }
            Ending::Open => false,
        }
    }

    fn begins_small(&self) -> bool {
        self.text.starts_with(char::is_lowercase)
    }

    /// How many hundredths of its width a line may fill whose comma closes a paragraph above this line.
    fn most_before_comma(&self) -> usize {
        match self.text.chars().next() {
            _ if self.label().is_some() => 70,
            // Most paragraphs that begin with a small letter are told by their first words.
            Some(first) if first.is_lowercase() => 55,
            // Where they do, names and figures go on the sentence.
            Some(first) if !self.pack.has_capitals() && (first.is_uppercase() || first.is_ascii_digit()) => 0,
            _ => 70,
        }
    }

    pub(super) fn ending_before(&self) -> Ending {
        self.before.map_or(Ending::Open, |before| marks::ending(before.text, self.pack))
    }
}

/// What no line end parts at the head of a text: a word, or a number with its groups of thousands.
pub(super) fn first_word(text: &str) -> &str {
    let end = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
    let mut len = end(text);
    if !text.get(..len).is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit())) {
        return text.get(..len).unwrap_or(text);
    }
    while let Some(rest) = text.get(len..).and_then(|rest| rest.strip_prefix(char::is_whitespace)) {
        let group = rest.get(..end(rest)).unwrap_or_default();
        if group.len() != 3 || !group.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        len = text.len() - rest.len() + group.len();
    }
    text.get(..len).unwrap_or(text)
}

/// Lines of a cover end where their words do.
pub(super) fn head(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.is_wrapped() && !cx.named).then_some(())?;
    Some(if cx.head.goes_on(cx.pack, cx.text)? { Join::GoesOn } else { Join::Begins })
}

/// A number alone on its line: an extractor set its text apart. Where lines keep their indents, no text is set apart, and what is set in
/// below the number is a paragraph of its own.
pub(super) fn behind_number(cx: &JoinCx<'_>) -> Option<Join> {
    let own_indent = cx.line.layout.gap == 0 && cx.is_set_in();
    let before = cx.before.filter(|_| cx.is_wrapped() && !own_indent)?;
    (before.paragraph.lines == 1 && is_item_number(cx.pack, before.text)).then_some(Join::GoesOn)
}

/// The small letter of a note below a table, which print raises and extractors set apart.
pub(super) fn behind_letter(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|before| cx.is_wrapped() && before.paragraph.lines == 1)?;
    let first = cx.text.chars().next()?;
    let begins = first.is_alphabetic() && !first.is_lowercase();
    (is_note_letter(before.text) && begins && cx.label().is_none()).then_some(Join::GoesOn)
}

/// In a script without blanks, the letters of a stretched line come one by one, and the line goes on behind them. A number may be one letter, too.
pub(super) fn behind_wide_letter(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|_| cx.is_wrapped())?;
    let mut letters = before.text.chars();
    let single = letters.next().is_some_and(unres_lang::is_wide) && letters.next().is_none();
    (single && cx.pack.label(before.text).is_none()).then_some(Join::GoesOn)
}

/// Whether a text is nothing but a small letter.
fn is_note_letter(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether a text is nothing but the number of a paragraph or an item.
pub(super) fn is_item_number(pack: &LangPack, text: &str) -> bool {
    let item = |reading: &Reading| reading.used_for != LabelUse::Section;
    marks::label_alone(text, pack).is_some_and(|label| label.readings.iter().any(item))
}

/// The number of a section fills its line, behind a closed sentence or a line with room.
pub(super) fn section_number(cx: &JoinCx<'_>) -> Option<Join> {
    let begins = cx.is_wrapped() && is_section_number(cx, cx.text);
    (begins && (cx.ending_before() != Ending::Open || cx.has_room_before())).then_some(Join::BeginsHeading)
}

/// The number of a section and its title in one line or two, behind a closed sentence. Its text begins by its own look.
pub(super) fn section_title(cx: &JoinCx<'_>) -> Option<Join> {
    const MOST_LINES: usize = 4;
    cx.is_wrapped().then_some(())?;
    let behind_formula = || cx.before.is_some_and(|before| cx.pack.formula(before.text).is_some());
    let closed = matches!(cx.ending_before(), Ending::Operative | Ending::Intro) || behind_formula();
    let label = closed.then(|| cx.label()).flatten()?;
    let sections = label.readings.iter().filter(|reading| reading.used_for == LabelUse::Section).count();
    let title = cx.text.get(label.len..)?.trim_start();
    (marks::begins_large(title) && sections == label.readings.len()).then_some(())?;
    let lines: Vec<&str> = cx.rest_of_paragraph().take(MOST_LINES).collect();
    let open = marks::ending(lines.last().unwrap_or(&cx.text), cx.pack) == Ending::Open;
    (open && lines.len() < MOST_LINES).then_some(Join::BeginsHeading)
}

/// Below the number of a section stands its title.
pub(super) fn behind_section_number(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|before| cx.is_wrapped() && before.paragraph.lines == 1)?;
    is_section_number(cx, before.text).then_some(Join::BeginsHeading)
}

pub(super) fn is_section_number(cx: &JoinCx<'_>, text: &str) -> bool {
    let section = |reading: &Reading| reading.used_for == LabelUse::Section;
    marks::label_alone(text, cx.pack).is_some_and(|label| label.readings.iter().any(section))
}

/// A title goes on up to the line that opens the text, which a sentence does not.
pub(super) fn title_goes_on(cx: &JoinCx<'_>) -> Option<Join> {
    const MOST_LINES: usize = 5;
    let before = cx.before.filter(|before| {
        cx.is_wrapped() && before.paragraph.head == Head::DocumentNumber && before.paragraph.lines < MOST_LINES
    })?;
    let number_alone = crate::tree::number_at_head(cx.pack, before.text)
        .is_some_and(|(_, len)| before.text.get(len..).is_some_and(|rest| !rest.contains(char::is_alphabetic)));
    let apart = cx.line.layout.gap > 0 && !number_alone;
    let begins = apart
        || cx.label().is_some()
        || cx.pack.formula(cx.text).is_some()
        || cx.is_opening(cx.text)
        || cx.is_fixed_line(cx.text);
    let last = cx.rest_of_paragraph().take(MOST_LINES + 1).last().unwrap_or(cx.text);
    (!begins && marks::ending(last, cx.pack) == Ending::Open).then_some(Join::GoesOn)
}

/// The sentence that begins a decision ends its title: no formula stands between them.
pub(super) fn decision_lead(cx: &JoinCx<'_>) -> Option<Join> {
    cx.before.filter(|before| cx.is_wrapped() && before.paragraph.head == Head::DocumentNumber)?;
    cx.leads_decision().then_some(Join::Begins)
}

/// Dates, meetings, annex words, formulas and numbers of documents fill their line.
pub(super) fn fixed_line(cx: &JoinCx<'_>) -> Option<Join> {
    let fixed = |text: &str| {
        cx.is_fixed_line(text)
            || cx.pack.formula(text).is_some()
            || cx.pack.number_line(text).is_some()
            || cx.is_title(text)
    };
    let before = cx.before.filter(|_| cx.is_wrapped())?;
    let closes = || cx.ending_before() == Ending::Operative && cx.names_meeting_with_next();
    // A title goes on in the next line, any other fixed line does not.
    let behind = fixed(before.text) && !cx.is_title(before.text);
    // The date in a line of adoption may fill the second of its lines.
    let completes = !cx.named && cx.head.goes_on(cx.pack, cx.text) == Some(true);
    ((fixed(cx.text) || behind || closes()) && !completes).then_some(Join::Begins)
}

/// A number that goes on its list or begins one, behind a closed sentence, a heading or a line with room.
pub(super) fn number(cx: &JoinCx<'_>) -> Option<Join> {
    const MOST_MISSED: u32 = 5;
    let label = cx.is_wrapped().then(|| cx.label()).flatten()?;
    let closed = cx.is_closed_for_number() || cx.before.is_some_and(|before| before.paragraph.heading);
    // Where one number was missed, the next tells all the same: inside a sentence no number stands alone between empty lines.
    let alone = label.len == cx.text.len() && cx.is_between_gaps();
    let restarts = label.len == cx.text.len() && cx.opens_below() && cx.has_room_before();
    let ends_in_number = || {
        let before = cx.before.map_or("", |before| before.text);
        let sentence = before.trim_end_matches(|c: char| c.is_ascii_digit());
        // Digits behind a mark call a note. Where a script has no small letters, extractors move digits to line ends.
        sentence.len() < before.len()
            && sentence.contains(char::is_lowercase)
            && marks::ending(sentence, cx.pack) == Ending::Open
    };
    let inside = |reading: &Reading| match reading.style {
        // A dash in mid-sentence begins no list. Before digits alone it belongs to a number, whose parts an extractor has turned round.
        Style::Bullet => !closed && cx.text.contains(is_letter) && !cx.labels.has_begun(Style::Bullet),
        // Nor does the letter that a number cites: "paragraph 1", "(d) of the resolution".
        _ => !closed && reading.used_for == LabelUse::Item && ends_in_number(),
    };
    if cx.line.layout.gap == 0 && label.readings.iter().all(inside) {
        return None;
    }
    let fits = |reading: &Reading| match reading.used_for {
        LabelUse::Section => false,
        LabelUse::Paragraph if restarts => true,
        LabelUse::Paragraph if alone => cx.labels.follows_within(reading.style, reading.ordinal, MOST_MISSED),
        LabelUse::Paragraph | LabelUse::Item => cx.labels.expects(reading.style, reading.ordinal),
    };
    (label.readings.iter().any(fits) && (closed || alone || cx.has_room_before())).then_some(Join::Begins)
}

/// An extractor that sets numbers apart prints the short last line of a paragraph behind the first of the next, or of the one after it: `… in this`, `3.`,
/// `Thanks all …`, `regard;`.
pub(super) fn displaced_end(cx: &JoinCx<'_>) -> Option<Join> {
    // The number that was set apart took room too.
    const NUMBER: usize = 8;
    let before = cx.before.filter(|before| {
        cx.is_wrapped() && cx.waits_for_end && before.paragraph.is_numbered() && before.paragraph.lines == 2
    })?;
    let full = !cx.has_room(cx.width_before() + NUMBER, cx.text) && marks::ending(before.text, cx.pack) == Ending::Open;
    let short = pages::width(cx.text) * 100 < cx.read.pages.width * 60;
    let ends = cx.line.layout.gap > 0 && short && marks::ending(cx.text, cx.pack) != Ending::Open;
    (full && ends && cx.label().is_none() && !cx.is_fixed_line(cx.text)).then_some(Join::EndsEarlier)
}

/// The first line of a paragraph is set in by more than its other lines, but by less than a line that stands at the right.
pub(super) fn indent(cx: &JoinCx<'_>) -> Option<Join> {
    let indented = cx.is_wrapped() && cx.is_set_in();
    let before = cx.before?;
    // The lines of a list hang under its number: what is as far in as the line before goes on it.
    let page = cx.read.pages.line(cx.index).page;
    let same = before.paragraph.lines > 1 && before.indent == cx.line.layout.indent && before.page == page;
    let hangs = before.paragraph.is_numbered() && before.paragraph.lines == 1 && before.indent <= cx.line.layout.indent;
    // What most lines of the next page stand below says nothing of a sentence that goes on there.
    let over_page = before.page != page && cx.ending_before() == Ending::Open && !before.paragraph.heading;
    (indented && !same && !hangs && !over_page).then_some(Join::Begins)
}

/// An empty line inside a page parts a closed sentence or a heading from what follows.
pub(super) fn gap(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|_| cx.is_wrapped() && cx.kind == LineKind::Text)?;
    let parted = cx.line.layout.gap > 0 && (cx.is_closed_before() || before.paragraph.could_be_heading());
    parted.then_some(Join::Begins)
}

/// A comma ends a line by chance; with the opening of a preambular paragraph behind it, it ends a paragraph, unless that has a number. In a preamble only
/// items have one. A heading goes on with no opening.
pub(super) fn opening(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|_| cx.is_wrapped() && !cx.is_flush())?;
    // Where a script has no capitals, an item may go on with the same word.
    let parted = || cx.pack.has_capitals() || cx.has_room_before();
    let behind_item = || cx.named && !cx.labels.has_begun(Style::Decimal) && parted();
    // What is decided in one paragraph has no number. A word within a paragraph has no capital.
    let decides = || {
        let unnumbered = !before.paragraph.is_numbered() && !cx.labels.has_begun(Style::Decimal);
        unnumbered && marks::begins_large(cx.text) && cx.pack.has_capitals() && cx.opens(OpeningKind::Operative)
    };
    let opens = match cx.ending_before() {
        Ending::Preambular => {
            ((!before.paragraph.is_numbered() || behind_item()) && cx.opens(OpeningKind::Preambular)) || decides()
        }
        // With a small letter, a paragraph with a number goes on behind a semicolon.
        Ending::Operative => {
            (!cx.begins_small() || !before.paragraph.is_numbered() || cx.has_room_before())
                && cx.opens(OpeningKind::Operative)
        }
        Ending::Open => before.paragraph.heading && cx.is_opening_here(),
        Ending::Intro => false,
    };
    opens.then_some(Join::Begins)
}

/// Behind a closed sentence, a few lines that end without a mark before the next paragraph begins. A comma closes the preamble only where the first number
/// stands below the heading.
pub(super) fn heading(cx: &JoinCx<'_>) -> Option<Join> {
    const MOST_LINES: usize = 4;
    let behind_heading = || cx.before.is_some_and(|before| before.paragraph.heading) && cx.has_room_before();
    let behind_preamble = || cx.ending_before() == Ending::Preambular && cx.heads_first_number();
    let closed =
        || matches!(cx.ending_before(), Ending::Operative | Ending::Intro) || behind_heading() || behind_preamble();
    let text = || cx.label().is_some() || cx.is_fixed_line(cx.text);
    let begins = cx.is_wrapped() && closed() && !text();
    let capital = begins && marks::begins_large(cx.text);
    let lines: Vec<&str> = capital.then(|| cx.rest_of_paragraph().take(MOST_LINES + 1).collect())?;
    let last = lines.last().copied().unwrap_or(cx.text);
    let open = |text| marks::ending(text, cx.pack) == Ending::Open;
    let few = open(last) && lines.len() < MOST_LINES;
    // Several headings may follow each other; no paragraph has a short first line.
    (few || open(cx.text) && cx.has_room_for_next()).then_some(Join::BeginsHeading)
}

/// The words of a stretched line that an extractor prints one below the other: `approving`, `the`, `work,`, `already`. Together they fill a line or two, and
/// most begin small.
pub(super) fn stretched_words(cx: &JoinCx<'_>) -> Option<Join> {
    const LEAST_LINES: usize = 4;
    const MOST_LINES: usize = 16;
    let lines = cx.source.lines();
    let is_word = |index: &usize| {
        let is_text = cx.read.lines.get(*index).is_some_and(|line| line.kind == LineKind::Text);
        let text = lines.get(*index).map_or("", |line| cx.source.slice(line.span));
        let words = text.split_whitespace().take(3).count();
        is_text && (1..=2).contains(&words) && text.contains(is_letter) && cx.pack.label(text).is_none()
    };
    let close = |index: &usize| lines.get(*index).is_some_and(|line| line.layout.gap == 0);
    (cx.is_wrapped() && close(&cx.index) && is_word(&cx.index)).then_some(())?;
    let above = (0..cx.index).rev().take(MOST_LINES).take_while(|index| is_word(index) && close(&(index + 1))).count();
    let below = (cx.index + 1..lines.len()).take(MOST_LINES).take_while(|index| is_word(index) && close(index)).count();
    let run = lines.get(cx.index - above..=cx.index + below)?;
    let texts = || run.iter().map(|line| cx.source.slice(line.span));
    let width: usize = texts().map(|text| pages::width(text) + 1).sum();
    let small = texts().filter(|text| text.starts_with(char::is_lowercase)).count();
    let fills = (60..=220).contains(&(width * 100 / cx.read.pages.width.max(1)));
    (above > 0 && run.len() >= LEAST_LINES && fills && small * 2 > run.len()).then_some(Join::GoesOn)
}

/// A line with room behind it ends its paragraph when the sentence is closed, or when it is a heading of a few lines. Where first lines are set in, the
/// edge of a ragged text says nothing.
pub(super) fn behind_short_line(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|_| cx.is_wrapped() && cx.has_room_before())?;
    let capital = marks::begins_large(cx.text);
    let own_look = cx.label().is_some() || capital && cx.ending_before() == Ending::Operative;
    if !own_look && cx.is_flush() && before.indent <= cx.line.layout.indent + 1 && before.paragraph.is_text() {
        return None;
    }
    let behind_heading = before.paragraph.could_be_heading() && before.paragraph.lines <= 3 && capital;
    (cx.is_closed_before() || behind_heading).then_some(Join::Begins)
}
