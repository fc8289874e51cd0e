//! Pages: what stands at their heads and feet, and how far their lines are indented.

use crate::marks;
use crate::tree::number_at_head;
use std::collections::{BTreeMap, BTreeSet};
use unres_lang::{LabelUse, LangPack, Reading, is_invisible, is_letter, is_wide, letters_only};
use unres_source::{Source, any_byte};

/// How many lines at the top of a page may be its head.
pub(crate) const HEAD_LINES: usize = 5;

/// So many blanks more than before most lines of its page set a line in.
pub(crate) const SET_IN: u32 = 3;

/// What is known of the pages of a source.
#[derive(Default)]
pub(crate) struct Pages {
    lines: Vec<LineOnPage>,
    /// Letters of the lines that head several pages.
    running: BTreeSet<String>,
    /// Letters of the title. A page head breaks it into other lines than the title itself, so that any part of it counts.
    title: String,
    /// The width that most full lines have.
    pub(crate) width: usize,
    /// Nearly all paragraphs begin with a line that is set in.
    pub(crate) sets_in: bool,
    /// The symbol alone on its line that stands first, its letters, and where.
    symbol: Option<(String, usize)>,
    /// The pages with the number of a job whose date stands apart from it.
    undated_jobs: BTreeSet<usize>,
}

/// Where a line stands on its page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LineOnPage {
    /// Pages before this one.
    pub(crate) page: usize,
    /// Printed lines above it on the page.
    pub(crate) from_top: usize,
    /// Blanks before most lines of the page.
    pub(crate) base: u32,
}

impl Pages {
    /// Looks at all lines of a source with pages.
    pub(crate) fn of(source: &Source, pack: &LangPack) -> Self {
        let mut pages = Self { lines: on_pages(source), ..Self::default() };
        pages.set_bases(source);
        pages.width = full_width(source);
        pages.sets_in = Self::sets_paragraphs_in(source, pack);
        pages.title = title_letters(source, pack);
        let mut symbols = source.lines().iter().map(|line| source.slice(line.span)).enumerate();
        pages.symbol = symbols.find_map(|(index, text)| {
            let symbol = parts(text).find(|part| is_symbol(part))?;
            Some((letters_only(symbol), index))
        });
        let mut heads: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (line, place) in source.lines().iter().zip(&pages.lines) {
            let text = source.slice(line.span);
            if place.page > 0 && place.from_top < HEAD_LINES {
                for part in parts(text) {
                    heads.entry(letters_only(part)).or_default().insert(place.page);
                }
            }
            if text.ends_with(')') && is_job_number(text) {
                pages.undated_jobs.insert(place.page);
            }
        }
        pages.running = heads.into_iter().filter(|(_, on)| on.len() > 1).map(|(letters, _)| letters).collect();
        pages
    }

    /// The place of a line on its page.
    pub(crate) fn line(&self, index: usize) -> LineOnPage {
        self.lines.get(index).copied().unwrap_or_default()
    }

    /// Whether a line at the top of a page, not the first, is nothing but what heads pages: a symbol, the title. `goes_on`: it stands close below such a line.
    pub(crate) fn is_head(&self, index: usize, text: &str, goes_on: bool) -> bool {
        let place = self.line(index);
        // Beside a symbol stands the last line of a title, which may be one short word.
        let beside_symbol = parts(text).any(is_symbol);
        let short = |part: &str| goes_on && self.running.contains(&letters_only(part)) && part.contains(is_letter);
        let heads =
            |part: &str| is_symbol(part) || is_page_number(part) || self.is_running(part, beside_symbol) || short(part);
        place.page > 0 && place.from_top < HEAD_LINES && !text.is_empty() && parts(text).all(heads)
    }

    /// Whether a line is nothing but the symbol that stood above already.
    pub(crate) fn repeats_symbol(&self, index: usize, text: &str) -> bool {
        self.symbol.as_ref().is_some_and(|(symbol, first)| *first < index && letters_only(text) == *symbol)
    }

    /// Whether a line is nothing but the date of the job whose number and language stand elsewhere on the page: `140644`.
    pub(crate) fn is_job_date(&self, index: usize, text: &str) -> bool {
        let part =
            |at: usize, most: u8| text.get(at..at + 2)?.parse().ok().filter(|number| (1..=most).contains(number));
        let date = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
        date && part(0, 31).and(part(2, 12)).is_some() && self.undated_jobs.contains(&self.line(index).page)
    }

    fn is_running(&self, part: &str, beside_symbol: bool) -> bool {
        let letters = letters_only(part);
        let count = letters.chars().filter(|c| c.is_alphabetic()).count();
        let some = beside_symbol && !letters.is_empty();
        // A title of three squares is as wide as one of six letters.
        let runs = (some || width(&letters) > 3 && count > 1) && self.running.contains(&letters);
        runs || (some || count > 3) && self.title.contains(&letters)
    }
}

/// The parts of a line that wide gaps set apart, without invisible marks at their ends.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = &str> {
    let visible = |part: &str| !part.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)).is_empty();
    text.split("   ")
        .filter(move |part| visible(part))
        .map(|part| part.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)))
}

/// A symbol alone: `A/RES/98/301`, `S/RES/9901 (2044)`.
pub(crate) fn is_symbol(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "/.()- *".contains(c));
    let begins = text
        .split('/')
        .next()
        .is_some_and(|organ| (1..=5).contains(&organ.len()) && organ.bytes().all(|b| b.is_ascii_uppercase()));
    plain && begins && text.contains('/') && text.len() <= 40 && text.split(' ').count() <= 3
}

/// A page number: `3/17`. No page is beyond the last: `55/2` is the number of a resolution.
pub(crate) fn is_page_number(text: &str) -> bool {
    let number = |part: &str| {
        let digits = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u16>().ok().filter(|_| digits)
    };
    let numbers = text.split_once('/').and_then(|(page, pages)| number(page).zip(number(pages)));
    numbers.is_some_and(|(page, pages)| page <= pages)
}

/// The number of a translation job: `44-12345 (E) 140644`, `44-12345`, and the same as a bar code shows it: `*4412345*`.
pub(crate) fn is_job_number(text: &str) -> bool {
    let digits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if let Some(code) = text.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')) {
        return digits(code, 5, 9);
    }
    // Geneva and Vienna put their letters before it.
    let office = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_digit());
    let text = text.split_once('.').map(|(_, rest)| rest).filter(office).unwrap_or(text);
    let mut words = text.split_whitespace();
    let job = words
        .next()
        .and_then(|word| word.split_once('-'))
        .is_some_and(|(year, number)| digits(year, 2, 4) && digits(number, 5, 6));
    let language = |word: &str| word.starts_with('(') && word.ends_with(')') && word.chars().count() <= 4;
    job && words.all(|word| language(word) || digits(word, 6, 8))
}

/// The number and language of a job, without the date behind it: `44-12345 (E)`.
pub(crate) fn job_number(text: &str) -> Option<&str> {
    (is_job_number(text) && !text.starts_with('*')).then_some(())?;
    let end = text.find(')').map_or_else(|| text.find(char::is_whitespace).unwrap_or(text.len()), |close| close + 1);
    text.get(..end)
}

/// How wide a text is in print, in half squares.
pub(crate) fn width(text: &str) -> usize {
    // The first bytes of all that is invisible or wide.
    if any_byte(text, |byte| u8::from(byte == 0xc2) | u8::from(byte >= 0xe2)) {
        return text.chars().filter(|c| !is_invisible(*c)).map(|c| if is_wide(c) { 2 } else { 1 }).sum();
    }
    text.chars().count()
}

fn on_pages(source: &Source) -> Vec<LineOnPage> {
    let mut place = LineOnPage::default();
    let mut places = Vec::with_capacity(source.lines().len());
    for line in source.lines() {
        if line.layout.page_break {
            place.page += 1;
            place.from_top = 0;
        }
        places.push(place);
        place.from_top += usize::from(!line.span.is_empty());
    }
    places
}

impl Pages {
    /// The most common indent of a page is that of its running lines. Lines with parts on both sides are none, but for the rows of a page that is a table.
    fn set_bases(&mut self, source: &Source) {
        let mut counts: BTreeMap<usize, BTreeMap<u32, usize>> = BTreeMap::new();
        let mut rows: BTreeMap<usize, BTreeMap<u32, usize>> = BTreeMap::new();
        for (line, place) in source.lines().iter().zip(&self.lines) {
            let text = source.slice(line.span);
            if width(text) > 20 {
                let kind = if parts(text).nth(1).is_some() { &mut rows } else { &mut counts };
                *kind.entry(place.page).or_default().entry(line.layout.indent).or_default() += 1;
            }
        }
        for (page, indents) in rows {
            let running = counts.entry(page).or_default();
            // The first page has a masthead instead of a head.
            if page == 0 || running.values().sum::<usize>() < indents.values().sum() {
                for (indent, count) in indents {
                    *running.entry(indent).or_default() += count;
                }
            }
        }
        let most_common = |indents: &BTreeMap<u32, usize>| {
            indents.iter().max_by_key(|(indent, count)| (**count, u32::MAX - **indent)).map(|(indent, _)| *indent)
        };
        let bases: BTreeMap<usize, u32> =
            counts.iter().filter_map(|(page, indents)| Some((*page, most_common(indents)?))).collect();
        for place in &mut self.lines {
            place.base = bases.get(&place.page).copied().unwrap_or(0);
        }
    }

    /// Whether nearly all paragraphs with a number begin further in than their second line; where a text has few, those that open as paragraphs do. Some
    /// lines open so by chance, in mid-sentence.
    fn sets_paragraphs_in(source: &Source, pack: &LangPack) -> bool {
        const SOME: usize = 5;
        let numbered = |text: &str| {
            let paragraph = |reading: &Reading| reading.used_for == LabelUse::Paragraph;
            pack.label(text).is_some_and(|label| label.len < text.len() && label.readings.iter().any(paragraph))
        };
        let opens = |text: &str| marks::opens_paragraph(text, pack);
        let mostly_in = |begins: &dyn Fn(&str) -> bool| {
            let pairs = source.lines().iter().zip(source.lines().iter().skip(1));
            let (mut set_in, mut flush) = (0, 0);
            for (line, next) in pairs.filter(|(line, _)| begins(source.slice(line.span))) {
                let own_line = next.layout.gap == 0 && !next.layout.page_break && !next.span.is_empty();
                match line.layout.indent.abs_diff(next.layout.indent) {
                    _ if !own_line => {}
                    0..SET_IN => flush += 1,
                    _ if line.layout.indent > next.layout.indent => set_in += 1,
                    _ => {}
                }
            }
            (set_in + flush >= SOME).then_some(set_in >= 3 * flush)
        };
        mostly_in(&numbered).or_else(|| mostly_in(&opens)).unwrap_or(false)
    }
}

/// The width of all but the widest tenth of the longer lines.
fn full_width(source: &Source) -> usize {
    let mut widths: Vec<usize> =
        source.lines().iter().map(|line| width(source.slice(line.span))).filter(|w| *w > 20).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 9 / 10).copied().unwrap_or(0)
}

/// The letters of the lines from the one with number and title to the enacting formula.
fn title_letters(source: &Source, pack: &LangPack) -> String {
    let texts = source.lines().iter().map(|line| source.slice(line.span)).filter(|text| !text.is_empty());
    // The number of a page looks like that of a resolution.
    let is_page = |text: &str| parts(text).next().is_some_and(is_page_number);
    let from = texts.skip_while(|text| is_page(text) || number_at_head(pack, text).is_none());
    from.take(6).take_while(|text| pack.formula(text).is_none()).map(letters_only).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_furniture_is_known_by_its_form() {
        for text in ["44-12345 (E) 140644", "44-12345", "GE.44-12345 (E)", "*4412345*"] {
            assert!(is_job_number(text), "{text}");
        }
        assert_eq!(job_number("44-12345 (E) 140644"), Some("44-12345 (E)"));
        assert!(!is_job_number("44-12") && !is_job_number("12345"));
        assert!(!is_page_number("55/2"), "the number of a resolution");
        assert!(is_page_number("3/17") && !is_page_number("98/1234") && !is_page_number("3/"));
        assert!(is_symbol("A/RES/98/301 A-B") && is_symbol("S/RES/9901 (2044)") && !is_symbol("and/or"));
    }
}
