//! The floors of accuracy, which may only rise: `tests/accuracy/baseline.toml`.

use crate::accuracy::Scores;
use anyhow::Context;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

const HEADER: &str = "\
# The least that each measure must reach, by style of text and language. `cargo xtask corpus score --bless` raises a floor to what is
# measured and lowers none; where one must fall, it is lowered by hand, with the reason in the commit.
";

/// Floors by style, language and measure.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Baseline(BTreeMap<String, BTreeMap<String, BTreeMap<String, f64>>>);

impl Baseline {
    /// The floors of the repository; none while it has no file of them.
    pub(crate) fn load() -> anyhow::Result<Self> {
        let path = path();
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(&path)?;
        Ok(Self(toml::from_str(&text).with_context(|| format!("{} is not understood", path.display()))?))
    }

    /// Writes the floors.
    pub(crate) fn save(&self) -> anyhow::Result<()> {
        Ok(std::fs::write(path(), self.to_toml())?)
    }

    /// One line for each measure that lies below its floor, or has a floor and is not measured any more.
    pub(crate) fn breaches(&self, scores: &Scores) -> Vec<String> {
        let mut breaches = Vec::new();
        let groups = scores.languages();
        for (language, floors) in self.0.get(&scores.style).into_iter().flatten() {
            for (measure, floor) in floors {
                let value = groups.get(language).and_then(|group| group.measures.get(measure)).copied();
                if value.is_none_or(|value| rounded_down(value) < *floor) {
                    let value = value.map_or("not measured".to_owned(), |value| format!("{value:.4}"));
                    breaches.push(format!("{} {language} {measure}: {value}, floor {floor:.4}", scores.style));
                }
            }
        }
        breaches
    }

    /// Raises floors to what is measured. Gives how many rose or are new.
    pub(crate) fn raise(&mut self, scores: &Scores) -> usize {
        let mut raised = 0;
        let style = self.0.entry(scores.style.clone()).or_default();
        for (language, group) in scores.languages() {
            let floors = style.entry(language).or_default();
            for (measure, value) in group.measures {
                let value = rounded_down(value);
                let floor = floors.entry(measure).or_insert(f64::NEG_INFINITY);
                if value > *floor {
                    *floor = value;
                    raised += 1;
                }
            }
        }
        raised
    }

    fn to_toml(&self) -> String {
        let mut text = HEADER.to_owned();
        for (style, languages) in &self.0 {
            for (language, floors) in languages {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "\n[{style}.{language}]");
                for (measure, floor) in floors {
                    let _ = writeln!(text, "{measure} = {floor:.4}");
                }
            }
        }
        text
    }
}

/// What four digits show, so that a floor is never above what it was measured from.
fn rounded_down(value: f64) -> f64 {
    (value * 10_000.0 + 1e-6).floor() / 10_000.0
}

fn path() -> PathBuf {
    crate::root().join("tests/accuracy/baseline.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(f1: f64) -> Scores {
        Scores::of_one("X_RES_98_1_en", f1)
    }

    fn floor(baseline: &Baseline, language: &str) -> String {
        format!("{:.4}", baseline.0["seed"][language]["paragraph_f1"])
    }

    #[test]
    fn floors_rise_and_never_fall() {
        let mut baseline = Baseline::default();
        assert!(baseline.raise(&scores(0.912_39)) > 0);
        assert_eq!(floor(&baseline, "en"), "0.9123");
        assert_eq!(baseline.raise(&scores(0.9)), 0);
        assert_eq!(floor(&baseline, "en"), "0.9123");
        baseline.raise(&scores(0.95));
        assert_eq!(floor(&baseline, "all"), "0.9500");
    }

    #[test]
    fn what_lies_below_its_floor_is_told() {
        let mut baseline = Baseline::default();
        baseline.raise(&scores(0.95));
        assert!(baseline.breaches(&scores(0.95)).is_empty());
        let breaches = baseline.breaches(&scores(0.9));
        assert!(breaches.contains(&"seed en paragraph_f1: 0.9000, floor 0.9500".to_owned()), "{breaches:?}");
    }

    #[test]
    fn the_file_reads_as_it_was_written() {
        let mut baseline = Baseline::default();
        baseline.raise(&scores(0.95));
        let read = Baseline(toml::from_str(&baseline.to_toml()).expect("toml"));
        assert_eq!(read, baseline);
    }
}
