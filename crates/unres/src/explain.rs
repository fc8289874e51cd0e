//! What each rule and finding means: pages in `docs/rules`, built into the program, with examples that are tested.

use unres_source::RuleId;

/// The chapters, one a file. A level-two heading begins the page of the rule that it names.
const CHAPTERS: [&str; 4] = [
    include_str!("../../../docs/rules/lines.md"),
    include_str!("../../../docs/rules/joins.md"),
    include_str!("../../../docs/rules/tree.md"),
    include_str!("../../../docs/rules/findings.md"),
];

/// All rules that place something and all findings of reading: line, join and tree rules in the order in which they are asked, then
/// what the parser, the passes and the reader of text report.
pub fn rules() -> impl Iterator<Item = &'static RuleId> {
    unres_parse::rules()
        .chain(unres_parse::FINDINGS)
        .chain(unres_passes::REPAIRS)
        .chain(unres_passes::CHECKS)
        .chain(unres_text::FINDINGS)
        .chain(crate::language::FINDINGS)
}

/// The page of a rule or finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RulePage {
    /// Its name.
    pub rule: &'static str,
    /// The title of the chapter that it stands in.
    pub chapter: &'static str,
    /// What it sees, what follows, where that is known from, and an example, in Markdown.
    pub text: &'static str,
}

/// An input for which a rule answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What the input is.
    pub kind: ExampleKind,
    /// The code of the language that it is read in; found from the text when it is none.
    pub language: Option<&'static str>,
    /// The input.
    pub input: String,
    /// The line at which the rule answers, from 1; none where it speaks of the whole.
    pub line: Option<u32>,
}

/// What an example is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleKind {
    /// Text.
    Text,
    /// Akoma Ntoso.
    Xml,
}

/// All pages, in the order of the chapters.
pub fn rule_pages() -> impl Iterator<Item = RulePage> {
    CHAPTERS.into_iter().flat_map(|chapter| {
        let title = chapter.lines().next().unwrap_or_default().trim_start_matches("# ");
        let pages = chapter.split("\n## ").skip(1);
        pages.filter_map(move |page| {
            let (rule, text) = page.split_once('\n')?;
            Some(RulePage { rule: rule.trim(), chapter: title, text: text.trim() })
        })
    })
}

impl RulePage {
    /// Its first sentence, or as much of it as stands in one line.
    pub fn summary(&self) -> &'static str {
        self.text.split(['.', '\n']).next().unwrap_or_default()
    }

    /// Its example: what stands between fences. `>` before a line marks where the rule answers, `·` is a blank that matters and
    /// `␌` a form feed.
    pub fn example(&self) -> Option<Example> {
        let (_, fenced) = self.text.split_once("```")?;
        let (info, rest) = fenced.split_once('\n')?;
        let (body, _) = rest.split_once("```")?;
        let mut words = info.split_whitespace();
        let kind = if words.next() == Some("xml") { ExampleKind::Xml } else { ExampleKind::Text };
        let mut example = Example { kind, language: words.next(), input: String::new(), line: None };
        for (line, number) in body.lines().zip(1..) {
            if line.starts_with('>') {
                example.line = Some(number);
            }
            let text = line.strip_prefix("> ").or(line.strip_prefix("  ")).unwrap_or_default();
            example.input.push_str(&text.replace('·', " ").replace('␌', "\u{c}"));
            example.input.push('\n');
        }
        Some(example)
    }
}
