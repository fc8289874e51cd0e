//! The language of a text, and the packs that are loaded once each.

use std::sync::{Arc, Mutex, PoisonError};
use unres_lang::{BUILTIN, LangPack, PackError};
use unres_source::{Diagnostic, RuleId, Sink};
use whatlang::{Detector, Lang};

const OTHER_LANGUAGE: RuleId = RuleId::new("language/no-pack");

/// How much of a text is looked at: 4 KB. On 600 characters the detector is wrong in 1 of 646 published texts, on 120 in none.
const LOOKED_AT: usize = 4096;

/// What a language goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 code.
    pub code: String,
    /// ISO 639-2/T code.
    pub iso639_2: String,
    /// ISO 639-3 code.
    pub iso639_3: String,
    /// English name.
    pub name: String,
}

impl Language {
    fn of(pack: &LangPack) -> Self {
        Self {
            code: pack.code().to_owned(),
            iso639_2: pack.iso639_2().to_owned(),
            iso639_3: pack.iso639_3().to_owned(),
            name: pack.name().to_owned(),
        }
    }

    /// Everything that `--lang` takes for it.
    pub fn names(&self) -> [&str; 4] {
        [&self.code, &self.iso639_2, &self.iso639_3, &self.name]
    }
}

/// The languages with a built-in pack.
pub fn languages() -> Vec<Language> {
    BUILTIN.iter().filter_map(|known| pack(known.code).ok()).map(|pack| Language::of(&pack)).collect()
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
    let known = |pack: &&Arc<LangPack>| {
        [pack.code(), pack.iso639_2(), pack.iso639_3(), pack.name()]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(language))
    };
    if let Some(pack) = loaded.iter().find(known) {
        return Ok(Arc::clone(pack));
    }
    let pack = Arc::new(LangPack::builtin(language)?);
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
    let known: Vec<Lang> = BUILTIN.iter().filter_map(|known| Lang::from_code(known.iso639_3)).collect();
    let among = Detector::with_allowlist(known.clone()).detect_lang(head);
    let any = Detector::new().detect(head);
    let other = any.filter(|info| info.is_reliable() && !known.contains(&info.lang()));
    if let Some(other) = &other {
        let message =
            format!("the text seems to be in {}, for which there is no language pack", other.lang().eng_name());
        sink.push(
            Diagnostic::warning(OTHER_LANGUAGE, None, message).hint("name the language with --lang if this is wrong"),
        );
    }
    let is_certain = among.is_some() && other.is_none();
    Ok(Detected { pack: pack(among.unwrap_or(Lang::Eng).code())?, is_certain })
}
