//! The numbers that a browser prints before the items of a list.

/// A number as the type of a list writes it, with the full stop behind it.
pub(crate) fn write(number: u32, kind: &str) -> String {
    let written = match kind {
        "a" => letters(number),
        "A" => letters(number).map(|letters| letters.to_uppercase()),
        "i" => roman(number),
        "I" => roman(number).map(|roman| roman.to_uppercase()),
        _ => None,
    };
    format!("{}.", written.unwrap_or_else(|| number.to_string()))
}

/// a … z, aa, ab.
fn letters(number: u32) -> Option<String> {
    let mut rest = number.checked_sub(1)?;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    Some(letters.into_iter().rev().collect())
}

fn roman(number: u32) -> Option<String> {
    const PARTS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut text = String::new();
    for (value, letters) in PARTS {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn numbers_of_lists() {
        let cases =
            [(3, "1", "3."), (28, "a", "ab."), (2, "A", "B."), (4, "i", "iv."), (9, "I", "IX."), (0, "a", "0.")];
        for (number, kind, expected) in cases {
            assert_eq!(write(number, kind), expected);
        }
    }
}
