//! Addresses of the web in running text, with and without their scheme.

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter};
use std::ops::Range;
use std::sync::LazyLock;

/// An address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) range: Range<usize>,
    /// As it is printed, with a scheme before it.
    pub(super) url: String,
}

/// What an address may begin with. The printed one may have no scheme; then it is the usual one of today.
const SCHEMES: [&str; 2] = ["https://", "http://"];
/// The first label of a host that is known by it alone.
const WWW: &str = "www.";
static FIND_WWW: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(WWW));

/// Whether it is worth while to look for addresses.
pub(super) fn may_hold(text: &str) -> bool {
    memchr(b'/', text.as_bytes()).is_some() || FIND_WWW.find(text.as_bytes()).is_some()
}

/// The addresses of a text, in order and apart from each other.
pub(super) fn addresses(text: &str) -> Vec<Address> {
    let mut found: Vec<Address> = Vec::new();
    let slashes = memchr_iter(b'/', text.as_bytes()).map(|at| host_before(text, at));
    let hosts = FIND_WWW.find_iter(text.as_bytes()).map(Some);
    let mut starts: Vec<usize> = slashes.chain(hosts).flatten().collect();
    starts.sort_unstable();
    for start in starts {
        if found.last().is_some_and(|last| start < last.range.end) || !begins(text, start) {
            continue;
        }
        found.extend(address_at(text, start));
    }
    found
}

/// Where the host, or the scheme, begins that a slash ends.
fn host_before(text: &str, slash: usize) -> Option<usize> {
    let before = text.get(..slash)?;
    let behind = text.get(slash..)?;
    if behind.starts_with("//") {
        let scheme =
            SCHEMES.iter().find_map(|scheme| scheme.strip_suffix("//").filter(|name| before.ends_with(name)))?;
        return Some(slash - scheme.len());
    }
    let host = before.len() - before.bytes().rev().take_while(|byte| in_host(*byte)).count();
    (host < slash).then_some(host)
}

/// Whether no word runs into it, and no address of mail.
fn begins(text: &str, start: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '@' | '/' | '_' | '\\'))
}

/// The address that begins there, if what stands there has the form of one.
fn address_at(text: &str, start: usize) -> Option<Address> {
    let rest = text.get(start..)?;
    let scheme = SCHEMES.iter().find(|scheme| rest.starts_with(**scheme)).map_or(0, |scheme| scheme.len());
    let behind = rest.get(scheme..)?;
    let host = behind.get(..behind.bytes().take_while(|byte| in_host(*byte)).count())?.trim_end_matches(['.', '-']);
    if !is_host(host) {
        return None;
    }
    let len = scheme + host.len() + path_len(behind.get(host.len()..)?);
    let printed = rest.get(..len)?;
    let solid = printed.replace(' ', "");
    let url = if scheme > 0 { solid } else { format!("{}{solid}", SCHEMES.first()?) };
    Some(Address { range: start..start + len, url })
}

/// Capitals stand in symbols, and in no host as it is printed.
fn in_host(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-')
}

/// Whether labels with points between them end in one of letters: `www.un.org`, and neither `i.e` nor `no.12`.
fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let last = labels.last().copied().unwrap_or_default();
    let ends = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_lowercase());
    labels.len() >= 2
        && ends
        && labels.iter().all(is_label)
        && labels.iter().rev().skip(1).any(|label| label.len() >= 2)
}

/// Bytes of the path behind a host. Marks at its end are those of the sentence.
fn path_len(text: &str) -> usize {
    if !text.starts_with(['/', ':', '?', '#']) {
        return 0;
    }
    let mut len = piece_len(text);
    while let Some(more) = text.get(len..).and_then(|rest| continued(text.get(..len)?, rest)) {
        len += more;
    }
    let mut path = text.get(..len).unwrap_or_default();
    while ends_in_mark(path) {
        path = path.get(..path.len() - 1).unwrap_or_default();
    }
    path.len()
}

/// Bytes up to what stands in no path.
fn piece_len(text: &str) -> usize {
    let in_path = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}');
    text.find(|c| !in_path(c)).unwrap_or(text.len())
}

/// Bytes by which a path goes on behind the blank that a break of lines left in it: lines break behind a slash or hyphen, and what follows is no word
/// of a sentence.
fn continued(path: &str, rest: &str) -> Option<usize> {
    let next = rest.strip_prefix(' ').filter(|_| path.ends_with(['/', '-']))?;
    let piece = next.get(..piece_len(next))?;
    let inside = piece.trim_end_matches(['.', ',', ';', ')', '-']);
    let is_path = inside.starts_with(|c: char| c.is_ascii_alphanumeric()) && inside.contains(['-', '/', '_', '=', '%']);
    let is_address = SCHEMES.iter().any(|scheme| piece.starts_with(scheme)) || piece.starts_with(WWW);
    // Symbols have their slashes too.
    (is_path && !is_address && !inside.starts_with(|c: char| c.is_ascii_uppercase())).then_some(1 + piece.len())
}

fn ends_in_mark(path: &str) -> bool {
    let lacks = |open: char, close: char| path.matches(open).count() < path.matches(close).count();
    match path.chars().next_back() {
        Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '#') => true,
        Some(')') => lacks('(', ')'),
        Some(']') => lacks('[', ']'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = addresses(text);
        let printed: Vec<&str> = found.iter().filter_map(|address| text.get(address.range.clone())).collect();
        assert_eq!(printed, expected, "{text}");
        assert!(found.iter().all(|address| address.url.starts_with("http")));
    }

    #[test]
    fn addresses_have_a_scheme_a_first_label_or_a_path() {
        check("see https://bells.example/tower.", &["https://bells.example/tower"]);
        check("(www.bells.example).", &["www.bells.example"]);
        check("可查阅bells.example/2044/towers。", &["bells.example/2044/towers"]);
        check(
            "http://a.bells.example/x_(y) and bells.example/z)",
            &["http://a.bells.example/x_(y)", "bells.example/z"],
        );
        check("www.bells.example/a/b?c=d, www.towers.example", &["www.bells.example/a/b?c=d", "www.towers.example"]);
    }

    #[test]
    fn a_path_goes_on_behind_a_broken_line() {
        let broken = "bells.example/towers/ the-tall-towers-of-2044";
        check(&format!("see {broken}."), &[broken]);
        assert_eq!(addresses(broken)[0].url, "https://bells.example/towers/the-tall-towers-of-2044");
        check("bells.example/towers/ and more", &["bells.example/towers/"]);
        check("bells.example/towers/ A/98/6", &["bells.example/towers/"]);
        check("bells.example/a and www.bells.example/b-c", &["bells.example/a", "www.bells.example/b-c"]);
    }

    #[test]
    fn other_slashes_are_none() {
        for text in [
            "and/or",
            "A/98/6 (Sect. 3)/Add.2",
            "i.e./e.g.",
            "no.12/98",
            "97/4",
            "mail@bells.example/x",
            "/",
            "https://",
        ] {
            check(text, &[]);
        }
    }
}
