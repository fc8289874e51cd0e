//! The accuracy of converted documents: measures by language, series and side of the split, and the paragraphs that cost most.

use crate::{shared, table};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The measures shown and held to their floors, by their name in the scorer's output.
pub(crate) const MEASURES: [(&str, &str); 10] = [
    ("paragraph_f1", "paragraph F1"),
    ("paragraph_f1_pooled", "pooled"),
    ("label", "number"),
    ("level", "level"),
    ("footnote_unit", "note calls"),
    ("opening", "opening"),
    ("table_cells", "tables"),
    ("meta_core", "core metadata"),
    ("meta_cover", "cover metadata"),
    ("conservation", "conservation"),
];
/// The measures of links to other documents, in paragraphs where the expected result links at all: it links unevenly.
///
/// The sound ones are the same with the known faults of the expected results put right.
const LINKS: [(&str, &str); 6] = [
    ("citation_linked_r", "recall"),
    ("citation_linked_p", "precision"),
    ("citation_target_of_found", "target"),
    ("citation_sound_r", "sound recall"),
    ("citation_sound_p", "sound precision"),
    ("citation_target_sound", "sound target"),
];
/// The measures without what the expected results are known to have wrong, beside paragraph F1 of sound documents; the pooled one comes from counts.
const SOUND: [(&str, &str); 6] = [
    ("sound_pooled", "pooled"),
    ("sound_label", "number"),
    ("sound_level", "level"),
    ("sound_footnote_unit", "note calls"),
    ("sound_opening", "opening"),
    ("sound_meta_core", "core metadata"),
];
/// The name of paragraph F1 as a share of what the text still holds.
pub(crate) const OF_CEILING: &str = "paragraph_f1_of_ceiling";

/// The scores of all documents of one style.
pub(crate) struct Scores {
    /// The style of text.
    pub(crate) style: String,
    documents: Vec<Document>,
}

/// One document, as xtask/accuracy.py scores it.
#[derive(Debug, Deserialize)]
struct Document {
    /// `A_RES_76_147_en`: the symbol, and the language of the text.
    name: String,
    measures: BTreeMap<String, Option<f64>>,
    /// None where the input is no text.
    #[serde(default)]
    ceiling: Option<f64>,
    #[serde(default)]
    costs: Vec<Cost>,
    #[serde(default)]
    links: Vec<Link>,
}

/// A paragraph that was expected and not found, or found and not expected; both where one stands in the place of the other.
#[derive(Debug, Deserialize)]
struct Cost {
    unit: Option<usize>,
    expected: Option<Unit>,
    found: Option<Unit>,
}

/// A link that was expected and not found, or found and not expected.
#[derive(Debug, Deserialize)]
struct Link {
    unit: usize,
    /// Whether it is the found one.
    found: bool,
    /// Whether the paragraph was found.
    aligned: bool,
    text: String,
    target: String,
    around: String,
}

#[derive(Debug, Deserialize)]
struct Unit {
    kind: String,
    label: String,
    text: String,
}

/// The side of the split that a document is on: the open ones are for looking, the shut ones are only scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Open,
    Shut,
}

impl Side {
    /// The side of a document, by its name: all languages and all parts of one number are on the same.
    pub(crate) fn of(name: &str) -> Self {
        // A quarter by this hash are ten of the 34 resolutions. The rest of a division, unlike a rank, moves no document when others come.
        if hash(number(name)) % 1000 < 250 { Self::Shut } else { Self::Open }
    }
}

/// The name without its language and the letters of its parts, which not all languages print: `A_RES_76_84` of `A_RES_76_84_A-B_en`.
fn number(name: &str) -> &str {
    let symbol = name.rsplit_once('_').map_or(name, |(symbol, _)| symbol);
    let is_part = |last: &str| last.chars().all(|c| c.is_ascii_uppercase() || c == '-');
    symbol.rsplit_once('_').filter(|(_, last)| is_part(last)).map_or(symbol, |(number, _)| number)
}

/// FNV-1a, which is the same on every machine and in every version.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

impl Document {
    fn language(&self) -> &str {
        self.name.rsplit_once('_').map_or("", |(_, language)| language)
    }

    /// The beginning of its symbol, which names organ and kind: `A/RES`.
    fn series(&self) -> String {
        self.name.split('_').take(2).collect::<Vec<_>>().join("/")
    }

    fn count(&self, what: &str) -> f64 {
        self.measures.get(what).copied().flatten().unwrap_or(0.0)
    }

    /// Whether fewer than a tenth of the expected paragraphs are known to be faulty.
    fn is_sound(&self) -> bool {
        self.count("counts_faults") * 10.0 < self.count("counts_gold").max(1.0)
    }

    /// Paragraphs expected and found, together: what the F1 of the document is a share of.
    fn paragraphs(&self) -> f64 {
        self.count("counts_gold") + self.count("counts_found")
    }
}

/// Means over some documents.
pub(crate) struct Group {
    documents: usize,
    ceiling: f64,
    /// The measures, [`OF_CEILING`] among them; those that no document has are not there.
    pub(crate) measures: BTreeMap<String, f64>,
}

impl Group {
    fn of(documents: &[&Document]) -> Self {
        let ceiling = mean(documents.iter().map(|document| document.ceiling.unwrap_or(1.0))).unwrap_or(1.0);
        let value = |name: &str| mean(documents.iter().filter_map(|document| *document.measures.get(name)?));
        let means = MEASURES.iter().chain(&LINKS).filter_map(|(name, _)| Some(((*name).to_owned(), value(name)?)));
        let mut measures: BTreeMap<String, f64> = means.collect();
        measures.insert("paragraph_f1_pooled".to_owned(), pooled(documents, "counts"));
        let share = measures.get("paragraph_f1").copied().unwrap_or(0.0) / ceiling;
        measures.insert(OF_CEILING.to_owned(), share);
        Self { documents: documents.len(), ceiling, measures }
    }

    fn cell(&self, measure: &str) -> String {
        self.measures.get(measure).map_or("–".to_owned(), |value| format!("{value:.4}"))
    }

    /// The row of the table of links.
    fn links(&self, name: &str) -> Vec<String> {
        std::iter::once(name.to_owned()).chain(LINKS.iter().map(|(measure, _)| self.cell(measure))).collect()
    }

    fn row(&self, name: &str) -> Vec<String> {
        let head = [name.to_owned(), self.documents.to_string(), format!("{:.4}", self.ceiling), self.cell(OF_CEILING)];
        head.into_iter().chain(MEASURES.iter().map(|(measure, _)| self.cell(measure))).collect()
    }
}

/// F1 over the paragraphs of all documents, from counts whose names begin so.
fn pooled(documents: &[&Document], counts: &str) -> f64 {
    let sum = |of: &str| documents.iter().map(|document| document.count(&format!("{counts}_{of}"))).sum::<f64>();
    2.0 * sum("hit") / (sum("gold") + sum("found")).max(1.0)
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
    (count > 0.0).then(|| sum / count)
}

impl Scores {
    /// Scores the files of `out` against the expected results in `gold`. The paragraphs of the `opened` documents are kept.
    pub(crate) fn of(shared: &Path, gold: &Path, out: &Path, style: &str, opened: &[String]) -> anyhow::Result<Self> {
        let script = crate::root().join("xtask/accuracy.py");
        let tools = shared.join("tools/score");
        let mut arguments = vec![script.as_path(), &tools, gold, out, Path::new(style)];
        arguments.extend(opened.iter().map(Path::new));
        let output = shared::output(&shared::python(), &arguments)?;
        let documents = output.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        Ok(Self { style: style.to_owned(), documents })
    }

    /// One document of seed style with a paragraph F1.
    #[cfg(test)]
    pub(crate) fn of_one(name: &str, f1: f64) -> Self {
        let measures = BTreeMap::from([("paragraph_f1".to_owned(), Some(f1))]);
        let document =
            Document { name: name.to_owned(), measures, ceiling: None, costs: Vec::new(), links: Vec::new() };
        Self { style: "seed".to_owned(), documents: vec![document] }
    }

    /// The means by language; `all` holds those over all documents.
    pub(crate) fn languages(&self) -> BTreeMap<String, Group> {
        let languages = self.groups(|document| document.language().to_owned());
        languages.into_iter().chain([("all".to_owned(), Group::of(&self.select(|_| true)))]).collect()
    }

    fn groups(&self, key: impl Fn(&Document) -> String) -> BTreeMap<String, Group> {
        let keys: BTreeSet<String> = self.documents.iter().map(&key).collect();
        let group = |name: String| {
            let group = Group::of(&self.select(|document| key(document) == name));
            (name, group)
        };
        keys.into_iter().map(group).collect()
    }

    fn select(&self, wanted: impl Fn(&Document) -> bool) -> Vec<&Document> {
        self.documents.iter().filter(|document| wanted(document)).collect()
    }

    /// The tables of the style: by language and series, the links, what is sound, and the sides of the split beside each other.
    pub(crate) fn tables(&self) -> String {
        let mut header = vec!["documents", "count", "ceiling", "F1 / ceiling"];
        header.extend(MEASURES.iter().map(|(_, title)| *title));
        let series = self.groups(Document::series);
        let languages = self.languages();
        let groups = || languages.iter().chain(&series);
        let rows: Vec<_> = groups().map(|(name, group)| group.row(name)).collect();
        let whole = table::markdown(&header, &rows);
        let rows: Vec<_> = groups().map(|(name, group)| group.links(name)).collect();
        let header: Vec<&str> = std::iter::once("links").chain(LINKS.iter().map(|(_, title)| *title)).collect();
        let links = table::markdown(&header, &rows);
        let mut header = vec!["sound", "documents", "F1 / ceiling"];
        header.extend(SOUND.iter().map(|(_, title)| *title));
        let sound = table::markdown(&header, &self.sound());
        let header = ["F1 / ceiling", "open", "shut", "shut − open", "of sound ones"];
        let split = table::markdown(&header, &self.split());
        format!("Style `{}`:\n\n{whole}\n{links}\n{sound}\n{split}\n", self.style)
    }

    /// The measures without the known faults of the expected results, by language: those of paragraphs over the sound documents, metadata over all.
    fn sound(&self) -> Vec<Vec<String>> {
        let row = |language: &String| {
            let of_language = |document: &Document| language == "all" || document.language() == language;
            let all = self.select(of_language);
            let sound = self.select(|document| of_language(document) && document.is_sound());
            let share = Group::of(&sound).cell(OF_CEILING);
            let value = |(measure, _): &(&str, &str)| match *measure {
                "sound_pooled" => Some(pooled(&sound, "sound_counts")),
                "sound_meta_core" => mean(all.iter().filter_map(|document| *document.measures.get("sound_meta_core")?)),
                measure => mean(sound.iter().filter_map(|document| *document.measures.get(measure)?)),
            };
            let cells =
                SOUND.iter().map(|measure| value(measure).map_or("–".to_owned(), |value| format!("{value:.4}")));
            [language.clone(), sound.len().to_string(), share].into_iter().chain(cells).collect()
        };
        self.languages().keys().map(row).collect()
    }

    /// The share of the ceiling on both sides, by language, how far the second lies above the first, and how far it does among sound documents.
    fn split(&self) -> Vec<Vec<String>> {
        let share = |language: &str, wanted: &dyn Fn(&Document) -> bool| {
            let of_language = |document: &Document| language == "all" || document.language() == language;
            let group = Group::of(&self.select(|document| of_language(document) && wanted(document)));
            group.measures.get(OF_CEILING).copied().unwrap_or(0.0)
        };
        let row = |language: &String| {
            let on = |side: Side| share(language, &|document| Side::of(&document.name) == side);
            let sound =
                |side: Side| share(language, &|document| document.is_sound() && Side::of(&document.name) == side);
            let (open, shut) = (on(Side::Open), on(Side::Shut));
            let of_sound = sound(Side::Shut) - sound(Side::Open);
            let differences = [format!("{:+.4}", shut - open), format!("{of_sound:+.4}")];
            [language.clone(), format!("{open:.4}"), format!("{shut:.4}")].into_iter().chain(differences).collect()
        };
        self.languages().keys().map(row).collect()
    }

    /// The paragraphs that cost most of the mean, at most `most` of them: a paragraph weighs more in a short document.
    pub(crate) fn worst(&self, most: usize) -> String {
        let mut costs: Vec<(f64, &Document, &Cost)> = Vec::new();
        for document in &self.documents {
            for cost in &document.costs {
                let sides = f64::from(u8::from(cost.expected.is_some()) + u8::from(cost.found.is_some()));
                costs.push((sides / document.paragraphs().max(1.0), document, cost));
            }
        }
        costs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let row = |(share, document, cost): &(f64, &Document, &Cost)| {
            let unit = cost.unit.map_or("–".to_owned(), |unit| unit.to_string());
            let from = differs_at(cost);
            let show = |unit: &Option<Unit>| unit.as_ref().map_or("–".to_owned(), |unit| unit.excerpt(from));
            vec![document.name.clone(), unit, format!("{share:.4}"), show(&cost.expected), show(&cost.found)]
        };
        let rows: Vec<_> = costs.iter().take(most).map(row).collect();
        let header = ["open document", "unit", "cost", "expected", "found"];
        format!(
            "Style `{}`, {} of {} paragraphs that cost something:\n\n{}",
            self.style,
            rows.len(),
            costs.len(),
            table::markdown(&header, &rows)
        )
    }
}

impl Scores {
    /// The links of open documents that were missed, or that nobody expected.
    pub(crate) fn links(&self) -> String {
        let links = self.documents.iter().flat_map(|document| document.links.iter().map(move |link| (document, link)));
        let row = |(document, link): (&Document, &Link)| {
            let what = match (link.found, link.aligned) {
                (true, _) => "not expected",
                (false, true) => "missed",
                (false, false) => "missed with its paragraph",
            };
            let around = link.around.replace('|', "\\|");
            let unit = link.unit.to_string();
            vec![document.name.clone(), unit, what.to_owned(), link.text.clone(), link.target.clone(), around]
        };
        let rows: Vec<_> = links.map(row).collect();
        let header = ["open document", "unit", "link", "words", "leads to", "around"];
        format!("Style `{}`, {} links that differ:\n\n{}", self.style, rows.len(), table::markdown(&header, &rows))
    }
}

/// The character at which the texts of both sides part; 0 where there is one side, or their texts are the same.
fn differs_at(cost: &Cost) -> usize {
    let (Some(expected), Some(found)) = (&cost.expected, &cost.found) else { return 0 };
    if expected.text == found.text {
        return 0;
    }
    expected.text.chars().zip(found.text.chars()).take_while(|(a, b)| a == b).count()
}

impl Unit {
    /// Kind, number, and the text round a character.
    fn excerpt(&self, around: usize) -> String {
        const BEFORE: usize = 12;
        const SHOWN: usize = 48;
        let from = around.saturating_sub(BEFORE);
        let length = self.text.chars().count();
        let text: String = self.text.chars().skip(from).take(SHOWN).collect();
        let head = if from > 0 { "…" } else { "" };
        let tail = if length > from + SHOWN { "…" } else { "" };
        let label = if self.label.is_empty() { String::new() } else { format!(" {}", self.label) };
        format!("{}{label}: {head}{}{tail}", self.kind, text.replace('|', "\\|"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(name: &str, hit: f64, gold: f64, found: f64, ceiling: f64) -> Document {
        let counts = [("counts_hit", hit), ("counts_gold", gold), ("counts_found", found)];
        let mut measures: BTreeMap<String, Option<f64>> =
            counts.into_iter().map(|(name, value)| (name.to_owned(), Some(value))).collect();
        measures.insert("paragraph_f1".to_owned(), Some(2.0 * hit / (gold + found)));
        measures.insert("label".to_owned(), None);
        Document { name: name.to_owned(), measures, ceiling: Some(ceiling), costs: Vec::new(), links: Vec::new() }
    }

    #[test]
    fn the_mean_is_over_documents_and_the_pool_over_paragraphs() {
        let (short, long) = (document("X_1_en", 1.0, 2.0, 2.0, 1.0), document("X_2_en", 10.0, 10.0, 10.0, 0.5));
        let group = Group::of(&[&short, &long]);
        let near = |name: &str, expected: f64| (group.measures[name] - expected).abs() < 1e-9;
        assert!(near("paragraph_f1", 0.75), "{:?}", group.measures);
        assert!(near("paragraph_f1_pooled", 22.0 / 24.0), "{:?}", group.measures);
        assert!(near(OF_CEILING, 1.0), "{:?}", group.measures);
        assert_eq!(group.cell("label"), "–");
    }

    #[test]
    fn what_is_sound_leaves_out_faulty_documents_and_counts_without_faulty_units() {
        let faults = |name: &str, faults: f64, hit: f64| {
            let mut document = document(name, 1.0, 10.0, 10.0, 1.0);
            let counts = [("counts_faults", faults), ("sound_counts_hit", hit), ("sound_meta_core", hit / 9.0)];
            let rest = [("sound_counts_gold", 9.0), ("sound_counts_found", 9.0)];
            let values = counts.into_iter().chain(rest).map(|(name, value)| (name.to_owned(), Some(value)));
            document.measures.extend(values);
            document
        };
        let documents = vec![faults("X_1_en", 0.0, 9.0), faults("X_2_en", 1.0, 0.0)];
        let scores = Scores { style: "seed".to_owned(), documents };
        let expected = ["en", "1", "0.1000", "1.0000", "–", "–", "–", "–", "0.5000"];
        assert_eq!(scores.sound()[1], expected);
    }

    #[test]
    fn languages_and_parts_of_a_number_are_on_one_side() {
        assert_eq!(number("X_RES_98_1_A-B_en"), "X_RES_98_1");
        assert_eq!(number("X_RES_98_1_fr"), "X_RES_98_1");
        assert_eq!(number("X_RES_ES-98_1_fr"), "X_RES_ES-98_1");
        let sides: Vec<Side> = (0..400).map(|number| Side::of(&format!("X_RES_98_{number}_en"))).collect();
        let shut = sides.iter().filter(|side| **side == Side::Shut).count();
        assert!((70..=130).contains(&shut), "{shut} of 400");
    }

    #[test]
    fn an_excerpt_shows_where_the_texts_part() {
        let unit = |text: &str| Unit { kind: "operative".to_owned(), label: "3.".to_owned(), text: text.to_owned() };
        let (expected, found) = ("Decides to ring all of the bells.", "Decides to ring all of the bolls.");
        let cost = Cost { unit: Some(1), expected: Some(unit(expected)), found: Some(unit(found)) };
        assert_eq!(differs_at(&cost), 28);
        assert_eq!(unit(found).excerpt(28), "operative 3.: …all of the bolls.");
    }
}
