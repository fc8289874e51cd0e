//! How numbers are written: the formats of Word, those of a script from a table.

/// The formats that are written with the symbols of a script.
const TABLE: &str = include_str!("../data/number-formats.tsv");
/// A letter more often repeated than this is no number that anyone reads; digits stand for it.
const MOST_REPEATED: usize = 30;
/// Roman numbers beyond are rows of M.
const MOST_ROMAN: u32 = 3999;

/// A number as a format writes it, and whether the format is one that is known. One that is not is written in digits.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) is_known: bool,
}

/// Writes a number in a format, by its name in the file. `pattern` is that of the format `custom`: `001, 002, 003, ...`.
pub(crate) fn write(number: u32, format: &str, pattern: Option<&str>) -> Written {
    let text = match format {
        "decimal" | "decimalHalfWidth" => Some(number.to_string()),
        "none" | "bullet" => Some(String::new()),
        "decimalZero" => Some(format!("{number:02}")),
        "numberInDash" => Some(format!("- {number} -")),
        "hex" => Some(format!("{number:X}")),
        "lowerRoman" => Some(roman(number).to_lowercase()),
        "upperRoman" => Some(roman(number)),
        "custom" => pattern.and_then(|pattern| padded(number, pattern)),
        _ => in_script(number, format),
    };
    Written { is_known: text.is_some(), text: text.unwrap_or_else(|| number.to_string()) }
}

/// As many digits as the first number of the pattern has.
fn padded(number: u32, pattern: &str) -> Option<String> {
    let first = pattern.split(',').next()?.trim();
    let width = first.len();
    let zeros = (1..=12).contains(&width) && first.bytes().all(|b| b.is_ascii_digit());
    zeros.then(|| format!("{number:0width$}"))
}

fn roman(number: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=MOST_ROMAN).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, letters) in PARTS {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    text
}

fn in_script(number: u32, format: &str) -> Option<String> {
    let row = TABLE.lines().find(|row| row.split('\t').next() == Some(format))?;
    let mut fields = row.split('\t').skip(1);
    let (system, symbols) = (fields.next()?, fields.next()?.split(' ').collect::<Vec<&str>>());
    let written = match system {
        "repeat" => repeated(number, &symbols),
        "list" => {
            (number as usize).checked_sub(1).and_then(|index| symbols.get(index)).map(|&symbol| symbol.to_owned())
        }
        "tens" if number < 100 => counted(number, &symbols, OneBeforeTen::Never),
        "tens" | "digits" => Some(in_digits(number, &symbols)),
        "counting" => counted(number, &symbols, OneBeforeTen::NotFirst),
        _ => counted(number, &symbols, OneBeforeTen::Always),
    };
    Some(written.unwrap_or_else(|| number.to_string()))
}

fn repeated(number: u32, symbols: &[&str]) -> Option<String> {
    let index = (number as usize).checked_sub(1)?;
    let times = index / symbols.len() + 1;
    (times <= MOST_REPEATED).then(|| symbols.get(index % symbols.len()).map(|symbol| symbol.repeat(times))).flatten()
}

fn in_digits(number: u32, symbols: &[&str]) -> String {
    let digit = |digit: u8| symbols.get(usize::from(digit - b'0')).copied().unwrap_or_default();
    number.to_string().bytes().map(digit).collect()
}

/// Whether the digit one is written before the word for ten.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OneBeforeTen {
    Never,
    NotFirst,
    Always,
}

/// Digits with the words for their places; a zero stands once for any places left out between digits.
fn counted(number: u32, symbols: &[&str], one: OneBeforeTen) -> Option<String> {
    let symbol = |index: usize| symbols.get(index).copied();
    if number == 0 {
        return symbol(0).map(str::to_owned);
    }
    let digits = number.to_string();
    let mut text = String::new();
    let mut zeros = false;
    for (index, byte) in digits.bytes().enumerate() {
        let (digit, place) = (usize::from(byte - b'0'), digits.len() - 1 - index);
        if digit == 0 {
            zeros = true;
            continue;
        }
        if std::mem::take(&mut zeros) {
            text.push_str(symbol(0)?);
        }
        let silent = place == 1 && digit == 1 && one != OneBeforeTen::Always && text.is_empty();
        if !silent {
            text.push_str(symbol(digit)?);
        }
        if place > 0 {
            text.push_str(symbol(9 + place)?);
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: &str, expected: &[(u32, &str)]) {
        for (number, text) in expected {
            let written = write(*number, format, None);
            assert_eq!((written.text.as_str(), written.is_known), (*text, true), "{number} as {format}");
        }
    }

    #[test]
    fn formats_of_latin_script() {
        check("decimal", &[(1, "1"), (120, "120")]);
        check("decimalZero", &[(1, "01"), (10, "10")]);
        check("lowerLetter", &[(1, "a"), (26, "z"), (27, "aa"), (54, "bbb")]);
        check("upperLetter", &[(2, "B"), (28, "BB")]);
        check("lowerRoman", &[(4, "iv"), (49, "xlix"), (0, "0")]);
        check("upperRoman", &[(1999, "MCMXCIX"), (4000, "4000")]);
        check("numberInDash", &[(3, "- 3 -")]);
        check("chicago", &[(1, "*"), (6, "††")]);
        check("hex", &[(26, "1A")]);
        check("bullet", &[(3, "")]);
    }

    #[test]
    fn formats_of_other_scripts() {
        check("russianLower", &[(1, "а"), (10, "к"), (29, "я"), (30, "аа")]);
        check("russianUpper", &[(28, "Ю")]);
        check("arabicAlpha", &[(1, "أ"), (3, "ت")]);
        check("arabicAbjad", &[(3, "ج"), (28, "غ"), (29, "أأ")]);
        check("hindiNumbers", &[(12, "١٢")]);
        check("chineseCounting", &[(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (101, "一○一")]);
        check("chineseCountingThousand", &[(12, "十二"), (110, "一百一十"), (205, "二百〇五"), (1001, "一千〇一")]);
        check("chineseLegalSimplified", &[(1, "壹"), (10, "壹拾"), (21, "贰拾壹")]);
        check("ideographDigital", &[(10, "一〇")]);
        check("ideographTraditional", &[(2, "乙"), (11, "11")]);
        check("decimalEnclosedCircle", &[(20, "⑳"), (21, "21")]);
        check("decimalFullWidth", &[(10, "１０")]);
    }

    #[test]
    fn a_pattern_sets_the_width_and_an_unknown_format_is_said_to_be_so() {
        assert_eq!(write(7, "custom", Some("001, 002, 003, ...")).text, "007");
        let unknown = write(7, "thaiLetters", None);
        assert_eq!((unknown.text.as_str(), unknown.is_known), ("7", false));
        assert_eq!(write(u32::MAX, "lowerLetter", None).text, u32::MAX.to_string());
    }
}
