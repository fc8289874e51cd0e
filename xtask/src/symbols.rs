//! The symbols of the shared material: whether their series are known, and whether the addresses of published links follow from them.

use crate::{shared, table};
use anyhow::Context;
use std::collections::BTreeMap;
use std::path::Path;
use unres::symbol::{Mended, Symbol, mend};

/// The least share of the uses of symbols in published links that must be of a known series.
const NAMED: f64 = 0.995;
/// The least share of published links whose address must follow from the symbol that they lead to.
const DERIVED: f64 = 0.98;

/// Measures both and prints what falls short, by cause. False when one is below its floor.
pub(crate) fn check() -> anyhow::Result<bool> {
    let shared = shared::required()?;
    let named = series(&shared)?;
    let derived = addresses(&shared)?;
    Ok(named && derived)
}

/// What is counted: all, those that are right, and the others by cause with an example each.
#[derive(Default)]
struct Tally {
    all: u64,
    right: u64,
    causes: BTreeMap<String, (u64, String)>,
}

impl Tally {
    fn right(&mut self, uses: u64) {
        self.all += uses;
        self.right += uses;
    }

    fn wrong(&mut self, uses: u64, cause: String, example: &str) {
        self.all += uses;
        self.causes.entry(cause).or_insert_with(|| (0, example.to_owned())).0 += uses;
    }

    /// Prints the share and the causes; whether the share reaches its floor.
    #[allow(clippy::cast_precision_loss)] // some hundred thousand
    fn report(&self, what: &str, floor: f64) -> bool {
        let share = self.right as f64 / self.all.max(1) as f64;
        println!("{what}: {} of {}, {:.2} % (floor {:.1} %)\n", self.right, self.all, share * 100.0, floor * 100.0);
        let mut causes: Vec<_> = self.causes.iter().collect();
        causes.sort_by_key(|(_, (uses, _))| std::cmp::Reverse(*uses));
        let row = |(cause, (uses, example)): (&String, &(u64, String))| {
            vec![cause.clone(), uses.to_string(), example.replace('|', "\\|")]
        };
        println!(
            "{}",
            table::markdown(&["cause", "uses", "example"], &causes.into_iter().map(row).collect::<Vec<_>>())
        );
        share >= floor
    }
}

/// The uses of each symbol, as the shared list counts them.
fn series(shared: &Path) -> anyhow::Result<bool> {
    let path = shared.join("lists/symbols.json");
    let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
    let symbols: Vec<(String, u64)> = serde_json::from_slice(&bytes)?;
    let mut tally = Tally::default();
    for (printed, uses) in symbols {
        match mend(&printed) {
            Some(Mended { symbol, slips }) if symbol.is_named() && slips.is_empty() => tally.right(uses),
            // What was mended is of a known series too, and is told apart in the table.
            Some(Mended { symbol, slips }) if symbol.is_named() => {
                tally.right += uses;
                tally.wrong(uses, format!("mended: {}", listed(&slips)), &printed);
            }
            Some(_) => tally.wrong(uses, "of no known series".to_owned(), &printed),
            None => tally.wrong(uses, "no symbol".to_owned(), &printed),
        }
    }
    Ok(tally.report("uses of a known series", NAMED))
}

/// The links of the published files to the document system.
fn addresses(shared: &Path) -> anyhow::Result<bool> {
    let mut tally = Tally::default();
    for path in shared::files(&shared.join("corpus/akn"), "xml")? {
        let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        for link in text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if let Some(link) = Link::of(link) {
                link.count(folder, &mut tally);
            }
        }
    }
    Ok(tally.report("addresses that follow from the symbol", DERIVED))
}

/// Whether an address that differs leads to the page that it should.
enum Page {
    Same,
    Other,
}

/// A link to the document system.
struct Link<'a> {
    /// As it stands.
    address: &'a str,
    is_new_site: bool,
    /// The letters of its language, as the sites have had them over the years; empty for none.
    language: &'a str,
    /// What stands behind them.
    path: &'a str,
}

impl<'a> Link<'a> {
    /// None for an address of another site.
    fn of(address: &'a str) -> Option<Self> {
        let rest = address.trim().strip_prefix("https://").or_else(|| address.trim().strip_prefix("http://"))?;
        let (host, path) = rest.split_once('/')?;
        let is_new_site = match host.strip_prefix("www.").unwrap_or(host) {
            "undocs.org" => false,
            "docs.un.org" => true,
            _ => return None,
        };
        let path = path.trim_start_matches('/');
        let language = path.split_once('/').filter(|(first, _)| LANGUAGES.iter().any(|(_, of)| of.contains(first)));
        let (language, path) = language.unwrap_or(("", path));
        Some(Self { address, is_new_site, language, path })
    }

    fn count(&self, folder: &str, tally: &mut Tally) {
        match self.differs(folder) {
            None => tally.right(1),
            Some((Page::Same, cause)) => {
                tally.right += 1;
                tally.wrong(1, format!("same page: {cause}"), self.address);
            }
            Some((Page::Other, cause)) => tally.wrong(1, cause, self.address),
        }
    }

    /// Why the address is not, letter by letter, the one that follows from its symbol and the language of its file.
    fn differs(&self, folder: &str) -> Option<(Page, String)> {
        let other = |cause: &str| Some((Page::Other, cause.to_owned()));
        let Some(Mended { symbol, slips }) = mend(&unescaped(self.path)) else { return other("no symbol") };
        let Some((iso, letters)) = LANGUAGES.iter().find(|(_, letters)| letters.contains(&folder)) else {
            return other("a file of no known language");
        };
        let derived = self.derived(&symbol, iso);
        // ch and zh, sp and es lead to the same page.
        let here = if letters.contains(&self.language) { letters[0] } else { self.language };
        let site = if self.is_new_site { "https://docs.un.org" } else { "https://undocs.org" };
        let given = |path: &str| format!("{site}/{here}/{path}");
        // The sites tell neither blanks nor the case of letters apart.
        let solid: String = unescaped(self.path).split_whitespace().collect();
        match () {
            () if given(self.path) == derived => None,
            () if given(&solid) == derived => Some((Page::Same, "blanks".to_owned())),
            () if given(&solid).eq_ignore_ascii_case(&derived) => Some((Page::Same, "case of letters".to_owned())),
            () if self.language.is_empty() => other("names no language"),
            () if !letters.contains(&self.language) => other("leads to another language"),
            () if !slips.is_empty() => Some((Page::Other, format!("slip: {}", listed(&slips)))),
            () if !symbol.is_named() => other("of no known series"),
            () if symbol.is_joint() => other("a joint symbol, filed under its first"),
            () => other("printed in another way"),
        }
    }

    fn derived(&self, symbol: &Symbol, language: &str) -> String {
        if self.is_new_site { symbol.docs_un_url(Some(language)) } else { symbol.undocs_url(Some(language)) }
    }
}

/// The languages by ISO 639-2/T, with the letters that the sites have had for them, those in use now first.
const LANGUAGES: [(&str, &[&str]); 6] = [
    ("ara", &["ar"]),
    ("zho", &["zh", "ch"]),
    ("eng", &["en"]),
    ("fra", &["fr"]),
    ("rus", &["ru"]),
    ("spa", &["es", "sp"]),
];

fn listed<T: ToString>(slips: &[T]) -> String {
    slips.iter().map(T::to_string).collect::<Vec<_>>().join("; ")
}

fn unescaped(path: &str) -> String {
    path.replace("&amp;", "&").replace("%20", " ")
}
