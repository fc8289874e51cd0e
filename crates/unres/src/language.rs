//! The language of a text, or the two languages of one, and the packs that are loaded once each.

use std::sync::{Arc, Mutex, PoisonError};
use unres_lang::{BUILTIN, Builtin as Language, LangPack, PackError, is_wide};
use unres_parse::OTHER_LANGUAGE;
use unres_source::{Diagnostic, RuleId, Sink, Source};
use whatlang::{Detector, Info, Lang};

const NO_PACK: RuleId = RuleId::new("language/no-pack");

/// The findings about languages that are not those of the parser.
pub(crate) const FINDINGS: &[RuleId] = &[NO_PACK];

/// How much of a text is looked at: 2 KB. On 600 characters the detector is wrong in 1 of 646 published texts, on 120 in none.
const LOOKED_AT: usize = 2048;

/// The languages with a built-in pack.
pub fn languages() -> &'static [Language] {
    BUILTIN
}

/// Loads each built-in pack, which checks it; by code.
pub fn check_packs() -> Vec<(&'static str, Result<(), PackError>)> {
    let check = |toml: &str| {
        let pack = LangPack::from_toml(toml)?;
        match Lang::from_code(pack.iso639_3()) {
            Some(_) => Ok(()),
            None => Err(PackError::Inconsistent {
                pack: pack.code().to_owned(),
                message: format!("language detection knows no language {:?}", pack.iso639_3()),
            }),
        }
    };
    BUILTIN.iter().map(|known| (known.code, check(known.toml))).collect()
}

/// The built-in pack of a language, loaded at first use.
pub(crate) fn pack(language: &str) -> Result<Arc<LangPack>, PackError> {
    static LOADED: Mutex<Vec<Arc<LangPack>>> = Mutex::new(Vec::new());
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    let known = Language::of(language).ok_or_else(|| PackError::Unknown(language.to_owned()))?;
    if let Some(pack) = loaded.iter().find(|pack| pack.code() == known.code) {
        return Ok(Arc::clone(pack));
    }
    let pack = Arc::new(LangPack::from_toml(known.toml)?);
    loaded.push(Arc::clone(&pack));
    Ok(pack)
}

/// The pack for a text, and whether its language is certain enough to be stated.
pub(crate) struct Detected {
    pub(crate) pack: Arc<LangPack>,
    pub(crate) is_certain: bool,
}

/// Finds the language of a text among those with a pack.
pub(crate) fn detect(text: &str, sink: &mut dyn Sink) -> Result<Detected, PackError> {
    let end = (0..=LOOKED_AT.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let head = text.get(..end).unwrap_or_default();
    let known = known();
    let any = Detector::new().detect(head);
    let is_known = |lang: &Lang| known.contains(lang);
    // The most likely of all is the most likely of the known ones, if it is one of them.
    let most_likely = any.as_ref().map(Info::lang).filter(is_known);
    // A script of one language is given as that language, whatever the list.
    let in_list = || Detector::with_allowlist(known.clone()).detect_lang(head).filter(is_known);
    let among = most_likely.or_else(in_list);
    let other = any.filter(|info| info.is_reliable() && !known.contains(&info.lang()));
    if let Some(other) = &other {
        let message =
            format!("the text seems to be in {}, for which there is no language pack", other.lang().eng_name());
        sink.push(Diagnostic::warning(NO_PACK, None, message).hint("name the language with --lang if this is wrong"));
    }
    let is_certain = among.is_some() && other.is_none();
    Ok(Detected { pack: pack(among.unwrap_or(Lang::Eng).code())?, is_certain })
}

fn known() -> Vec<Lang> {
    BUILTIN.iter().filter_map(|known| Lang::from_code(known.iso639_3)).collect()
}

/// A text that prints two of the languages with a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The language that is read.
    pub(crate) read: Lang,
    /// The one that is left out.
    pub(crate) other: Lang,
}

impl Pair {
    /// Looks at a few lines all over the text for a second language beside `main`, since looking at all would cost more than parsing
    /// them.
    pub(crate) fn of(source: &Source, main: &LangPack) -> Option<Self> {
        const SAMPLES: usize = 12;
        const NEIGHBOURS: usize = 6;
        let read = Lang::from_code(main.iso639_3())?;
        let lines = source.lines();
        let detector = Detector::with_allowlist(known());
        let other = |sample: usize| {
            let near = lines.iter().skip(sample * lines.len() / SAMPLES).take(NEIGHBOURS);
            let longest = near.max_by_key(|line| line.span.range().len())?;
            let text = beginning(source.slice(longest.span));
            let found = detector.detect(text).filter(|found| found.is_reliable() && is_telling(text))?;
            Some(found.lang()).filter(|found| *found != read)
        };
        let others: Vec<Lang> = (0..SAMPLES).filter_map(other).collect();
        let twice = |lang: &&Lang| others.iter().filter(|known| known == lang).count() > 1;
        others.iter().find(twice).map(|other| Self { read, other: *other })
    }

    /// The same pair with the larger language as the one that is read.
    pub(crate) fn larger_first(self, source: &Source) -> Self {
        let (mut read, mut other) = (0, 0);
        for text in source.lines().iter().map(|line| source.slice(line.span)) {
            match self.tell(text) {
                Some(lang) if lang == self.read => read += text.len(),
                Some(_) => other += text.len(),
                None => {}
            }
        }
        if other > read { Self { read: self.other, other: self.read } } else { self }
    }

    /// Which of the two a text is in, when it is long enough to tell.
    fn tell(self, text: &str) -> Option<Lang> {
        is_telling(text).then(|| self.guess(text)).flatten()
    }

    fn guess(self, text: &str) -> Option<Lang> {
        Detector::with_allowlist(vec![self.read, self.other]).detect_lang(beginning(text))
    }

    /// Which paragraphs are in the other language. One that is too short to tell is what those before and after it are, where they
    /// agree. Less than a tenth of a text in the other language is a quotation, not a second language.
    pub(crate) fn others(self, paragraphs: &[&str]) -> Vec<bool> {
        let told: Vec<Option<Lang>> = paragraphs.iter().map(|text| self.tell(text)).collect();
        let mut after = vec![None; told.len()];
        for index in (1..told.len()).rev() {
            after[index - 1] = told[index].or(after[index]);
        }
        let mut before = None;
        let mut others = Vec::with_capacity(told.len());
        for ((text, lang), after) in paragraphs.iter().zip(&told).zip(after) {
            let short = || if before == after { before } else { self.guess(text) };
            others.push(lang.or_else(short) == Some(self.other));
            before = lang.or(before);
        }
        let all: usize = paragraphs.iter().map(|text| text.len()).sum();
        let left_out = paragraphs.iter().zip(&others).filter(|(_, other)| **other).map(|(text, _)| text.len());
        if left_out.sum::<usize>() * 10 < all { vec![false; paragraphs.len()] } else { others }
    }

    /// The warning that paragraphs in the other language are unplaced.
    pub(crate) fn left_out(self, paragraphs: usize) -> Diagnostic {
        let (read, other) = (self.read.eng_name(), self.other.eng_name());
        let message = format!(
            "the text is in two languages; {read} is read, and {paragraphs} paragraphs in {other} are unplaced"
        );
        Diagnostic::warning(OTHER_LANGUAGE, None, message).hint("name the other with --lang to read that")
    }
}

/// Whether a text is long enough to tell its language: forty letters, or ten of a script without blanks.
fn is_telling(text: &str) -> bool {
    let weight = |c: char| if is_wide(c) { 4 } else { usize::from(c.is_alphabetic()) };
    text.chars().map(weight).sum::<usize>() >= 40
}

/// As much of a text as tells its language. Detection costs more than all other work on the same bytes.
fn beginning(text: &str) -> &str {
    const ENOUGH: usize = 240;
    let end = (0..=ENOUGH.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIR: Pair = Pair { read: Lang::Eng, other: Lang::Fra };
    const ENGLISH: &str = "Recalling its earlier resolutions on the bells that stand in the water near the harbour,";
    const FRENCH: &str = "Rappelant ses résolutions antérieures sur les cloches qui se trouvent dans l’eau du port,";

    fn check(paragraphs: &[&str], expected: &[bool]) {
        assert_eq!(PAIR.others(paragraphs), expected, "{paragraphs:?}");
    }

    #[test]
    fn a_short_paragraph_is_in_the_language_round_it() {
        check(&[ENGLISH, FRENCH, "I", FRENCH, ENGLISH], &[false, true, true, true, false]);
        check(&[ENGLISH, "II", ENGLISH, FRENCH], &[false, false, false, true]);
    }

    #[test]
    fn a_text_in_no_known_language_is_read_with_a_warning() {
        for text in ["በ", "ქალაქი", "12", ""] {
            let mut findings: Vec<Diagnostic> = Vec::new();
            let detected = detect(text, &mut findings).expect("a pack");
            assert!(!detected.is_certain && detected.pack.code() == "en", "{text}: {findings:?}");
        }
    }

    #[test]
    fn a_quotation_is_no_second_language() {
        let mut paragraphs = vec![ENGLISH; 20];
        paragraphs[7] = FRENCH;
        check(&paragraphs, &[false; 20]);
    }
}
