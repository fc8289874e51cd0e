//! Numbers of paragraphs, items and sections, as far as they are in ASCII. Those of other scripts are read again where a language is known.

use unres_model::{Number, NumberStyle};

/// The number that is printed so. `eid` is that of its element, which may carry it too; `before` is the number of the sibling before.
pub(super) fn number(printed: String, eid: Option<&str>, before: Option<&Number>) -> Number {
    let printed = trimmed(printed);
    let core = printed.trim_matches(|c: char| !c.is_alphanumeric());
    let core = core.split_whitespace().next_back().unwrap_or_default();
    let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
    let in_eid = || eid.and_then(label).filter(|label| is_plain(label)).and_then(|label| read(label, before));
    let read = if is_plain(core) { read(core, before) } else { in_eid() };
    let next = before.map_or(1, |number| number.ordinal.saturating_add(1));
    let (style, ordinal) = read.unwrap_or(match before {
        _ if core.is_empty() => (NumberStyle::Bullet, next),
        Some(before) => (before.style, next),
        None => (NumberStyle::Decimal, 1),
    });
    let ordinal = if style == NumberStyle::Bullet { next } else { ordinal };
    Number { printed, ordinal, style, spans: Vec::new() }
}

/// The text without blanks at its ends.
pub(super) fn trimmed(text: String) -> String {
    let inside = text.trim();
    if inside.len() == text.len() { text } else { inside.to_owned() }
}

/// What the last part of an eId calls its element: `a` of `para_1__list_1__point_a`.
fn label(eid: &str) -> Option<&str> {
    let last = eid.rsplit("__").next()?;
    let (_, label) = last.rsplit_once('_')?;
    Some(label.split_once("-dup").map_or(label, |(label, _)| label))
}

fn read(core: &str, before: Option<&Number>) -> Option<(NumberStyle, u32)> {
    use NumberStyle as S;
    let digits = core.rsplit('.').next().unwrap_or(core);
    if let Ok(ordinal) = digits.parse::<u32>() {
        return Some((S::Decimal, ordinal));
    }
    let (alpha, roman) = if core.bytes().all(|b| b.is_ascii_lowercase()) {
        (S::LowerAlpha, S::LowerRoman)
    } else if core.bytes().all(|b| b.is_ascii_uppercase()) {
        (S::UpperAlpha, S::UpperRoman)
    } else {
        return None;
    };
    let core = core.to_ascii_lowercase();
    let readings: Vec<_> = [(alpha, letter(&core)), (roman, roman_number(&core))]
        .into_iter()
        .filter_map(|(style, ordinal)| Some((style, ordinal?)))
        .collect();
    let goes_on = |(style, ordinal): &&(S, u32)| {
        before.is_some_and(|before| before.style == *style && before.ordinal.checked_add(1) == Some(*ordinal))
    };
    let of_style = |(style, _): &&(S, u32)| before.is_some_and(|before| before.style == *style);
    let found = readings.iter().find(goes_on).or_else(|| readings.iter().find(of_style));
    // What no number before decides is the smaller one: (i) and (ii) begin a list rather than follow 8 or 34 letters.
    found.or_else(|| readings.iter().min_by_key(|(_, ordinal)| *ordinal)).copied()
}

/// a … z, aa, bb …
fn letter(core: &str) -> Option<u32> {
    let mut letters = core.bytes();
    let first = letters.next()?;
    let times = u32::try_from(core.len()).ok().filter(|times| *times <= 8)?;
    letters.all(|letter| letter == first).then(|| u32::from(first - b'a') + 1 + (times - 1) * 26)
}

/// A number in Roman digits, written as the rules want: `iv`, not `iiiiv`.
fn roman_number(core: &str) -> Option<u32> {
    let value = |letter: u8| match letter {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        b'c' => Some(100),
        _ => None,
    };
    let values: Option<Vec<u32>> = core.bytes().map(value).collect();
    // The longest below 400 is ccclxxxviii.
    let values = values.filter(|values| !values.is_empty() && values.len() <= 11)?;
    Some(sum(&values)).filter(|ordinal| in_roman_digits(*ordinal) == core)
}

fn in_roman_digits(number: u32) -> String {
    const DIGITS: [(u32, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut rest = number;
    let mut written = String::new();
    for (value, digits) in DIGITS {
        while rest >= value {
            written.push_str(digits);
            rest -= value;
        }
    }
    written
}

/// The value of Roman digits: a smaller one before a greater one is taken away.
fn sum(values: &[u32]) -> u32 {
    let signed = values.iter().enumerate().map(|(index, &value)| {
        let next = values.get(index + 1).copied().unwrap_or(0);
        if value < next { -i64::from(value) } else { i64::from(value) }
    });
    u32::try_from(signed.sum::<i64>()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(printed: &str, before: Option<&Number>, style: NumberStyle, ordinal: u32) -> Number {
        let number = number(printed.to_owned(), None, before);
        assert_eq!((number.style, number.ordinal), (style, ordinal), "{printed}");
        number
    }

    #[test]
    fn letters_and_roman_digits_are_told_apart_by_what_comes_before() {
        use NumberStyle as S;
        check("(i)", None, S::LowerRoman, 1);
        check("(ii)", None, S::LowerRoman, 2);
        check("(b)", None, S::LowerAlpha, 2);
        check("(bb)", None, S::LowerAlpha, 28);
        let eighth = check("(h)", None, S::LowerAlpha, 8);
        check("(i)", Some(&eighth), S::LowerAlpha, 9);
        let first = check("I", None, S::UpperRoman, 1);
        check("II", Some(&first), S::UpperRoman, 2);
    }

    #[test]
    fn roman_digits_in_no_order_are_no_number() {
        for odd in ["iiiiv", "vx", "iiii", "ic", "m"] {
            assert_eq!(roman_number(odd), None, "{odd}");
        }
        assert_eq!(roman_number("ccclxxxviii"), Some(388));
        assert_eq!(roman_number("xliv"), Some(44));
    }
}
