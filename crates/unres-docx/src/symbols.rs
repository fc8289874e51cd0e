//! Characters of symbol fonts. Word stores them by their place in the font, mostly at U+F000 and above.

/// The characters that occur in texts and before list items, by font, place and character.
const TABLE: &str = include_str!("../data/symbols.tsv");

/// The character at a place of a symbol font; none where the font or the place is not known.
pub(crate) fn character(font: &str, place: u32) -> Option<char> {
    let place = place & 0xff;
    let mut rows = TABLE.lines().filter(|row| !row.starts_with('#'));
    rows.find_map(|row| {
        let mut fields = row.split('\t');
        let known = fields.next()?.eq_ignore_ascii_case(font) && u32::from_str_radix(fields.next()?, 16) == Ok(place);
        known.then(|| fields.next()?.chars().next()).flatten()
    })
}

/// A text of a symbol font in characters that any font has. What the table does not know stays.
pub(crate) fn in_plain_letters(font: &str, text: &str) -> String {
    let plain = |c: char| match u32::from(c) {
        place @ 0xf020..=0xf0ff => character(font, place).or_else(|| character("Symbol", place)).unwrap_or(c),
        _ => c,
    };
    text.chars().map(plain).collect()
}
