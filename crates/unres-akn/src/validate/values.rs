//! The data types of attributes: what the schema means, read as libxml2 reads it.

use crate::address::is_uri;
use crate::xml::is_ncname;

/// The type of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Uri,
    Boolean,
    Integer,
    Date,
    DateTime,
    Time,
    Duration,
    Language,
    NcName,
    /// A name that stands once in a file.
    Id,
    /// At least one character and no blank.
    NonBlank,
    /// One of these words, to the letter.
    Enum(Vec<&'static str>),
    /// One of these words, blanks around it allowed.
    Token(Vec<&'static str>),
    /// Words that each have a type.
    List(Box<Type>),
    /// Any of these types.
    Union(Vec<Type>),
    /// A type that the table names and this program does not know: a fault of the table.
    Unknown,
}

impl Type {
    /// The type that a table names.
    pub(crate) fn parse(text: &'static str) -> Self {
        let inner = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
        if let Some(words) = inner("enum") {
            return Self::Enum(words.split('|').collect());
        }
        if let Some(words) = inner("token") {
            return Self::Token(words.split('|').collect());
        }
        if let Some(item) = inner("list") {
            return Self::List(Box::new(Self::parse(item)));
        }
        if let Some(members) = inner("union") {
            return Self::Union(members.split(',').map(Self::parse).collect());
        }
        match text {
            "string" => Self::Text,
            "anyURI" => Self::Uri,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "date" => Self::Date,
            "dateTime" => Self::DateTime,
            "time" => Self::Time,
            "duration" => Self::Duration,
            "language" => Self::Language,
            "NCName" => Self::NcName,
            "ID" => Self::Id,
            "nonblank" => Self::NonBlank,
            _ => Self::Unknown,
        }
    }

    #[cfg(test)]
    pub(crate) fn is_known(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::List(item) => item.is_known(),
            Self::Union(members) => members.iter().all(Self::is_known),
            _ => true,
        }
    }

    /// Whether a value is one of this type.
    pub(crate) fn allows(&self, value: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Uri => is_uri(trim(value)),
            Self::Boolean => matches!(trim(value), "true" | "false" | "0" | "1"),
            Self::Integer => is_integer(trim(value)),
            Self::Date => date(trim(value)).is_some_and(is_zone),
            Self::DateTime => {
                let parts = date(trim(value)).and_then(|rest| rest.strip_prefix('T'));
                parts.and_then(time).is_some_and(is_zone)
            }
            Self::Time => time(trim(value)).is_some_and(is_zone),
            // Blanks around a duration are not taken away by libxml2.
            Self::Duration => is_duration(value),
            Self::Language => is_language(trim(value)),
            Self::NcName | Self::Id => is_ncname(trim(value)),
            Self::NonBlank => !value.is_empty() && !value.contains(BLANKS),
            Self::Enum(words) => words.contains(&value),
            Self::Token(words) => words.contains(&trim(value)),
            Self::List(item) => value.split(BLANKS).filter(|word| !word.is_empty()).all(|word| item.allows(word)),
            Self::Union(members) => members.iter().any(|member| member.allows(value)),
            Self::Unknown => false,
        }
    }
}

/// What a type wants, for people.
impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = match self {
            Self::Text => "text",
            Self::Uri => "an address (URI)",
            Self::Boolean => "true or false",
            Self::Integer => "a whole number",
            Self::Date => "a date YYYY-MM-DD",
            Self::DateTime => "a date with time YYYY-MM-DDThh:mm:ss",
            Self::Time => "a time hh:mm:ss",
            Self::Duration => "a duration like P1Y2M",
            Self::Language => "a language tag",
            Self::NcName | Self::Id => "a name without colon",
            Self::NonBlank => "text without blanks",
            Self::Enum(words) | Self::Token(words) => {
                let words: Vec<&str> =
                    words.iter().map(|word| if word.is_empty() { "nothing" } else { word }).collect();
                return write!(f, "{}", words.join(", "));
            }
            Self::List(item) => return write!(f, "a list, each word {item}"),
            Self::Union(members) => {
                let members: Vec<String> = members.iter().map(ToString::to_string).collect();
                return write!(f, "{}", members.join(" or "));
            }
            Self::Unknown => "an unknown type",
        };
        f.write_str(text)
    }
}

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

fn trim(value: &str) -> &str {
    value.trim_matches(BLANKS)
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let significant = digits.trim_start_matches('0').len();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && significant <= 24
}

/// So many digits as a number, and what follows.
fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    let sound = digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| digits.parse().ok()).flatten().map(|number| (number, rest))
}

/// What follows a date.
fn date(text: &str) -> Option<&str> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let length = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    if length < 4 || (length > 4 && unsigned.starts_with('0')) {
        return None;
    }
    let (year, rest) = unsigned.split_at_checked(length)?;
    let year: i64 = year.parse().ok().filter(|&year| year != 0)?;
    let year = if unsigned.len() == text.len() { year } else { -year };
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return None,
    };
    (1..=days).contains(&day).then_some(rest)
}

/// What follows a time of day.
fn time(text: &str) -> Option<&str> {
    let (hour, rest) = digits(text, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (zero, rest) = match rest.strip_prefix('.') {
        None => (true, rest),
        Some(fraction) => {
            let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
            let (fraction, rest) = fraction.split_at_checked(length).filter(|_| length > 0)?;
            (fraction.bytes().all(|digit| digit == b'0'), rest)
        }
    };
    let end_of_day = (hour, minute, second) == (24, 0, 0) && zero;
    (end_of_day || (hour < 24 && minute < 60 && second < 60)).then_some(rest)
}

/// Nothing, `Z`, or at most fourteen hours before or behind.
fn is_zone(text: &str) -> bool {
    let Some(offset) = text.strip_prefix(['+', '-']) else { return matches!(text, "" | "Z") };
    let parts = digits(offset, 2).and_then(|(hours, rest)| Some((hours, digits(rest.strip_prefix(':')?, 2)?)));
    parts.is_some_and(|(hours, (minutes, rest))| rest.is_empty() && minutes < 60 && hours * 60 + minutes <= 14 * 60)
}

fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-').unwrap_or(text).strip_prefix('P') else { return false };
    let (days, times) = rest.split_once('T').map_or((rest, None), |(days, times)| (days, Some(times)));
    if days.is_empty() && times.is_none() {
        return false;
    }
    fields(days, "YMD", Fraction::No)
        && times.is_none_or(|times| !times.is_empty() && fields(times, "HMS", Fraction::Last))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fraction {
    No,
    /// The last of the units may have one.
    Last,
}

/// Numbers with units, each unit at most once and in their order.
fn fields(text: &str, units: &str, fraction: Fraction) -> bool {
    let (mut rest, mut units) = (text, units);
    while !rest.is_empty() {
        let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let Some((number, after)) = rest.split_at_checked(length) else { return false };
        let Some(unit) = after.chars().next() else { return false };
        let Some((_, later)) = units.split_once(unit) else { return false };
        let points = number.matches('.').count();
        let whole = points == 0 || (points == 1 && later.is_empty() && fraction == Fraction::Last);
        if !whole || !number.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        units = later;
        rest = after.strip_prefix(unit).unwrap_or_default();
    }
    true
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let sized = |part: &str| (1..=8).contains(&part.len());
    let first = parts.next().is_some_and(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    first && parts.all(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verdicts are those of xmllint 2.9.14.
    #[test]
    #[allow(clippy::too_many_lines)] // a flat table
    fn values_are_judged_as_libxml2_does() {
        let date = Type::parse("union(date,dateTime)");
        let language = Type::parse("union(language,enum())");
        let refers = Type::parse("list(anyURI)");
        let cases: [(&Type, &[&str], &[&str]); 9] = [
            (
                &date,
                &[
                    "2020-01-01",
                    " 2020-01-01 ",
                    "2020-02-29",
                    "0001-01-01",
                    "-0001-01-01",
                    "12020-01-01",
                    "2020-01-01Z",
                    "2020-01-01+14:00",
                    "2020-01-01T10:00:00",
                    "2020-01-01T24:00:00",
                    "2020-01-01T10:00:00.123Z",
                    "2000-02-29",
                ],
                &[
                    "2020-02-30",
                    "2019-02-29",
                    "0000-01-01",
                    "02020-01-01",
                    "2020-01-01+14:01",
                    "2020-1-1",
                    "",
                    "2020-01-01T24:00:01",
                    "2020-01-01T23:59:60",
                    "2020-01-01T10:00:00.",
                    "2020-01",
                    "2020-01-01T10:00",
                    "2020-01-01Zx",
                    "99999999999999999999-01-01",
                    "2020-13-01",
                    "1900-02-29",
                ],
            ),
            (
                &Type::Uri,
                &[
                    "",
                    "a b",
                    "%41",
                    "#a[b]",
                    "a:1",
                    "http://x:80/",
                    "http://[::1]/",
                    "?a?b",
                    "//",
                    "/",
                    "/a//b",
                    "a:",
                    "é",
                    "<",
                    " a ",
                    "/akn/un/x@/!main",
                    "~a",
                    "!main",
                    "mailto:x@y",
                    "a/b:c",
                    "./a:b",
                    "#",
                    "http://x/|",
                ],
                &[
                    "%",
                    "%4",
                    "[",
                    "a[b",
                    "#a#b",
                    "1:a",
                    "http://x:/",
                    "http://[::1",
                    "?a[",
                    "1.2.3.4:8",
                    "http://a@b@c/",
                    "//a:b",
                    "::",
                    ":a",
                ],
            ),
            (&refers, &["", " ", "#a #b", "#a  "], &["a%"]),
            (&Type::NonBlank, &["a", "é", "\u{A0}"], &["", " a", "a b", "\n"]),
            (
                &Type::Integer,
                &["1", "+1", "-1", " 1 ", "000000000000000000000000000001"],
                &["1.0", "", "+", "1111111111111111111111111"],
            ),
            (&Type::Boolean, &["true", "1", " true "], &["TRUE", ""]),
            (
                &Type::Duration,
                &["P1Y", "PT1S", "PT1.5S", "-P1D", "P1Y2M3DT4H5M6.7S", "PT.5S", "PT5.S"],
                &["P", "PT", "P1YT", "P1.5Y", "+P1D", "P1M1Y", "1Y", "P1", "P1W", "", " P1D "],
            ),
            (
                &language,
                &["en", "zh-Hans-CN", "abcd", "a", "", "x-foo", " en ", "en-a", "en-12345678-1"],
                &["123", "en_US", "abcdefghi", "en-"],
            ),
            (&Type::Token(vec!["default", "preserve"]), &["default", " default "], &["x"]),
        ];
        for (value, good, bad) in cases {
            for text in good {
                assert!(value.allows(text), "{value:?} allows {text:?}");
            }
            for text in bad {
                assert!(!value.allows(text), "{value:?} refuses {text:?}");
            }
        }
    }
}
