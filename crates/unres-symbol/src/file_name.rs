//! What the name of a file says of the resolution or decision in it.

use crate::{DocumentNumber, NumberedKind, Organ, Symbol};

impl Symbol {
    /// The symbol of a resolution or decision that a file is named after, whatever stands behind it: `A_RES_98_301_ar.txt`,
    /// `S_RES_9901(2044)-E.pdf`, `A_RES_98_301-4412345E.xml`. Of the 18,857 published files four are named after another symbol than they print.
    ///
    /// The letters of several parts are read (`A_RES_98_12_A-B`). That of one is where the language stands behind it (`A_RES_98_12_B_ru.txt`); else it
    /// may itself name the language (`A_RES_98_12_E.pdf`).
    pub fn of_file_name(name: &str) -> Option<Self> {
        let kinds = [NumberedKind::Resolution, NumberedKind::Decision];
        Organ::ALL.into_iter().flat_map(|organ| kinds.map(|kind| (organ, kind))).find_map(|(organ, kind)| {
            let series = format!("{}/{}/", organ.symbol_prefix(), kind.code()).replace('/', "_");
            let number = number(organ, name.strip_prefix(&series)?)?;
            Some(Self::of_number(organ, kind, &number))
        })
    }
}

/// The number at the head of the rest of a name.
fn number(organ: Organ, rest: &str) -> Option<DocumentNumber> {
    let cut = rest.find(['_', '('])?;
    let (first, rest) = rest.split_at(cut);
    let bracketed = rest.starts_with('(');
    let rest = rest.get(1..)?;
    let len = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (second, behind) = rest.split_at(len);
    let by_year = bracketed || organ == Organ::SecurityCouncil;
    let printed = if by_year { format!("{first} ({second})") } else { format!("{first}/{second}") };
    let number = DocumentNumber::parse_any(&printed)?;
    let parts = behind.strip_prefix('_').and_then(|behind| parts(behind).or_else(|| part(behind)));
    Some(parts.map_or_else(|| number.clone(), |parts| number.with_parts(parts)))
}

/// The letters of a range of parts: `A-B`.
fn parts(text: &str) -> Option<&str> {
    let letters = text.get(..3).filter(|letters| letters.as_bytes()[1] == b'-')?;
    let [first, _, last] = letters.as_bytes() else { return None };
    let ends = !text.get(3..)?.starts_with(|c: char| c.is_ascii_alphanumeric());
    (first.is_ascii_uppercase() && last.is_ascii_uppercase() && first < last && ends).then_some(letters)
}

/// The letter of one part, before the code of a language: `B_ru`.
fn part(text: &str) -> Option<&str> {
    let (letter, behind) = text.split_once('_')?;
    let len = behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len());
    let is_language = len == 2 && behind.bytes().take(len).all(|byte| byte.is_ascii_lowercase());
    (matches!(letter.as_bytes(), [b'A'..=b'Z']) && is_language).then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_symbols() {
        let named = |name: &str| Symbol::of_file_name(name).map(|symbol| symbol.to_string()).unwrap_or_default();
        assert_eq!(named("A_RES_98_301.pdf"), "A/RES/98/301");
        assert_eq!(named("A_RES_98_301-4412345E.xml"), "A/RES/98/301");
        assert_eq!(named("A_RES_98_12_A-B_ar.txt"), "A/RES/98/12 A-B");
        assert_eq!(named("A_RES_98_12_B_ru.seed.txt"), "A/RES/98/12 B");
        assert_eq!(named("A_RES_98_12_E.pdf"), "A/RES/98/12");
        assert_eq!(named("A_RES_98_12_E_2.pdf"), "A/RES/98/12");
        assert_eq!(named("A_RES_98_12_BC_ru.pdf"), "A/RES/98/12");
        assert_eq!(named("A_RES_ES-18_2_zh"), "A/RES/ES-18/2");
        assert_eq!(named("A_DEC_98_507_fr.docx"), "A/DEC/98/507");
        assert_eq!(named("S_RES_9901_2044_ru.seed.txt"), "S/RES/9901 (2044)");
        assert_eq!(named("S_RES_9901(2044)-E.pdf"), "S/RES/9901 (2044)");
        assert_eq!(named("E_RES_2044_18.txt"), "E/RES/2044/18");
        assert_eq!(named("A_HRC_RES_98_4.docx"), "A/HRC/RES/98/4");
    }

    #[test]
    fn other_names_say_nothing() {
        for name in [
            "",
            "x.txt",
            "A_RES_98.txt",
            "A_RES_draft_2.txt",
            "S_2044_506.xml",
            "N4412345.pdf",
            "A_RES_(2)",
            "-",
            "A_RES_9_é_ -",
        ] {
            assert_eq!(Symbol::of_file_name(name), None, "{name}");
        }
    }
}
