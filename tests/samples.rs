//! The samples are read as their README says.

use std::collections::BTreeSet;
use tests::{check_golden, outline, parquet_text, read_sample, samples, workbook_text};
use unres::model::{Basis, BlockKind, Document, DocumentKind, Inline};
use unres::{Severity, export_to_memory, registry};

fn count(document: &Document, kind: BlockKind) -> usize {
    document.blocks.iter().filter(|block| block.kind == kind).count()
}

fn calls(document: &Document) -> usize {
    let inlines = document.blocks.iter().flat_map(|block| &block.content);
    inlines.filter(|inline| matches!(inline, Inline::Call(_))).count()
}

#[test]
fn every_sample_has_its_outline_and_a_closed_account() {
    for path in samples() {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        let reading = tests::read_file(&path);
        assert!(reading.account.is_closed(), "{name}: {:?}", reading.account);
        let outlines: String = reading.documents.iter().map(outline).collect();
        check_golden(&format!("{name}.outline"), outlines.as_bytes());
    }
}

#[test]
fn one_resolution_has_one_shape_in_six_languages() {
    let shape = |language: &str| {
        let reading = read_sample(&format!("lighthouses.{language}.txt"));
        assert!(reading.diagnostics.is_empty(), "{language}: {:?}", reading.diagnostics);
        let document = &reading.documents[0];
        let kinds: Vec<_> =
            document.blocks.iter().filter(|b| b.kind != BlockKind::Adoption).map(|b| (b.kind, b.depth)).collect();
        let numbers: Vec<_> =
            document.blocks.iter().filter_map(|b| b.number.as_ref()).map(|n| (n.style, n.ordinal)).collect();
        let keys: Vec<_> = document.blocks.iter().filter_map(|block| block.opening.as_ref()?.key.clone()).collect();
        let meta = &document.meta;
        let facts = (
            meta.symbol.clone(),
            meta.session.clone(),
            meta.adopted,
            meta.meeting,
            calls(document),
            document.notes.len(),
        );
        assert_eq!(keys.len(), 19, "{language}: each of the 7 and 12 paragraphs opens with a known phrase");
        (kinds, numbers, facts)
    };
    let english = shape("en");
    assert_eq!((english.2.4, english.2.5), (5, 4));
    for language in ["ar", "es", "fr", "ru", "zh"] {
        assert_eq!(shape(language), english, "{language}");
    }
}

#[test]
fn eids_of_numbered_blocks_are_the_same_in_all_languages() {
    // Arabic prints the second level with ASCII digits, and the eId of a number in ASCII is that number.
    let eids = |language: &str| -> BTreeSet<String> {
        let reading = read_sample(&format!("lighthouses.{language}.txt"));
        let addresses = unres::Addresses::of(&reading.documents[0]);
        addresses.blocks().iter().map(|address| address.eid.clone()).collect()
    };
    let english = eids("en");
    for language in ["es", "fr", "ru", "zh"] {
        assert_eq!(eids(language), english, "{language}");
    }
    let differing: Vec<_> = eids("ar").difference(&english).cloned().collect();
    assert_eq!(differing, ["para_3__list_1__point_b__list_1__point_1", "para_3__list_1__point_b__list_1__point_2"]);
}

#[test]
fn the_session_is_derived_and_the_date_is_printed() {
    let document = &read_sample("lighthouses.zh.txt").documents[0];
    let meta = &document.meta;
    assert_eq!(
        meta.session.as_ref().map(|session| (session.value.as_str(), session.basis)),
        Some(("98", Basis::Derived))
    );
    assert_eq!(
        meta.adopted.map(|adopted| (adopted.value.to_string(), adopted.basis)),
        Some(("2044-06-14".to_owned(), Basis::Printed))
    );
}

#[test]
fn what_covers_and_votes_say_is_known() {
    let document = &read_sample("human-rights-council.en.txt").documents[0];
    let meta = &document.meta;
    assert_eq!(meta.organ.as_ref().map(|organ| organ.value.as_str()), Some("hrc"));
    assert_eq!(
        meta.symbol.as_ref().map(|symbol| (symbol.value.as_str(), symbol.basis)),
        Some(("A/HRC/RES/98/4", Basis::Printed))
    );
    let cover = &meta.cover;
    assert_eq!(cover.issued.map(|date| date.to_string()).as_deref(), Some("2044-07-12"));
    assert_eq!((cover.distribution.as_str(), cover.agenda_item.as_str()), ("Distr.: General", "Agenda item 3"));
    assert_eq!(cover.agenda_title, "Promotion and protection of the right to hear the tide");
    let vote = &meta.votes[0];
    assert_eq!(vote.outcome.as_deref(), Some("adoptedRecordedVote"));
    let counts: Vec<_> = vote.counts.iter().map(|count| (count.choice.as_str(), count.count)).collect();
    assert_eq!(counts, [("inFavour", Some(3)), ("against", Some(1)), ("abstaining", Some(2))]);

    let arabic = &read_sample("cover.ar.txt").documents[0].meta;
    assert_eq!(arabic.symbol.as_ref().map(|symbol| symbol.value.as_str()), Some("A/RES/98/305"));
    assert_eq!(arabic.cover.originating_document, "A/98/458، الفقرة 15");
    assert_eq!(arabic.cover.proponent, "[بناء على تقرير اللجنة الثالثة (A/98/458، الفقرة 15)]");
}

#[test]
fn documents_of_all_kinds_are_told_apart() {
    let meta = |name: &str| read_sample(&format!("{name}.txt")).documents[0].meta.clone();
    let statement = meta("presidential-statement.en");
    assert_eq!(statement.kind, Some(DocumentKind::PresidentialStatement));
    assert_eq!((statement.meeting.map(|meeting| meeting.value)), Some(9901));
    assert_eq!(statement.adopted.map(|adopted| adopted.value.to_string()).as_deref(), Some("2044-03-03"));
    let draft = meta("draft-resolution.es");
    assert_eq!(draft.kind, Some(DocumentKind::DraftResolution));
    assert_eq!(draft.sponsors, ["Atlántida", "Liliput", "Utopía"]);
    let organ = |name: &str| meta(name).organ.map(|organ| organ.value);
    assert_eq!(organ("economic-and-social-council.fr").as_deref(), Some("ecosoc"));
    assert_eq!(organ("roman-numbering.ru").as_deref(), Some("ga"));
}

#[test]
fn a_text_that_is_no_resolution_is_unplaced_with_a_warning() {
    let reading = read_sample("notice.en.txt");
    let document = &reading.documents[0];
    assert_eq!(count(document, BlockKind::Unplaced), document.blocks.len());
    assert_eq!(document.meta.kind, None);
    assert!(reading.diagnostics.iter().any(|finding| finding.severity == Severity::Warning));
}

fn symbols(reading: &unres::Reading) -> Vec<&str> {
    let symbols = reading.documents.iter().filter_map(|document| document.meta.symbol.as_ref());
    symbols.map(|symbol| symbol.value.as_str()).collect()
}

#[test]
fn each_resolution_of_a_compilation_is_a_document() {
    let reading = read_sample("compilation.en.txt");
    assert_eq!(symbols(&reading), ["A/RES/98/321", "A/RES/98/322", "A/RES/98/323"]);
    let [first, second, third] = reading.documents.as_slice() else { unreachable!("three symbols") };
    assert_eq!(count(first, BlockKind::Annex), 1, "an annex is no text between documents");
    assert_eq!((first.notes.len(), second.notes.len(), third.notes.len()), (1, 0, 1));
    assert_eq!([first, second, third].map(|document| count(document, BlockKind::Unplaced)), [0, 0, 1]);
    assert_eq!(count(second, BlockKind::Masthead), 1, "what tops the page of a resolution is its masthead");
    let rules: Vec<_> = reading.diagnostics.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["document/between"]);
}

#[test]
fn parts_of_one_number_are_documents_when_asked_for() {
    assert_eq!(symbols(&read_sample("parts.en.txt")), ["A/RES/98/326 A-B"]);
    let bytes = std::fs::read(tests::root().join("examples/parts.en.txt")).expect("a sample");
    let options = unres::ReadOptions { parts: unres::Parts::Apart, ..unres::ReadOptions::default() };
    let reading = unres::read(&unres::Input { name: "parts.en.txt", bytes: &bytes }, &options).expect("a text");
    assert_eq!(symbols(&reading), ["A/RES/98/326 A", "A/RES/98/326 B"]);
    let outlines: String = reading.documents.iter().map(outline).collect();
    check_golden("parts-apart.en.outline", outlines.as_bytes());
}

#[test]
fn parts_of_one_number_are_a_collection_in_akoma_ntoso() {
    let reading = read_sample("parts.en.txt");
    let target = unres::export_to_memory(
        &unres::registry(),
        "akn",
        &reading.documents,
        &unres::ExportOptions::default(),
        &mut Vec::new(),
    );
    let xml = String::from_utf8(target.expect("memory").bytes(unres::Part::Main)).expect("UTF-8");
    let count = |what: &str| xml.matches(what).count();
    assert_eq!([count("<documentCollection "), count("<statement "), count("<formula ")], [1, 2, 2]);
    let mut eids: Vec<&str> = xml.split(" eId=\"cmp_").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = eids.len();
    eids.sort_unstable();
    eids.dedup();
    assert_eq!(eids.len(), all);
    assert!(xml.contains(" value=\"A/RES/98/326 A-B\" name=\"symbol\""));
    assert_eq!(unres::validate::validate(xml.as_bytes(), unres::validate::Depth::Profile), []);
}

#[test]
fn the_larger_of_two_languages_is_read_or_the_one_that_is_asked_for() {
    let kinds = |reading: &unres::Reading| -> Vec<BlockKind> {
        let blocks = reading.documents.iter().flat_map(|document| &document.blocks);
        blocks.map(|block| block.kind).filter(|kind| *kind != BlockKind::Unplaced).collect()
    };
    let french = read_sample("two-languages.txt");
    let path = tests::root().join("examples/two-languages.txt");
    let bytes = std::fs::read(path).expect("a sample");
    let options = unres::ReadOptions { language: Some("en".to_owned()), ..unres::ReadOptions::default() };
    let input = unres::Input { name: "two-languages.txt", bytes: &bytes };
    let english = unres::read(&input, &options).expect("a text");
    for (reading, language) in [(&english, "eng"), (&french, "fra")] {
        assert_eq!(reading.documents[0].meta.language.as_deref(), Some(language));
        let rules: Vec<_> = reading.diagnostics.iter().map(|finding| finding.rule.as_str()).collect();
        assert_eq!(rules, ["language/other"], "{:?}", reading.diagnostics);
        assert!(reading.account.is_closed());
    }
    assert_eq!(kinds(&english), kinds(&french));
    assert_eq!(count(&english.documents[0], BlockKind::Item), 2);
}

#[test]
fn a_sample_in_every_format_is_what_it_was() {
    let registry = registry();
    for name in ["lighthouses.zh", "every-construct.en", "security-council.fr", "human-rights-council.en", "notice.en"]
    {
        let reading = read_sample(&format!("{name}.txt"));
        for format in registry.formats() {
            let target = export_to_memory(
                &registry,
                format.id,
                &reading.documents,
                &unres::ExportOptions::default(),
                &mut Vec::new(),
            )
            .expect("written");
            for part in target.parts() {
                let file = unres::FileTarget::part_path(format!("{name}.{}", format.extension).as_ref(), part);
                let (name, bytes) = (file.to_string_lossy(), target.bytes(part));
                match format.extension {
                    "xlsx" => check_golden(&format!("{name}.tsv"), workbook_text(&bytes).as_bytes()),
                    "parquet" => check_golden(&format!("{name}.rows"), parquet_text(&bytes).as_bytes()),
                    _ => check_golden(&name, &bytes),
                }
            }
        }
    }
}
