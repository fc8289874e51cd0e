//! Citations in six languages, each in the smallest text that shows it.

use proptest::prelude::*;
use unres_lang::LangPack;
use unres_model::{Block, BlockKind, Document, Inline, Meta, Note, NoteId, Pinpoint, Text, Value, plain_text};
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
        let kind = if citation.kind.is_document() { String::new() } else { format!("{} ", citation.kind.name()) };
        format!("{}={kind}{}{date}{places}", citation.text.text, citation.symbol)
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

#[test]
fn places_are_those_of_the_nearest_citation() {
    let own = ["9901 (2044)=S/RES/9901 (2044) paragraph 9", "9902 (2044)=S/RES/9902 (2044) paragraph 7"];
    check("en", "paragraph 9 of resolution 9901 (2044) and paragraph 7 of resolution 9902 (2044)", &own);
    check("es", "el párrafo 9 de la resolución 9901 (2044), y el párrafo 7 de la resolución 9902 (2044)", &own);
    let two = ["98/1=A/RES/98/1 annex II", "98/2=A/RES/98/2"];
    check("en", "resolution 98/1, annex II, and resolution 98/2", &two);
}

#[test]
fn places_stand_in_lists_and_have_numbers_of_many_kinds() {
    let both = ["9901 (2044)=S/RES/9901 (2044) paragraph 5 paragraph 6"];
    check("en", "paragraphs 5 and 6 of resolution 9901 (2044)", &both);
    check("ru", "пунктов 5 и 6 резолюции 9901 (2044)", &both);
    check("ar", "الفقرتين 5 و 6 من القرار 9901 (2044)", &both);
    check("ar", "(A/98/32)، المرفق الثاني", &["A/98/32=A/98/32 annex II"]);
    check("ar", "(A/98/53)، الفصل الخامس، الفرع ألف", &["A/98/53=A/98/53 chapter V section A"]);
    check("zh", "(A/98/53)，第五章，A节", &["A/98/53=A/98/53 chapter V section A"]);
    check("es", "(A/CONF.998/3), cap. I, resolución 2", &["A/CONF.998/3=A/CONF.998/3 chapter I resolution 2"]);
    check("ru", "CCM/CONF/2044/6, приложения I и II.", &["CCM/CONF/2044/6=CCM/CONF/2044/6 annex I annex II"]);
    check("es", "su resolución 98/1, en particular su párrafo 24", &["98/1=A/RES/98/1 paragraph 24"]);
    check("zh", "第98/1号决议关于钟楼的第48段", &["98/1=A/RES/98/1 paragraph 48"]);
    check("zh", "第98/1号决议，第48段", &["98/1=A/RES/98/1 paragraph 48"]);
}

#[test]
fn numbers_share_a_date_and_may_hold_it() {
    let shared = ["98/4=A/RES/98/4 2043-12-27", "98/5=A/RES/98/5 2043-12-27"];
    check("en", "its resolutions 98/4 and 98/5 of 27 December 2043", &shared);
    check("es", "sus resoluciones 98/4 y 98/5, de 27 de diciembre de 2043", &shared);
    check("zh", "其2043年12月27日第98/4号和第98/5号决议", &shared);
    // Those of two sessions were adopted on two days.
    check(
        "en",
        "its resolutions 97/4 and 98/5 of 27 December 2043",
        &["97/4=A/RES/97/4", "98/5=A/RES/98/5 2043-12-27"],
    );
    check("en", "resolution 9901 (3 May 2044)", &["9901 (3 May 2044)=S/RES/9901 (2044) 2044-05-03"]);
    check("ru", "резолюцию 98/1 «Звон колоколов» от 3 мая 2044 года", &["98/1=A/RES/98/1 2044-05-03"]);
}

#[test]
fn letters_of_parts_stand_before_han_and_in_ranges() {
    check("zh", "第98/212 B号决议", &["98/212=A/RES/98/212 B"]);
    check("zh", "第98/211 A至E号决议", &["98/211=A/RES/98/211 A-E"]);
    check("en", "resolution 98/211 A to E", &["98/211=A/RES/98/211 A-E"]);
    check("en", "resolution 98/211 to be read", &["98/211=A/RES/98/211"]);
}

#[test]
fn an_early_session_is_of_the_body_that_the_sentence_names() {
    let of_assembly = ["5/14=UNEP/EA.5/Res.14 2042-03-02"];
    let text = "принятие Ассамблеей Организации Объединенных Наций по окружающей среде на ее пятой сессии в резолюции 5/14 от 2 марта 2042 года";
    check("ru", text, &of_assembly);
    let listed = ["2/21=UNEP/EA.2/Res.21", "4/10=UNEP/EA.4/Res.10"];
    check("zh", "环境大会第二届会议通过的第2/21号决议、第四届会议通过的关于钟楼的第4/10号决议", &listed);
}

#[test]
fn works_without_symbols() {
    let records =
        |printed: &str| vec![format!("{printed}=records A/98 Supplement 5A"), "A/98/5/Add.1=A/98/5/Add.1".to_owned()];
    for (code, printed) in [
        ("en", "Supplement No. 5A"),
        ("fr", "Supplément no 5A"),
        ("es", "suplemento núm. 5A"),
        ("ru", "Дополнение № 5А"),
        ("ar", "الملحق رقم 5 ألف"),
        ("zh", "补编第5A号"),
    ] {
        assert_eq!(cited(code, &format!("{printed} (A/98/5/Add.1).")), records(printed), "{code}");
    }
    check("en", "Supplement No. 5.", &[]);
    check(
        "en",
        "(United Nations publication, Sales No. E.44.XIII.18), chap. I.",
        &["E.44.XIII.18=sales E.44.XIII.18 chapter I"],
    );
    check("ar", "رقم المبيع A.03.II.A.4 والتصويب)، القرار 1", &["A.03.II.A.4=sales A.03.II.A.4 resolution 1"]);
    check(
        "en",
        "A/CONF.998/10/Add.1, decision 1/CP.21",
        &["A/CONF.998/10/Add.1=A/CONF.998/10/Add.1", "1/CP.21=conference 1/CP.21"],
    );
}

#[test]
fn volumes_of_the_treaty_series() {
    check(
        "en",
        "United Nations, Treaty Series, vol. 9760, No. 30619.",
        &["vol. 9760, No. 30619=treaty-series 9760/30619"],
    );
    check("en", "Treaty Series, vol. 75, Nos. 970–973.", &["vol. 75, Nos. 970–973=treaty-series 75/970-973"]);
    check(
        "fr",
        "Recueil des Traités, vol. 75, nos 17512 et 17513.",
        &["vol. 75, nos 17512 et 17513=treaty-series 75/17512,17513"],
    );
    check("en", "League of Nations, Treaty Series, vol. XCIV, No. 2138.", &[]);
    check("zh", "联合国，《条约汇编》，第189卷，第2545号。", &["第189卷，第2545号=treaty-series 189/2545"]);
    check("en", "Bells, vol. 9760, No. 30619.", &[]);
}

#[test]
fn a_note_goes_on_with_the_series_of_the_note_before() {
    let note = |id: u32, text: &str| Note {
        id: NoteId(id),
        mark: id.to_string(),
        content: vec![Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })],
        mark_spans: Vec::new(),
        rule: RuleId::new("test/rule"),
        place: None,
    };
    let mut document = document("");
    document.notes = vec![
        note(1, "Treaty Series, vol. 1, No. 2."),
        note(2, "Ibid., vol. 3, No. 4."),
        note(3, "A/98/6."),
        note(4, "Ibid., vol. 5, No. 6."),
    ];
    find_citations(&mut document, &LangPack::builtin("en").expect("en"), None);
    let cited: Vec<&str> = document.citations().map(|(_, citation)| citation.symbol.as_str()).collect();
    assert_eq!(cited, ["1/2", "3/4", "A/98/6"]);
}

#[test]
fn articles_of_what_has_articles() {
    check("en", "Article 51 of the Charter of the United Nations", &["Article 51=provision charter article 51"]);
    check("en", "Article 101, paragraph 3, of the Charter", &["Article 101=provision charter article 101 paragraph 3"]);
    let two = ["articles 10=provision statute article 10", "11=provision statute article 11"];
    check("en", "articles 10 and 11 of the Statute of the Bell Commission", &two);
    check("fr", "(paragraphe 3 de l’Article 13 du Statut)", &["Article 13=provision statute article 13 paragraph 3"]);
    check("ru", "статьи 7 Конвенции", &["статьи 7=provision convention article 7"]);
    check(
        "ar",
        "الفقرة 4 من المادة 14 من النظام الأساسي للآلية",
        &["المادة 14=provision statute article 14 paragraph 4"],
    );
    check("ar", "للمادة 20 من نظامها الأساسي", &["لمادة 20=provision statute article 20"]);
    check("fr", "l’article 153 de son règlement intérieur", &["article 153=provision rules article 153"]);
    check(
        "zh",
        "《钟楼条例》第4条和第8条",
        &["第4条=provision regulations article 4", "第8条=provision regulations article 8"],
    );
    check("zh", "《宪章》第七条", &["第七条=provision charter article 7"]);
    check("zh", "钟楼章程第11条第4款", &["第11条=provision statute article 11 paragraph 4"]);
    check("en", "article 7 of resolution 98/1", &["98/1=A/RES/98/1 article 7"]);
    check("en", "article 7 of the rules, and the Charter", &[]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn the_text_stays_as_it_is(
        pieces in prop::collection::vec(
            prop_oneof![
                Just("resolution ".to_owned()), Just("97/4".to_owned()), Just(" of 22 October 2042".to_owned()), Just("第98/5号决议".to_owned()),
                Just("A/98/633-S/2044/826".to_owned()), Just(", annex II".to_owned()), Just("9901 (2044)".to_owned()), "\\PC{0,12}",
                Just("قرار 98/2 باء".to_owned()), Just("Supplement No. 5A (".to_owned()), Just("articles 3 and 4 of the Charter ".to_owned()),
                Just("Treaty Series, vol. 1, Nos. 2–3".to_owned()), Just("《宪章》第三条第2款".to_owned()), Just("E.44.I.8".to_owned()), Just(" www.bells.example/A/98/6.".to_owned()), Just("https://".to_owned()),
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
