//! Symbols of documents as covers print them.

/// The symbol at the head of a text, and how many bytes print it: `A/RES/67/264`, `S/RES/2709 (2023)`, `A/RES/74/255 A-B`, `A/C.3/77/L.5/Rev.1`. A
/// footnote's asterisk behind it does not belong to it.
pub fn scan_symbol(text: &str) -> Option<(String, usize)> {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-');
    let mut len = text.find(|c| !word(c)).unwrap_or(text.len());
    let first = text.get(..len)?.trim_end_matches(['.', '-']);
    len = first.len();
    let (organ, rest) = first.split_once('/')?;
    let organ_like = (1..=5).contains(&organ.len()) && organ.bytes().all(|b| b.is_ascii_uppercase());
    let numbered = rest.bytes().any(|b| b.is_ascii_digit()) && !rest.ends_with('/') && !first.contains("//");
    (organ_like && numbered).then_some(())?;
    let mut symbol = first.to_owned();
    for tail in [bracketed, letters] {
        if let Some((words, more)) = text.get(len..).and_then(tail) {
            symbol.push(' ');
            symbol.push_str(words);
            len += more;
        }
    }
    Some((symbol, len))
}

/// ` (2023)` or ` (XV)`; older covers print no blank before it.
fn bracketed(text: &str) -> Option<(&str, usize)> {
    let rest = text.trim_start();
    let inner = rest.strip_prefix('(')?;
    let close = inner.find(')')?;
    let count = |c: u8| c.is_ascii_digit() || c.is_ascii_uppercase() || c == b'-';
    (close > 0 && close <= 8 && inner.get(..close)?.bytes().all(count)).then_some(())?;
    Some((rest.get(..close + 2)?, text.len() - rest.len() + close + 2))
}

/// ` A` or ` A-B`.
fn letters(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix(' ')?;
    let end = rest.find(|c: char| !(c.is_ascii_uppercase() || c == '-')).unwrap_or(rest.len());
    let words = rest.get(..end)?;
    let mut parts = words.split('-');
    let single = |part: Option<&str>| part.is_none_or(|part| part.len() == 1);
    let shaped = !words.is_empty() && single(parts.next()) && single(parts.next()) && parts.next().is_none();
    let ended = rest.get(end..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (shaped && ended).then_some((words, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, usize)>) {
        assert_eq!(scan_symbol(text), expected.map(|(symbol, len)| (symbol.to_owned(), len)), "{text}");
    }

    #[test]
    fn symbols_of_all_series_are_read() {
        for symbol in [
            "A/RES/98/301",
            "S/RES/9901 (2044)",
            "A/RES/98/255 A-B",
            "A/C.3/98/L.5/Rev.1",
            "S/PRST/2044/7",
            "E/2044/L.11",
        ] {
            check(symbol, Some((symbol, symbol.len())));
        }
        check("S/RES/9901(2044)", Some(("S/RES/9901 (2044)", 16)));
        check("A/98/L.5*", Some(("A/98/L.5", 8)));
        check("A/98/L.5 A bell", Some(("A/98/L.5 A", 10)));
    }

    #[test]
    fn what_is_no_symbol_is_refused() {
        for text in ["and/or", "A/", "A/RES/", "98/301", "HTTP//1", ""] {
            check(text, None);
        }
    }
}
