//! Dates as a language prints them.

use crate::fold::{self, Blanks, Initials, prefix};
use jiff::civil::Date;
use serde::Deserialize;

/// Months and forms of dates.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Raw")]
pub(crate) struct Dates {
    raw: Raw,
    /// What dates may begin with that is no digit.
    begins: Initials,
    /// The spellings of months, with the letter that tells most texts that do not begin with one.
    months: Vec<Month>,
    forms: Vec<Form>,
}

/// A form of dates, and what is left of it where a neighbour names the rest.
#[derive(Clone, Debug)]
struct Form {
    whole: Vec<Slot>,
    without_year: Vec<Slot>,
    /// What stands behind that in a whole date; none where the year does not stand last.
    year: Option<Vec<Slot>>,
    day_alone: Vec<Slot>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Slot {
    Day,
    Month,
    Year,
    /// Literal words, which may be none.
    Words(String),
}

/// The slots of a form and the words between them.
fn slots(form: &str) -> Vec<Slot> {
    let (mut slots, mut rest) = (Vec::new(), form);
    let known = [("{day}", Slot::Day), ("{month}", Slot::Month), ("{year}", Slot::Year)];
    while !rest.is_empty() {
        let slot = known.iter().find_map(|(name, slot)| Some((slot.clone(), rest.strip_prefix(name)?)));
        let (slot, after) = slot.unwrap_or_else(|| {
            let (words, after) = rest.split_at(rest.find('{').filter(|at| *at > 0).unwrap_or(rest.len()));
            (Slot::Words(words.trim().to_owned()), after)
        });
        slots.push(slot);
        rest = after;
    }
    slots
}

/// A spelling of a month.
#[derive(Clone, Debug)]
struct Month {
    name: String,
    /// 1 to 12.
    number: u32,
    first: Option<char>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// Twelve lists of spellings.
    months: Vec<Vec<String>>,
    /// Forms with `{day}`, `{month}` and `{year}`; between them literal words.
    forms: Vec<String>,
    /// How the first day of a month is printed beside `1`.
    #[serde(default)]
    first_day: Vec<String>,
    /// Whether months are printed as numbers.
    #[serde(default)]
    numeric_months: bool,
}

impl From<Raw> for Dates {
    fn from(raw: Raw) -> Self {
        let mut begins = Initials::default();
        raw.first_day.iter().for_each(|word| begins.add(word));
        for form in raw.forms.iter().flat_map(|form| [form.as_str(), without_year(form)]) {
            match form.split_once('{') {
                Some(("", slots)) if slots.starts_with("month") => {
                    raw.months.iter().flatten().for_each(|month| begins.add(month));
                }
                Some(("", _)) => {}
                _ => begins.add(form),
            }
        }
        let spelling = |name: &String, number| Month { name: name.clone(), number, first: fold::first(name) };
        let months = (1..).zip(&raw.months).flat_map(|(n, names)| names.iter().map(move |name| spelling(name, n)));
        let form = |form: &String| {
            let (whole, without_year, day_alone) = (slots(form), slots(without_year(form)), slots(day_alone(form)));
            let year = whole.strip_prefix(without_year.as_slice()).map(<[Slot]>::to_vec);
            Form { whole, without_year, year, day_alone }
        };
        Self { begins, months: months.collect(), forms: raw.forms.iter().map(form).collect(), raw }
    }
}

impl Dates {
    pub(crate) fn problem(&self) -> Option<String> {
        if !self.raw.numeric_months && (self.raw.months.len() != 12 || self.raw.months.iter().any(Vec::is_empty)) {
            return Some("twelve months are needed, each with a spelling".to_owned());
        }
        let slots = ["{day}", "{month}", "{year}"];
        let bad = self.raw.forms.iter().find(|form| slots.iter().any(|slot| !form.contains(slot)));
        if let Some(form) = bad {
            return Some(format!("the date form {form:?} lacks one of {}", slots.join(", ")));
        }
        let without_slots = |form: &str| slots.iter().fold(form.to_owned(), |form, slot| form.replacen(slot, "", 1));
        let odd = self.raw.forms.iter().find(|form| without_slots(form).contains(['{', '}']));
        odd.map(|form| format!("the date form {form:?} holds other slots than {}, or one twice", slots.join(", ")))
    }

    /// Reads a date at the start of `text`; also returns how many bytes it covers.
    pub(crate) fn scan(&self, text: &str, digit: &dyn Fn(char) -> Option<u32>) -> Option<(Date, usize)> {
        if !self.may_begin(text, digit) {
            return None;
        }
        let scan = |form: &Form| self.scan_slots(&form.whole, text, Scanned::default(), digit);
        self.forms.iter().find_map(|form| scan(form)?.date())
    }

    /// Reads a date at the start of `text`, or else what is left of one where a neighbour names the year.
    pub(crate) fn scan_dated(&self, text: &str, digit: &dyn Fn(char) -> Option<u32>) -> Option<(Dated, usize)> {
        if !self.may_begin(text, digit) {
            return None;
        }
        let mut part = None;
        for form in &self.forms {
            let scanned = self.scan_slots(&form.without_year, text, Scanned::default(), digit);
            // A date of which the year is the last begins with the rest of it.
            let whole = match &form.year {
                Some(year) => scanned.and_then(|part| self.scan_slots(year, text, part, digit)),
                None => self.scan_slots(&form.whole, text, Scanned::default(), digit),
            };
            if let Some((date, len)) = whole.and_then(Scanned::date) {
                return Some((Dated::Whole(date), len));
            }
            part = part.or(scanned);
        }
        part.map(|Scanned { part, len, .. }| (Dated::Part(part), len))
    }

    /// Whether the first character of a text is one that a date may begin with.
    fn may_begin(&self, text: &str, digit: &dyn Fn(char) -> Option<u32>) -> bool {
        let first = fold::first(text);
        self.begins.hold(first) || first.is_some_and(|c| digit(c).is_some())
    }

    /// What dates may begin with; `digits` are those of the script beside ASCII.
    pub(crate) fn initials(&self, digits: impl Iterator<Item = char>) -> Initials {
        let mut begins = self.begins.clone();
        begins.add_chars(('0'..='9').chain(digits));
        begins
    }

    /// Where the year stands: all forms of a language agree.
    pub(crate) fn year_side(&self) -> YearSide {
        let is_first = self.raw.forms.first().is_some_and(|form| form.starts_with("{year}"));
        if is_first { YearSide::First } else { YearSide::Last }
    }

    /// Reads what is left of a date where a neighbour names the month too.
    pub(crate) fn scan_day_alone(&self, text: &str, digit: &dyn Fn(char) -> Option<u32>) -> Option<(u32, usize)> {
        self.forms.iter().find_map(|form| {
            let Scanned { part, len, .. } = self.scan_slots(&form.day_alone, text, Scanned::default(), digit)?;
            Some((part.day, len))
        })
    }

    /// Reads slots behind what was scanned of a text before.
    fn scan_slots(
        &self,
        slots: &[Slot],
        text: &str,
        mut scanned: Scanned,
        digit: &dyn Fn(char) -> Option<u32>,
    ) -> Option<Scanned> {
        let mut rest = text.get(scanned.len..)?;
        for slot in slots {
            rest = rest.trim_start();
            let len;
            match slot {
                Slot::Day => (scanned.part.day, len) = self.scan_day(rest, digit)?,
                Slot::Month => (scanned.part.month, len) = self.scan_month(rest, digit)?,
                Slot::Year => (scanned.year, len) = number(rest, digit, 4)?,
                Slot::Words(words) => len = prefix(rest, words, Blanks::Ignore)?,
            }
            rest = rest.get(len..)?;
        }
        Some(Scanned { len: text.len() - rest.len(), ..scanned })
    }

    fn scan_day(&self, text: &str, digit: &dyn Fn(char) -> Option<u32>) -> Option<(u32, usize)> {
        let first = self.raw.first_day.iter().find_map(|first| prefix(text, first, Blanks::Ignore));
        first.map(|len| (1, len)).or_else(|| number(text, digit, 2))
    }

    fn scan_month(&self, text: &str, digit: &dyn Fn(char) -> Option<u32>) -> Option<(u32, usize)> {
        if self.raw.numeric_months {
            return number(text, digit, 2);
        }
        let first = fold::first(text);
        let spellings = self.months.iter().filter(|month| month.first == first);
        let found = spellings.filter_map(|month| Some((month.number, prefix(text, &month.name, Blanks::Ignore)?)));
        found.max_by_key(|(_, len)| *len)
    }
}

/// What was read of a date at the head of a text, and its length.
#[derive(Clone, Copy, Debug, Default)]
struct Scanned {
    part: PartOfDate,
    year: u32,
    len: usize,
}

impl Scanned {
    /// The date, if there is that day, and its length.
    fn date(self) -> Option<(Date, usize)> {
        let date = date(self.year, self.part.month, self.part.day)?;
        (date.year() > 1900).then_some((date, self.len))
    }
}

/// What a text begins with that is a date or may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// A date.
    Whole(Date),
    /// The day and month of one: a neighbour may name the year.
    Part(PartOfDate),
}

/// A day of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartOfDate {
    /// 1 to 12; by it days of a year are in order.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl PartOfDate {
    /// The date in a year, if it has that day.
    pub fn in_year(self, year: i16) -> Option<Date> {
        date(u32::try_from(year).ok()?, self.month, self.day)
    }
}

/// Where the year stands in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearSide {
    /// Before month and day.
    First,
    /// Behind them.
    Last,
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A form without its year and the words that lead to it.
fn without_year(form: &str) -> &str {
    let (before, behind) = form.split_once("{year}").unwrap_or((form, ""));
    match (before.rfind('}'), behind.find('{')) {
        (Some(end), _) => before.get(..=end).unwrap_or_default(),
        (None, Some(start)) => behind.get(start..).unwrap_or_default(),
        (None, None) => "",
    }
}

/// The part of a form that is the day: what stands behind it belongs to it at the end of the form.
fn day_alone(form: &str) -> &str {
    const DAY: &str = "{day}";
    let start = form.find(DAY).unwrap_or(0);
    let rest = form.get(start..).unwrap_or_default();
    if rest.get(DAY.len()..).is_some_and(|behind| behind.contains('{')) { DAY } else { rest }
}

/// A number of at most `most` digits at the start of `text`, and its length in bytes.
pub(crate) fn number(text: &str, digit: &dyn Fn(char) -> Option<u32>, most: usize) -> Option<(u32, usize)> {
    let (mut value, mut len, mut count) = (0u32, 0, 0);
    for c in text.chars() {
        let Some(d) = digit(c) else { break };
        count += 1;
        if count > most {
            return None;
        }
        value = value * 10 + d;
        len += c.len_utf8();
    }
    (len > 0).then_some((value, len))
}
