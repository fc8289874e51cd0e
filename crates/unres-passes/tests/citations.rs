//! Citations in six languages, each in the smallest text that shows it.

use proptest::prelude::*;
use unres_lang::LangPack;
use unres_model::{Block, BlockKind, Document, Inline, Meta, Pinpoint, Text, Value, plain_text};
use unres_passes::find_citations;
use unres_source::RuleId;

fn document(text: &str) -> Document {
    let content = vec![Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })];
    let block = Block { content, ..Block::new(BlockKind::Preambular, RuleId::new("test/rule")) };
    let meta = Meta { organ: Some(Value::printed("ga".to_owned())), ..Meta::default() };
    Document { blocks: vec![block], meta, ..Document::default() }
}

/// The citations of a text as `WORDS=SYMBOL DATE PLACES`.
fn cited(code: &str, text: &str) -> Vec<String> {
    let mut document = document(text);
    find_citations(&mut document, &LangPack::builtin(code).expect(code), None);
    assert_eq!(plain_text(&document.blocks[0].content), text);
    let shown = |(_, citation): (_, &unres_model::Citation)| {
        let date = citation.date.map(|date| format!(" {}", date.value)).unwrap_or_default();
        let places = citation.pinpoints.iter().map(Pinpoint::shown);
        let places: String = places.flat_map(|place| [" ".to_owned(), place]).collect();
        format!("{}={}{date}{places}", citation.text.text, citation.symbol)
    };
    document.citations().map(shown).collect()
}

#[track_caller]
fn check(code: &str, text: &str, expected: &[&str]) {
    assert_eq!(cited(code, text), expected, "{text}");
}

#[test]
fn lists_with_dates() {
    let expected = ["97/4=A/RES/97/4 2042-10-22", "98/5=A/RES/98/5 2043-10-28"];
    check("en", "its resolutions 97/4 of 22 October 2042 and 98/5 of 28 October 2043 on bells,", &expected);
    check("fr", "ses résolutions 97/4 du 22 octobre 2042 et 98/5 du 28 octobre 2043 sur les cloches,", &expected);
    check("es", "sus resoluciones 97/4, de 22 de octubre de 2042, y 98/5, de 28 de octubre de 2043,", &expected);
    check("ru", "свои резолюции 97/4 от 22 октября 2042 года и 98/5 от 28 октября 2043 года,", &expected);
    check("zh", "回顾其2042年10月22日第97/4号和2043年10月28日第98/5号决议，", &expected);
    let ar = "إذ تشير إلى قراريها 97/4 المؤرخ 22 تشرين الأول/أكتوبر 2042 و 98/5 المؤرخ 28 تشرين الأول/أكتوبر 2043،";
    check("ar", ar, &expected);
}

#[test]
fn the_body_beside_a_number_says_whose_it_is() {
    let expected = ["53/4=A/HRC/RES/53/4"];
    check("en", "Human Rights Council resolution 53/4, bells", &expected);
    check("en", "by the Council in its resolution 53/4", &expected);
    check("fr", "la résolution 53/4 du Conseil des droits de l’homme", &expected);
    check("es", "la resolución 53/4 del Consejo de Derechos Humanos", &expected);
    check("ru", "резолюции 53/4 Совета по правам человека", &expected);
    check("ar", "قرار مجلس حقوق الإنسان 53/4", &expected);
    check("zh", "人权理事会第53/4号决议", &expected);
    let both = ["98/1=A/RES/98/1", "53/4=A/HRC/RES/53/4"];
    check("en", "resolution 98/1, as well as Human Rights Council resolution 53/4", &both);
    check("en", "the first United Nations Environment Assembly resolution 7/2", &["7/2=UNEP/EA.7/Res.2"]);
}

#[test]
fn the_day_says_who_sat_in_a_session_of_that_number() {
    check("en", "its resolution 98/1 of 3 December 2043", &["98/1=A/RES/98/1 2043-12-03"]);
    check("en", "by the Council in its resolution 47/3 of 13 July 2021", &["47/3=A/HRC/RES/47/3 2021-07-13"]);
    check("en", "resolution 47/3 of 13 July 2021", &["47/3=A/HRC/RES/47/3 2021-07-13"]);
    check("zh", "大会关于设立人权理事会的2006年3月15日第60/1号决议", &["60/1=A/RES/60/1 2006-03-15"]);
    check("ru", "Советом в его резолюциях 47/3 и 48/2", &["47/3=A/HRC/RES/47/3", "48/2=A/HRC/RES/48/2"]);
    // A day on which neither sat in it says nothing.
    check("en", "Human Rights Council resolution 47/3 of 13 July 2044", &["47/3=A/HRC/RES/47/3 2044-07-13"]);
}

#[test]
fn addresses_of_the_web() {
    let links = |code: &str, text: &str| -> Vec<String> {
        let mut document = document(text);
        find_citations(&mut document, &LangPack::builtin(code).expect(code), None);
        let link = |inline: &Inline| match inline {
            Inline::Link(link) => Some(format!("{}={}", link.text.text, link.url)),
            _ => None,
        };
        document.blocks[0].content.iter().filter_map(link).collect()
    };
    let expected = ["bells.example/A/98/6=https://bells.example/A/98/6"];
    assert_eq!(links("en", "Available at bells.example/A/98/6."), expected);
    assert_eq!(links("zh", "可查阅bells.example/A/98/6。"), expected);
    assert_eq!(links("en", "See www.bells.example, and A/98/6."), ["www.bells.example=https://www.bells.example"]);
    check("en", "https://bells.example/A/98/6 and A/98/7", &["A/98/7=A/98/7"]);
}

#[test]
fn the_form_of_a_number_says_whose_it_is() {
    check("en", "resolution 9901 (2044)", &["9901 (2044)=S/RES/9901 (2044)"]);
    check("en", "resolution 7/2", &["7/2=A/HRC/RES/7/2"]);
    check("en", "resolution 2044/12", &["2044/12=E/RES/2044/12"]);
    check("en", "resolution 9714 A (XIX)", &["9714 A (XIX)=A/RES/9714 A (XIX)"]);
    check("ar", "القرار 9714 (د-19)", &["9714 (د-19)=A/RES/9714 (XIX)"]);
    check("en", "resolution S-98/2", &["S-98/2=A/RES/S-98/2"]);
    check("en", "its resolution 98/266 B of 3 May 2044", &["98/266=A/RES/98/266 B 2044-05-03"]);
    check("en", "its decision 98/512", &["98/512=A/DEC/98/512"]);
}

#[test]
fn what_no_word_calls_a_resolution_is_none() {
    check("en", "the years 2044/45 and the score of 24/7", &[]);
    check("en", "decision 27/9 of the Governing Council", &[]);
    check("en", "and/or 3 bells", &[]);
}

#[test]
fn symbols_and_the_places_in_them() {
    check("en", "A/98/633-S/2044/826, annex III.", &["A/98/633-S/2044/826=A/98/633-S/2044/826 annex III"]);
    check("zh", "A/98/633-S/2044/826，附件三。", &["A/98/633-S/2044/826=A/98/633-S/2044/826 annex III"]);
    check("en", "paragraph 5 of resolution 98/1", &["98/1=A/RES/98/1 paragraph 5"]);
    check("fr", "au paragraphe 5 de sa résolution 98/1", &["98/1=A/RES/98/1 paragraph 5"]);
    check("zh", "第98/1号决议第三节", &["98/1=A/RES/98/1 section III"]);
    check(
        "en",
        "see A/98/6 (Sect. 3)/Add.2 and A/98/7.",
        &["A/98/6 (Sect. 3)/Add.2=A/98/6 (Sect. 3)/Add.2", "A/98/7=A/98/7"],
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn the_text_stays_as_it_is(
        pieces in prop::collection::vec(
            prop_oneof![
                Just("resolution ".to_owned()), Just("97/4".to_owned()), Just(" of 22 October 2042".to_owned()), Just("第98/5号决议".to_owned()),
                Just("A/98/633-S/2044/826".to_owned()), Just(", annex II".to_owned()), Just("9901 (2044)".to_owned()), "\\PC{0,12}",
                Just("قرار 98/2 باء".to_owned()), Just(" www.bells.example/A/98/6.".to_owned()), Just("https://".to_owned()),
            ],
            0..12,
        ),
        code in prop::sample::select(vec!["ar", "en", "es", "fr", "ru", "zh"]),
    ) {
        let text = pieces.concat();
        let mut document = document(&text);
        find_citations(&mut document, &LangPack::builtin(code).expect("a pack"), None);
        prop_assert_eq!(plain_text(&document.blocks[0].content), text);
        let once = document.clone();
        find_citations(&mut document, &LangPack::builtin(code).expect("a pack"), None);
        prop_assert_eq!(document, once, "a second time finds nothing more");
    }
}
