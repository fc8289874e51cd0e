//! Addresses of documents: on the web, and as works of Akoma Ntoso.

use crate::{Symbol, SymbolKind};
use jiff::civil::Date;

/// The site that shows a document by its symbol.
const SITE: &str = "https://undocs.org";
/// The site that took over from it.
const NEW_SITE: &str = "https://docs.un.org";

/// Letters of languages by ISO 639-2/T code, as the sites have them.
const LANGUAGES: [(&str, &str); 7] =
    [("ara", "ar"), ("zho", "zh"), ("eng", "en"), ("fra", "fr"), ("rus", "ru"), ("spa", "es"), ("deu", "ot")];

/// The letters that the document sites have for a language (ISO 639-2/T).
pub fn site_language(iso639_2: &str) -> Option<&'static str> {
    LANGUAGES.into_iter().find(|(code, _)| *code == iso639_2).map(|(_, letters)| letters)
}

impl Symbol {
    /// The address of the document, in a language (ISO 639-2/T) if the sites have it. A joint document is filed under its first symbol.
    pub fn undocs_url(&self, iso639_2: Option<&str>) -> String {
        self.url(SITE, iso639_2)
    }

    /// The same on the newer site.
    pub fn docs_un_url(&self, iso639_2: Option<&str>) -> String {
        self.url(NEW_SITE, iso639_2)
    }

    fn url(&self, site: &str, iso639_2: Option<&str>) -> String {
        let symbol = self.first().compact();
        match iso639_2.and_then(site_language) {
            Some(language) => format!("{site}/{language}/{symbol}"),
            None => format!("{site}/{symbol}"),
        }
    }

    /// The symbol that an address of one of these sites leads to; none for other addresses.
    pub fn of_url(url: &str) -> Option<Self> {
        let rest = url.trim().strip_prefix("https://").or_else(|| url.trim().strip_prefix("http://"))?;
        let (host, path) = rest.split_once('/')?;
        let host = host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase();
        ["undocs.org", "docs.un.org"].contains(&host.as_str()).then_some(())?;
        let path = path.trim_start_matches('/');
        let letters = |path: &'_ str| path.len() == 2 && path.bytes().all(|byte| byte.is_ascii_lowercase());
        let symbol = path.split_once('/').filter(|(first, _)| letters(first)).map_or(path, |(_, symbol)| symbol);
        let symbol = decoded(symbol);
        crate::mend(&symbol).map(|mended| mended.symbol)
    }

    /// The work IRI of a resolution or decision of a known date.
    pub fn adopted_work(&self, date: Date) -> Option<String> {
        let single = self.first();
        let (_, number) = single.number()?;
        let actor = single.actor()?;
        Some(format!("/akn/un/statement/deliberation/{actor}/{date}/{}", number.iri_number()))
    }

    /// The IRI of the publication, for a document of which no more is known than its symbol: with the year if the symbol names it, and without a date
    /// otherwise.
    pub fn publication(&self) -> String {
        let actor = self.first().actor().unwrap_or_else(|| "un".to_owned());
        let number = clean(&self.to_string());
        match self.year().filter(|_| self.first().kind() != SymbolKind::Resolution || self.first().number().is_some()) {
            Some(year) => format!("/akn/un/documentCollection/publication/{actor}/{year}/{number}"),
            None => format!("/akn/un/documentCollection/publication/{actor}/{number}"),
        }
    }
}

/// A symbol as an IRI can hold it: `/` becomes `-`, blanks `_`.
fn clean(symbol: &str) -> String {
    symbol
        .chars()
        .filter(|c| !matches!(c, '(' | ')'))
        .map(|c| match c {
            '/' => '-',
            ' ' => '_',
            other => other,
        })
        .collect()
}

/// `%20` → blank and the like, for bytes of ASCII.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let byte = after.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok()).filter(u8::is_ascii);
        out.push(byte.map_or('%', char::from));
        rest = byte.and_then(|_| after.get(2..)).unwrap_or(after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(text: &str) -> Symbol {
        Symbol::parse(text).expect(text)
    }

    #[test]
    fn addresses_follow_from_symbols() {
        let url = |text| symbol(text).undocs_url(Some("fra"));
        assert_eq!(url("A/RES/98/264"), "https://undocs.org/fr/A/RES/98/264");
        assert_eq!(url("A/RES/98/263 B"), "https://undocs.org/fr/A/RES/98/263B");
        assert_eq!(url("A/RES/217 A (III)"), "https://undocs.org/fr/A/RES/217(III)");
        assert_eq!(url("A/98/6 (Sect. 3)/Add.5"), "https://undocs.org/fr/A/98/6(Sect.3)/Add.5");
        assert_eq!(url("A/98/280-S/2044/614"), "https://undocs.org/fr/A/98/280");
        assert_eq!(symbol("S/2044/7").docs_un_url(Some("zho")), "https://docs.un.org/zh/S/2044/7");
        assert_eq!(symbol("S/2044/7").undocs_url(Some("tlh")), "https://undocs.org/S/2044/7");
    }

    #[test]
    fn addresses_lead_back_to_symbols() {
        let of = |url: &str| Symbol::of_url(url).map(|symbol| symbol.to_string());
        assert_eq!(of("https://undocs.org/en/A/RES/98/264").as_deref(), Some("A/RES/98/264"));
        assert_eq!(of("http://undocs.org/S/RES/9901(2044)").as_deref(), Some("S/RES/9901 (2044)"));
        assert_eq!(of("https://docs.un.org/zh/A/RES/1514%20(XV)").as_deref(), Some("A/RES/1514 (XV)"));
        assert_eq!(of("https://undocs.org/ch/A/RES/98/255a-b").as_deref(), Some("A/RES/98/255 A-B"));
        assert_eq!(of("https://example.org/en/A/RES/98/264"), None);
    }

    #[test]
    fn works_have_iris() {
        let date = Date::constant(2044, 5, 17);
        let work = |text| symbol(text).adopted_work(date);
        assert_eq!(work("A/RES/98/264").as_deref(), Some("/akn/un/statement/deliberation/un-ga/2044-05-17/98-264"));
        assert_eq!(
            work("S/RES/9901 (2044)").as_deref(),
            Some("/akn/un/statement/deliberation/un-sc/2044-05-17/9901-2044")
        );
        assert_eq!(work("A/98/77"), None);
        let publication = |text| symbol(text).publication();
        let base = "/akn/un/documentCollection/publication";
        assert_eq!(publication("A/98/280-S/2044/614"), format!("{base}/un-ga/2044/A-98-280-S-2044-614"));
        assert_eq!(publication("A/98/77"), format!("{base}/un-ga/A-98-77"));
        assert_eq!(publication("A/C.3/98/L.5"), format!("{base}/un-ga-c3/A-C.3-98-L.5"));
    }
}
