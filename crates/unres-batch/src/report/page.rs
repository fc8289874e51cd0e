//! The report as one page, with charts drawn in place: it needs no network and no script.

use super::Report;
use minijinja::Environment;
use minijinja::value::Serde;
use serde::Serialize;
use std::collections::BTreeMap;

/// Bars of a chart; of more, the longest are shown.
const BARS: usize = 20;

/// A bar of a chart, with its length in per mille of the longest.
#[derive(Debug, Serialize)]
struct Bar {
    label: String,
    count: usize,
    length: usize,
}

/// A year, with a piece for each language; heights in per mille of the highest year.
#[derive(Debug, Serialize)]
struct Column {
    label: String,
    count: usize,
    pieces: Vec<Piece>,
}

#[derive(Debug, Serialize)]
struct Piece {
    /// Which of the languages it is, counted from 0.
    language: usize,
    /// Where it begins, from the foot.
    from: usize,
    height: usize,
}

/// What the template shows.
#[derive(Serialize)]
struct View<'a> {
    report: &'a Report,
    failed_in_all: usize,
    languages: Vec<Bar>,
    organs: Vec<Bar>,
    openings: Vec<Bar>,
    paragraphs: Vec<Bar>,
    years: Vec<Column>,
    /// Inputs a second.
    speed: f64,
}

/// The page.
pub(crate) fn page(report: &Report) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.add_template("report.html", include_str!("report.html"))?;
    let steps = report.paragraphs_a_document.iter().map(|(from, count)| (from.to_string(), *count));
    let worked_on = u32::try_from(report.run.converted + report.run.failed).unwrap_or(u32::MAX);
    let view = View {
        report,
        failed_in_all: report.failures.values().sum(),
        languages: longest(&report.languages),
        organs: longest(&report.organs),
        openings: longest(&report.openings),
        paragraphs: bars(steps.collect()),
        years: columns(report),
        speed: f64::from(worked_on) / report.run.seconds.max(0.001),
    };
    environment.get_template("report.html")?.render(Serde(&view))
}

fn longest(counts: &BTreeMap<String, usize>) -> Vec<Bar> {
    let mut counts: Vec<(String, usize)> = counts.iter().map(|(label, count)| (label.clone(), *count)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(BARS);
    bars(counts)
}

fn bars(counts: Vec<(String, usize)>) -> Vec<Bar> {
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    counts.into_iter().map(|(label, count)| Bar { label, count, length: count * 1000 / most }).collect()
}

fn columns(report: &Report) -> Vec<Column> {
    let most = report.years.values().map(|languages| languages.values().sum()).max().unwrap_or(0).max(1);
    let column = |(year, languages): (&String, &BTreeMap<String, usize>)| {
        let mut below: usize = 0;
        let pieces = report.languages.keys().enumerate().filter_map(|(language, code)| {
            let count = languages.get(code)?;
            let from = below * 1000 / most;
            below += count;
            Some(Piece { language, from, height: below * 1000 / most - from })
        });
        let pieces = pieces.collect();
        Column { label: year.clone(), count: below, pieces }
    };
    report.years.iter().map(column).collect()
}
