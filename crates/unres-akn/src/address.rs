//! Addresses as XML Schema has them (`xsd:anyURI`).

/// A reference after RFC 3986. Characters that an address may not hold count as letters, as in libxml2 and in XML Schema.
pub(crate) fn is_uri(text: &str) -> bool {
    absolute(text.as_bytes()).or_else(|| relative(text.as_bytes())).is_some()
}

fn absolute(text: &[u8]) -> Option<()> {
    let length = text.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
    if !text.first()?.is_ascii_alphabetic() || text.get(length) != Some(&b':') {
        return None;
    }
    let rest = text.get(length + 1..)?;
    let rest = match rest {
        [b'/', b'/', after @ ..] => path_after_authority(after)?,
        [b'/', after @ ..] => path(segment(after, None)),
        _ => path(segment(rest, None)),
    };
    query_and_fragment(rest)
}

fn relative(text: &[u8]) -> Option<()> {
    let rest = match text {
        [b'/', b'/', after @ ..] => path_after_authority(after)?,
        [b'/', after @ ..] => path(segment(after, None)),
        _ => path(segment(text, Some(b':'))),
    };
    query_and_fragment(rest)
}

fn path_after_authority(text: &[u8]) -> Option<&[u8]> {
    let plain = |byte: u8| is_pchar(byte) && !b":@".contains(&byte);
    let user = skip(text, |byte| plain(byte) || byte == b':');
    let host = if let [b'@', after @ ..] = user { after } else { text };
    let rest = match host {
        [b'[', after @ ..] => after.get(after.iter().position(|&byte| byte == b']')? + 1..)?,
        _ => skip(host, plain),
    };
    let rest = match rest {
        [b':', port @ ..] => {
            let after = port.get(port.iter().take_while(|byte| byte.is_ascii_digit()).count()..)?;
            (after.len() < port.len()).then_some(after)?
        }
        _ => rest,
    };
    Some(path(rest))
}

/// What follows any number of `/SEGMENT`.
fn path(mut text: &[u8]) -> &[u8] {
    while let [b'/', after @ ..] = text {
        text = segment(after, None);
    }
    text
}

fn segment(text: &[u8], forbidden: Option<u8>) -> &[u8] {
    skip(text, |byte| is_pchar(byte) && Some(byte) != forbidden)
}

fn query_and_fragment(text: &[u8]) -> Option<()> {
    let rest = match text {
        [b'?', after @ ..] => skip(after, |byte| is_pchar(byte) || b"/?".contains(&byte)),
        _ => text,
    };
    let rest = match rest {
        [b'#', after @ ..] => skip(after, |byte| is_pchar(byte) || b"/?[]".contains(&byte)),
        _ => rest,
    };
    rest.is_empty().then_some(())
}

/// What follows the characters that a test takes; %41 counts as one that it always takes.
fn skip(mut text: &[u8], takes: impl Fn(u8) -> bool) -> &[u8] {
    loop {
        text = match text {
            [b'%', high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => after,
            [first, after @ ..] if takes(*first) => after,
            _ => return text,
        }
    }
}

fn is_pchar(byte: u8) -> bool {
    !matches!(byte, b'%' | b'/' | b'?' | b'#' | b'[' | b']')
}

/// A text with the marks encoded that give an address its parts, so that it is one whatever it says: the path of a relative address. Published files hold
/// subjects with addresses that are none.
pub(crate) fn as_uri(text: &str) -> String {
    const ENCODED: [(char, &str); 6] =
        [('%', "%25"), (':', "%3A"), ('@', "%40"), ('[', "%5B"), (']', "%5D"), ('#', "%23")];
    ENCODED.iter().fold(text.to_owned(), |address, (mark, code)| address.replace(*mark, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_address_becomes_one() {
        for text in ["http://x:y=", "http://[::1", "http://a@b@c/", "#a#b", "50%", "1:2", "//a:b//c?d[", "[", "a%zz%41"]
        {
            assert!(!is_uri(text), "{text}");
            let address = as_uri(text);
            assert!(is_uri(&address), "{address}");
        }
        assert_eq!(as_uri("50%/бел#1"), "50%25/бел%231");
    }
}
