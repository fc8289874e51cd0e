//! Citations in six languages, each in the smallest text that shows it.

use proptest::prelude::*;
use unres_lang::LangPack;
use unres_model::{Block, BlockKind, Document, Inline, Meta, Note, NoteId, Pinpoint, Text, Value, plain_text};
use unres_passes::{Marks, find_citations};
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
    find_citations(&mut document, &LangPack::builtin(code).expect(code), None, Marks::All);
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
        find_citations(&mut document, &LangPack::builtin(code).expect(code), None, Marks::All);
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
    check("ar", "(A/98/53)، الفرع ألف، والمرفق الثاني", &["A/98/53=A/98/53 section A annex II"]);
    check("ru", "(A/98/53), гл. V, разд. A", &["A/98/53=A/98/53 chapter V section A"]);
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
    find_citations(&mut document, &LangPack::builtin("en").expect("en"), None, Marks::All);
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

/// What `shown` makes of the pieces of a text, which stays as it is.
#[track_caller]
fn check_pieces(code: &str, text: &str, shown: impl Fn(&Inline) -> Option<String>, expected: &[&str]) {
    let mut document = document(text);
    find_citations(&mut document, &LangPack::builtin(code).expect(code), None, Marks::All);
    assert_eq!(plain_text(&document.blocks[0].content), text);
    let found: Vec<String> = document.blocks[0].content.iter().filter_map(shown).collect();
    assert_eq!(found, expected, "{text}");
}

/// The dates of a text as `WORDS=DATE`.
#[track_caller]
fn check_dates(code: &str, text: &str, expected: &[&str]) {
    let date = |inline: &Inline| match inline {
        Inline::Date(date) => Some(format!("{}={}", date.text.text, date.date)),
        _ => None,
    };
    check_pieces(code, text, date, expected);
}

#[test]
fn a_neighbour_names_the_month_and_the_year() {
    check_dates("en", "held on 4 and 8 May 2044", &["4=2044-05-04", "8 May 2044=2044-05-08"]);
    check_dates("fr", "tenue les 4 et 8 mai 2044", &["4=2044-05-04", "8 mai 2044=2044-05-08"]);
    check_dates("fr", "du 1er au 8 mai 2044", &["1er=2044-05-01", "8 mai 2044=2044-05-08"]);
    check_dates("es", "del 4 al 8 de mayo de 2044", &["4=2044-05-04", "8 de mayo de 2044=2044-05-08"]);
    check_dates("ru", "4 и 8 мая 2044 года", &["4=2044-05-04", "8 мая 2044 года=2044-05-08"]);
    check_dates("ar", "في 4 و 8 أيار/مايو 2044", &["4=2044-05-04", "8 أيار/مايو 2044=2044-05-08"]);
    check_dates("zh", "2044年5月4日和8日举行", &["2044年5月4日=2044-05-04", "8日=2044-05-08"]);
    check_dates("en", "on 2, 4 and 8 May 2044", &["2=2044-05-02", "4=2044-05-04", "8 May 2044=2044-05-08"]);
    check_dates("en", "Bell Tower, 4–8 May 2044", &["4=2044-05-04", "8 May 2044=2044-05-08"]);
    check_dates("en", "paragraphs 4 and 8 May 2044", &["8 May 2044=2044-05-08"]);
    check_dates("en", "the towers of 2043 and 8 May 2044", &["8 May 2044=2044-05-08"]);
    check_dates("en", "9 and 8 May 2044", &["8 May 2044=2044-05-08"]);
}

#[test]
fn a_neighbour_names_the_year() {
    check_dates("en", "from 4 May to 6 June 2044", &["4 May=2044-05-04", "6 June 2044=2044-06-06"]);
    check_dates("fr", "du 4 mai au 6 juin 2044", &["4 mai=2044-05-04", "6 juin 2044=2044-06-06"]);
    check_dates(
        "es",
        "del 4 de mayo al 6 de junio de 2044",
        &["4 de mayo=2044-05-04", "6 de junio de 2044=2044-06-06"],
    );
    check_dates("ru", "с 4 мая по 6 июня 2044 года", &["4 мая=2044-05-04", "6 июня 2044 года=2044-06-06"]);
    check_dates(
        "ar",
        "من 4 أيار/مايو إلى 6 حزيران/يونيه 2044",
        &["4 أيار/مايو=2044-05-04", "6 حزيران/يونيه 2044=2044-06-06"],
    );
    check_dates("zh", "2044年5月4日至6月6日", &["2044年5月4日=2044-05-04", "6月6日=2044-06-06"]);
    // A year that changes is named.
    check_dates("en", "23 December and 5 January 2045", &["5 January 2045=2045-01-05"]);
    check_dates("en", "on 4 May bells rang, until 6 June 2044", &["6 June 2044=2044-06-06"]);
    check_dates("en", "each 4 May", &[]);
}

#[test]
fn numbers_of_a_list_share_the_year() {
    let expected = ["98/4=A/RES/98/4 2044-05-03", "98/5=A/RES/98/5 2044-06-06"];
    check("en", "its resolutions 98/4 of 3 May and 98/5 of 6 June 2044", &expected);
    check("fr", "ses résolutions 98/4 du 3 mai et 98/5 du 6 juin 2044", &expected);
    check("es", "sus resoluciones 98/4, de 3 de mayo, y 98/5, de 6 de junio de 2044", &expected);
    check("ru", "свои резолюции 98/4 от 3 мая и 98/5 от 6 июня 2044 года", &expected);
    check("ar", "قراريها 98/4 المؤرخ 3 أيار/مايو و 98/5 المؤرخ 6 حزيران/يونيه 2044", &expected);
    check("zh", "其2044年5月3日第98/4号和6月6日第98/5号决议", &expected);
}

#[test]
fn the_first_of_a_range_says_where_it_ends() {
    let up_to = |code: &str, text: &str| -> Vec<String> {
        let mut document = document(text);
        find_citations(&mut document, &LangPack::builtin(code).expect(code), None, Marks::All);
        let shown = |(_, citation): (_, &unres_model::Citation)| {
            format!("{} {}", citation.symbol, citation.up_to.as_deref().unwrap_or("-"))
        };
        document.citations().map(shown).collect()
    };
    let expected = ["A/RES/98/4 A/RES/98/9", "A/RES/98/9 -"];
    assert_eq!(up_to("en", "its resolutions 98/4 to 98/9 of 3 May 2044"), expected);
    assert_eq!(up_to("fr", "ses résolutions 98/4 à 98/9"), expected);
    assert_eq!(up_to("es", "sus resoluciones 98/4 a 98/9"), expected);
    assert_eq!(up_to("ru", "резолюции с 98/4 по 98/9"), expected);
    assert_eq!(up_to("ar", "القرارات 98/4 إلى 98/9"), expected);
    assert_eq!(up_to("zh", "第98/4至98/9号决议"), expected);
    assert_eq!(up_to("en", "resolutions 98/4–98/9"), expected);
    let apart = ["A/RES/98/4 -", "A/RES/98/9 -"];
    assert_eq!(up_to("en", "its resolutions 98/4 and 98/9"), apart);
    assert_eq!(up_to("en", "as resolution 98/4, to resolution 98/9"), apart);
    assert_eq!(up_to("en", "resolutions 97/4 to 98/9"), ["A/RES/97/4 -", "A/RES/98/9 -"]);
}

#[test]
fn meetings() {
    check("en", "of the Security Council at its 9901st meeting,", &["9901st meeting=meeting S meeting 9901"]);
    check("fr", "le Conseil de sécurité, à sa 9901e séance,", &["9901e séance=meeting S meeting 9901"]);
    check("es", "el Consejo de Seguridad, en su 9901ª sesión,", &["9901ª sesión=meeting S meeting 9901"]);
    check("ru", "Совет Безопасности на его 9901‑м заседании", &["9901‑м заседании=meeting S meeting 9901"]);
    check("ar", "قرر مجلس الأمن في جلسته 9901، المعقودة", &["جلسته 9901=meeting S meeting 9901"]);
    check("zh", "安全理事会第9901次会议", &["第9901次会议=meeting S meeting 9901"]);
    check("en", "the 9901st meeting of the Security Council", &["9901st meeting=meeting S meeting 9901"]);
}

#[test]
fn meetings_have_the_day_beside_them() {
    let en = "At its 52nd plenary meeting, on 3 May 2044, the General Assembly decided on bells";
    check("en", en, &["52nd plenary meeting=meeting A meeting 52 2044-05-03"]);
    let fr = "À sa 52e séance plénière, le 3 mai 2044, l’Assemblée générale";
    check("fr", fr, &["52e séance plénière=meeting A meeting 52 2044-05-03"]);
    let es = "En su 52ª sesión plenaria, celebrada el 3 de mayo de 2044, la Asamblea General";
    check("es", es, &["52ª sesión plenaria=meeting A meeting 52 2044-05-03"]);
    let ru = "На своем 52-м пленарном заседании 3 мая 2044 года Генеральная Ассамблея";
    check("ru", ru, &["52-м пленарном заседании=meeting A meeting 52 2044-05-03"]);
    let ar = "قررت الجمعية العامة، في جلستها العامة 52، المعقودة في 3 أيار/مايو 2044، الأجراس";
    check("ar", ar, &["جلستها العامة 52=meeting A meeting 52 2044-05-03"]);
    check("zh", "2044年5月3日，大会第52次全体会议决定", &["第52次全体会议=meeting A meeting 52 2044-05-03"]);
}

#[test]
fn a_meeting_of_nobody_who_is_known_is_none() {
    // "Its" meeting is that of the document's organ, which nothing else says.
    check("en", "decided at its 52nd plenary meeting", &["52nd plenary meeting=meeting A meeting 52"]);
    let fr = "À sa 52e séance, sur la recommandation de la Commission des cloches, l’Assemblée générale";
    check("fr", fr, &["52e séance=meeting A meeting 52"]);
    check("en", "the 52nd meeting of the Conference of the Parties", &[]);
    check("en", "the 52nd meeting of bell ringers", &[]);
    check("en", "its 52nd and 53rd meetings", &[]);
    check("en", "A/98/52 meeting", &["A/98/52=A/98/52"]);
    check("zh", "缔约方会议第52次会议", &[]);
}

/// The citations of notes, as `WORDS=SYMBOL PLACES`; `~` before what refers back.
fn cited_in_notes(code: &str, texts: &[&str]) -> Vec<String> {
    let note = |(id, text): (u32, &&str)| Note {
        id: NoteId(id),
        mark: id.to_string(),
        content: vec![Inline::Text(Text { text: (*text).to_owned(), spans: Vec::new() })],
        mark_spans: Vec::new(),
        rule: RuleId::new("test/rule"),
        place: None,
    };
    let mut document = document("");
    document.notes = (1..).zip(texts).map(note).collect();
    find_citations(&mut document, &LangPack::builtin(code).expect(code), None, Marks::All);
    let shown = |(_, citation): (_, &unres_model::Citation)| {
        let mark = if citation.refers_back { "~" } else { "" };
        let places: String = citation.pinpoints.iter().flat_map(|place| [" ".to_owned(), place.shown()]).collect();
        format!("{mark}{}={}{places}", citation.text.text, citation.symbol)
    };
    document.citations().map(shown).collect()
}

#[test]
fn a_note_refers_to_the_work_of_the_note_before() {
    let expected = |word: &str| ["A/98/6=A/98/6 annex I".to_owned(), format!("~{word}=A/98/6 annex II")];
    for (code, first, second, word) in [
        ("en", "A/98/6, annex I.", "Ibid., annex II.", "Ibid."),
        ("fr", "A/98/6, annexe I.", "Ibid., annexe II.", "Ibid."),
        ("es", "A/98/6, anexo I.", "Ibid., anexo II.", "Ibid."),
        ("ru", "A/98/6, приложение I.", "Там же, приложение II.", "Там же"),
        ("ar", "A/98/6، المرفق الأول.", "المرجع نفسه، المرفق الثاني.", "المرجع نفسه"),
        ("zh", "A/98/6，附件一。", "同上，附件二。", "同上"),
    ] {
        assert_eq!(cited_in_notes(code, &[first, second]), expected(word), "{code}");
    }
    // Alone it means the same place too, and it goes on from note to note.
    let chain = ["A/98/6=A/98/6 annex I", "~Ibid.=A/98/6 annex I", "~Ibid.=A/98/6 section B"];
    assert_eq!(cited_in_notes("en", &["A/98/6, annex I.", "Ibid.", "Ibid., sect. B."]), chain);
    let records = ["Supplement No. 5=A/98 Supplement 5", "A/98/5=A/98/5 chapter II", "~Ibid.=A/98/5 chapter III"];
    assert_eq!(cited_in_notes("en", &["Supplement No. 5 (A/98/5), chap. II.", "Ibid., chap. III."]), records);
    let series = ["vol. 1, No. 2=1/2", "~Ibid.=1/2"];
    assert_eq!(cited_in_notes("en", &["Treaty Series, vol. 1, No. 2.", "Ibid."]), series);
}

#[test]
fn what_may_refer_to_several_works_refers_to_none() {
    assert_eq!(cited_in_notes("en", &["A/98/6 and A/98/7.", "Ibid."]).len(), 2);
    assert_eq!(cited_in_notes("en", &["A/98/6.", "On bells.", "Ibid."]), ["A/98/6=A/98/6"]);
    // Another volume, another supplement.
    assert_eq!(cited_in_notes("en", &["A/98/6.", "Ibid., vol. IV."]), ["A/98/6=A/98/6"]);
    assert_eq!(cited_in_notes("en", &["Ibid."]).len(), 0);
}

#[test]
fn ibid_inside_a_text_is_what_it_cited_last() {
    let expected = |word: &str| ["A/98/6=A/98/6".to_owned(), format!("{word}=A/98/6 annex II")];
    for (code, text, word) in [
        ("en", "see A/98/6, on bells (ibid., annex II)", "ibid."),
        ("fr", "voir A/98/6, cloches (ibid., annexe II)", "ibid."),
        ("es", "véase A/98/6, campanas (ibid., anexo II)", "ibid."),
        ("ru", "см. A/98/6, колокола (там же, приложение II)", "там же"),
        ("ar", "انظر A/98/6، الأجراس (المرجع نفسه، المرفق الثاني)", "المرجع نفسه"),
        ("zh", "见A/98/6，钟楼(同上，附件二)", "同上"),
    ] {
        assert_eq!(cited(code, text), expected(word), "{code}");
    }
    check("en", "see A/98/6 (ibid., vol. IV)", &["A/98/6=A/98/6"]);
}

#[test]
fn the_same_resolution_is_the_one_cited_last() {
    let expected = |words: &str| ["98/1=A/RES/98/1".to_owned(), format!("{words}=A/RES/98/1")];
    for (code, text, words) in [
        ("en", "resolution 98/1 on bells, and in that resolution", "that resolution"),
        ("en", "resolution 98/1 on bells, as the same resolution says", "the same resolution"),
        ("fr", "la résolution 98/1 sur les cloches, et ladite résolution", "ladite résolution"),
        ("es", "la resolución 98/1 sobre campanas, y dicha resolución", "dicha resolución"),
        ("ru", "резолюцию 98/1 о колоколах и положения той же резолюции", "той же резолюции"),
        ("ar", "القرار 98/1 بشأن الأجراس وفي القرار نفسه", "القرار نفسه"),
        ("zh", "第98/1号决议，特别是该决议", "该决议"),
    ] {
        assert_eq!(cited(code, text), expected(words), "{code}");
    }
    check("en", "resolutions 98/1 and 98/2, and in that resolution", &["98/1=A/RES/98/1", "98/2=A/RES/98/2"]);
    check("en", "resolution 98/1, the resolution of the ringers, and that resolution", &["98/1=A/RES/98/1"]);
    check("en", "resolution 98/1, and notes that resolution 98/2", &["98/1=A/RES/98/1", "98/2=A/RES/98/2"]);
    check("en", "decision 98/501, and in that resolution", &["98/501=A/DEC/98/501"]);
    check("en", "decision 98/501, and in that decision", &["98/501=A/DEC/98/501", "that decision=A/DEC/98/501"]);
    check("en", "in that resolution", &[]);
}

/// Each must end; a quadratic step would take minutes here.
#[test]
fn extreme_texts_are_read() {
    let pieces = [
        ("en", "Secretary-General"),
        ("en", "that resolution 4 May 2044 "),
        ("en", "resolution 98/1 to "),
        ("en", "1, 2 and 3 May 2044, "),
        ("en", "4 May to "),
        ("en", "(ibid.; "),
        ("en", "its 1st meeting "),
        ("zh", "秘书长"),
        ("zh", "第1次会议"),
        ("zh", "2044年5月4日至"),
        ("zh", "该决议"),
        ("ar", "جلستها 1 "),
        ("ar", "والأمين العام"),
        ("ru", "той же резолюции 4 мая 2044 года "),
        ("fr", "sa 1re séance "),
        ("es", "su 1ª sesión "),
    ];
    for (code, piece) in pieces {
        let mut document = document(&format!("resolution 98/1 {}", piece.repeat(20_000)));
        find_citations(&mut document, &LangPack::builtin(code).expect(code), None, Marks::All);
    }
}

/// The names of a text as `WORDS=CODE`.
#[track_caller]
fn check_names(code: &str, text: &str, expected: &[&str]) {
    let name = |inline: &Inline| match inline {
        Inline::Name(name) => Some(format!("{}={}", name.text.text, name.code)),
        _ => None,
    };
    check_pieces(code, text, name, expected);
}

#[test]
fn organs_committees_and_offices_are_named() {
    let en = "Requests the Secretary-General to report to the General Assembly and its Third Committee on bells";
    check_names("en", en, &["Secretary-General=secretary-general", "General Assembly=ga", "Third Committee=ga-c3"]);
    let fr = "Prie le Secrétaire général de rendre compte à l’Assemblée générale et à sa Troisième Commission";
    check_names(
        "fr",
        fr,
        &["Secrétaire général=secretary-general", "Assemblée générale=ga", "Troisième Commission=ga-c3"],
    );
    let es = "Solicita al Secretario General que informe a la Asamblea General y a su Tercera Comisión";
    check_names("es", es, &["Secretario General=secretary-general", "Asamblea General=ga", "Tercera Comisión=ga-c3"]);
    let ru = "просит Генерального секретаря доложить Генеральной Ассамблее и Третьему комитету о колоколах";
    let expected = ["Генерального секретаря=secretary-general", "Генеральной Ассамблее=ga", "Третьему комитету=ga-c3"];
    check_names("ru", ru, &expected);
    let ar = "تطلب إلى الأمين العام أن يقدم تقريرا إلى الجمعية العامة واللجنة الثالثة";
    check_names("ar", ar, &["الأمين العام=secretary-general", "الجمعية العامة=ga", "اللجنة الثالثة=ga-c3"]);
    let zh = "请秘书长向大会和第三委员会报告钟楼";
    check_names("zh", zh, &["秘书长=secretary-general", "大会=ga", "第三委员会=ga-c3"]);
    check_names(
        "en",
        "the Security Council and the Human Rights Council",
        &["Security Council=sc", "Human Rights Council=hrc"],
    );
}

#[test]
fn a_name_that_is_part_of_another_is_none() {
    check_names("en", "the Under-Secretary-General, the Assistant Secretary-General for Bells", &[]);
    check_names("en", "the Peace and Security Council of the Bell Union", &[]);
    check_names("en", "the Secretary-General of the League of Ringers", &[]);
    check_names("en", "the Secretary-General of the United Nations", &["Secretary-General=secretary-general"]);
    check_names("en", "the Security Council Committee on bells", &[]);
    check_names("fr", "la Secrétaire générale adjointe et le Secrétaire général de la Ligue", &[]);
    check_names("es", "el Secretario General Adjunto y el Secretario General de la Liga", &[]);
    check_names("ru", "заместитель Генерального секретаря, Генеральный секретарь Лиги звонарей", &[]);
    check_names("ar", "وكيل الأمين العام والأمين العام لرابطة الأجراس", &[]);
    check_names("zh", "副秘书长在世界钟楼大会、缔约方大会、第二次审议大会，鼓励大会部", &[]);
}

#[test]
fn an_opening_phrase_is_one_piece() {
    let mut document = document("请秘书长向大会报告钟楼");
    document.blocks[0].opening = Some(unres_model::Opening { phrase: "请秘书长".to_owned(), key: None });
    find_citations(&mut document, &LangPack::builtin("zh").expect("zh"), None, Marks::All);
    let pieces: Vec<&str> =
        document.blocks[0].content.iter().filter_map(|piece| Some(piece.text()?.text.as_str())).collect();
    assert_eq!(pieces, ["请秘书长向", "大会", "报告钟楼"]);
}

#[test]
fn names_cut_no_citation() {
    check("en", "General Assembly resolution 98/1, and the Council", &["98/1=A/RES/98/1"]);
    check_names("en", "General Assembly resolution 98/1", &["General Assembly=ga"]);
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
                Just("Ibid., annex II.".to_owned()), Just("该决议".to_owned()), Just("that resolution ".to_owned()), Just(" to ".to_owned()),
                Just("4 and 8 May 2044".to_owned()), Just("3 May, ".to_owned()), Just("至6月6日".to_owned()), Just("2044年5月4日".to_owned()),
                Just("the General Assembly at its 52nd plenary meeting".to_owned()), Just("第52次会议".to_owned()), Just("جلستها 52".to_owned()),
            ],
            0..12,
        ),
        code in prop::sample::select(vec!["ar", "en", "es", "fr", "ru", "zh"]),
    ) {
        let text = pieces.concat();
        let mut document = document(&text);
        find_citations(&mut document, &LangPack::builtin(code).expect("a pack"), None, Marks::All);
        prop_assert_eq!(plain_text(&document.blocks[0].content), text);
        let once = document.clone();
        find_citations(&mut document, &LangPack::builtin(code).expect("a pack"), None, Marks::All);
        prop_assert_eq!(document, once, "a second time finds nothing more");
    }
}
