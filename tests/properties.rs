//! What holds for any text at all.

use proptest::prelude::*;
use tests::read_text;
use unres::model::{BlockKind, Document};
use unres::{Input, Parts, ReadOptions, Reading, read};

/// Lines as they occur in resolutions, and lines as they do not.
fn line() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        Just(" 98/301. Bells ".to_owned()),
        Just(" The General Assembly, ".to_owned()),
        Just(" Recalling its bells, ".to_owned()),
        Just(" 1. Decides to ring; ".to_owned()),
        Just(" (a) To ring; ".to_owned()),
        Just(" (i) To ring again; ".to_owned()),
        Just(" – bells ".to_owned()),
        Just("3".to_owned()),
        Just("_______________ ".to_owned()),
        Just(" 98/302. Fog horns ".to_owned()),
        Just("L’Assemblée générale, rappelant ses résolutions sur les cloches qui se trouvent dans l’eau,".to_owned()),
        Just("Recalling its resolutions on the bells that stand in the water near the harbour,".to_owned()),
        Just("~ .,;| ^_ = ¬ \\| ~~ r".to_owned()),
        Just(" A ".to_owned()),
        Just(" II ".to_owned()),
        Just(" Annex ".to_owned()),
        Just("17 May 2044 ".to_owned()),
        Just(" 82nd plenary meeting ".to_owned()),
        Just("  ".to_owned()),
        Just("回顾 1982 年 10 月，".to_owned()),
        Just(" إذ تشير (1) ".to_owned()),
        Just("\u{c}".to_owned()),
        "[ -~]{0,40}",
        "\\PC{0,30}",
        "[()“”«»,;:.0-9 ]{0,30}",
    ];
    (words, prop_oneof![Just("\n"), Just("\n\n"), Just("\r\n")]).prop_map(|(words, end)| words + end)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn every_printed_byte_has_exactly_one_claim(lines in prop::collection::vec(line(), 1..40)) {
        let text = lines.concat();
        prop_assume!(!text.trim().is_empty());
        let reading = read_text(&text);
        prop_assert!(reading.account.is_closed(), "{:?} in {text:?}", reading.account);
        for document in &reading.documents {
            prop_assert_eq!(document.validate(), Ok(()));
        }
    }

    #[test]
    fn parts_claim_what_the_whole_claims(lines in prop::collection::vec(line(), 1..40)) {
        let text = " 98/301. Bells \n\n A \n\n The General Assembly, \n\n".to_owned() + &lines.concat();
        let apart = ReadOptions { parts: Parts::Apart, ..ReadOptions::default() };
        let parts = read(&Input { name: "x", bytes: text.as_bytes() }, &apart).expect("a text");
        let claims = |reading: &Reading| {
            let mut claims: Vec<_> = reading.documents.iter().flat_map(Document::claims).map(|claim| claim.span).collect();
            claims.sort_unstable();
            claims
        };
        prop_assert_eq!(claims(&parts), claims(&read_text(&text)));
        for document in &parts.documents {
            prop_assert_eq!(document.validate(), Ok(()));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(reading) = read(&Input { name: "x", bytes: &bytes }, &ReadOptions::default()) {
            prop_assert!(reading.source.is_none() || reading.account.is_closed());
        }
    }

    #[test]
    fn joining_changes_nothing_but_blanks(lines in prop::collection::vec(line(), 1..40)) {
        let text = lines.concat();
        prop_assume!(!text.trim().is_empty());
        let reading = read_text(&text);
        let source = reading.source.as_ref().expect("a text");
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for inline in reading.documents.iter().flat_map(|document| &document.blocks).flat_map(unres::model::Block::inlines) {
            if let Some(found) = inline.text() {
                let printed: String = found.spans.iter().map(|span| source.slice(*span)).collect();
                prop_assert_eq!(solid(&found.text), solid(&printed));
            }
        }
    }
}

#[test]
fn an_item_behind_a_closing_line_has_a_parent() {
    let text = "98/301. Bells\n The General Assembly,\n 1. Decides:\n (a) To ring:\n (i) The bell;\n82nd plenary meeting\n17 May 2044\n (ii) Another bell;\n";
    for document in &read_text(text).documents {
        assert_eq!(document.validate(), Ok(()));
    }
}

/// Each must end, whatever comes out; a quadratic step would take minutes here.
#[test]
fn extreme_texts_are_read() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let labels = [" (a) x; \n\n", " (i) x; \n\n", " (1) x; \n\n", " (b) x; \n\n", " – x; \n\n"];
    let nested: String = labels.into_iter().cycle().take(10_000).collect();
    let extremes = [
        many("a", 1_000_000),
        many("大", 400_000),
        many("1", 250_000),
        many("(", 125_000) + &many("”", 125_000),
        many(";", 250_000),
        many("_", 250_000),
        many("i", 250_000),
        many("*\n", 50_000),
        many("\u{c}x\n", 50_000),
        many(" 1. x\n", 25_000),
        many("א(", 50_000),
        many("\u{200f}", 75_000) + "x",
        format!(" 98/1. Bells \n\n The General Assembly, \n\n 1. Decides: \n\n{nested}"),
        format!(" 98/1. Bells \n\n The General Assembly, \n\n 1. Decides {}", many("www.bells.example/a ", 50_000)),
        format!(" 98/1. Bells \n\n The General Assembly, \n\n 1. Decides {}", many("98/2 of 3 May and ", 50_000)),
    ];
    for text in extremes {
        let reading = read_text(&text);
        assert!(reading.account.is_closed());
    }
}

#[test]
fn a_text_in_another_language_is_unplaced_with_a_warning() {
    let text = "Die Türme an der Küste läuten bei Flut. Niemand weiß, warum sie es tun, und niemand hat je danach gefragt. \
                Am Abend gehen die Kinder an den Strand und hören ihnen zu, bis es dunkel wird.";
    let reading = read_text(text);
    assert!(reading.documents[0].blocks.iter().all(|block| block.kind == BlockKind::Unplaced));
    assert_eq!(reading.documents[0].meta.language, None);
    assert!(reading.diagnostics.iter().any(|finding| finding.rule.as_str() == "language/no-pack"));
}
