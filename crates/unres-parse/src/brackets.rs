//! Closing brackets that an extractor sets before the Latin letters that they stand behind.

use std::ops::Range;

/// Where a closing bracket stands before Latin letters in a text that runs from right to left, as in `)A/98/10 (Part I`: the range from the bracket to
/// the end of the letters, behind which it is printed. An extractor that takes the bracket for one of the letters round them, which run the
/// other way, sets it on the wrong side.
pub(crate) fn displaced(text: &str) -> Option<Range<usize>> {
    text.match_indices(')').find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        // Nothing is closed behind a blank, nor what an open bracket before it has just opened.
        let closes_nothing = before.is_none_or(|c| c.is_whitespace() || c == '(');
        let letters = latin(text.get(at + 1..)?).filter(|_| closes_nothing)?;
        let open = usize::from(before == Some('(')) + letters.matches('(').count();
        (open > letters.matches(')').count()).then(|| at..at + 1 + letters.len())
    })
}

/// The Latin letters that a text begins with, with digits, blanks and marks between them.
fn latin(text: &str) -> Option<&str> {
    text.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(())?;
    let end = text.find(|c: char| !c.is_ascii()).unwrap_or(text.len());
    let ends = |c: char| !c.is_ascii_alphanumeric() && c != ')';
    Some(text.get(..end)?.trim_end_matches(ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_right(text: &str) -> String {
        let mut right = text.to_owned();
        if let Some(Range { start, end }) = displaced(text) {
            right.insert(end, ')');
            right.remove(start);
        }
        right
    }

    #[test]
    fn a_bracket_before_latin_letters_goes_behind_them() {
        assert_eq!(set_right(")A/98/10 (Part I، الفصل الثالث."), "A/98/10 (Part I)، الفصل الثالث.");
        assert_eq!(set_right("انظر )A/98/10 (Part I و A/98/11"), "انظر A/98/10 (Part I) و A/98/11");
        assert_eq!(set_right("المجلد الأول ()A/98/5 (Vol. I)."), "المجلد الأول (A/98/5 (Vol. I)).");
        assert_eq!(set_right("المجلد الأول ()A/98/5."), "المجلد الأول (A/98/5).");
    }

    #[test]
    fn brackets_that_close_something_stay() {
        for text in
            ["(د-15)A/98/10 (Part I", "انظر )A/98/10 (Part I)", "( )", ")", "", "أ) A", "(A/98/10)", ")98/10 (A"]
        {
            assert_eq!(set_right(text), text);
        }
    }
}
