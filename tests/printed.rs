//! Text as a page prints it and extractors take it out: lines in another order, hyphens lost, numbers set apart.

use unres::model::{Block, BlockKind, Inline};
use unres::{Input, ReadOptions, read};

/// Kind, printed number and text of each block.
fn blocks(language: &str, text: &str) -> Vec<(BlockKind, String, String)> {
    let options = ReadOptions { language: Some(language.to_owned()), ..ReadOptions::default() };
    let reading = read(&Input { name: "printed.txt", bytes: text.as_bytes() }, &options).expect("it reads");
    assert!(reading.account.is_closed(), "{:?}", reading.account);
    let number = |block: &Block| block.number.as_ref().map(|number| number.printed.clone()).unwrap_or_default();
    let words = |block: &Block| block.content.iter().filter_map(Inline::text).map(|text| text.text.as_str()).collect();
    reading
        .documents
        .iter()
        .flat_map(|document| &document.blocks)
        .map(|block| (block.kind, number(block), words(block)))
        .collect()
}

fn has(found: &[(BlockKind, String, String)], kind: BlockKind, number: &str, text: &str) -> bool {
    found.iter().any(|(k, n, t)| *k == kind && n == number && t == text)
}

/// How deep in lists each block is, with the number or, of headings, the text.
fn levels(language: &str, text: &str) -> Vec<(u16, String)> {
    let options = ReadOptions { language: Some(language.to_owned()), ..ReadOptions::default() };
    let reading = read(&Input { name: "levels.txt", bytes: text.as_bytes() }, &options).expect("it reads");
    let shown = |block: &Block| match &block.number {
        Some(number) => number.printed.clone(),
        None => format!("{:?}", block.kind),
    };
    let document = &reading.documents[0];
    document.blocks.iter().zip(document.levels()).map(|(block, level)| (level, shown(block))).collect()
}

fn check_levels(language: &str, text: &str, expected: &[(u16, &str)]) {
    let found = levels(language, text);
    let found: Vec<(u16, &str)> = found.iter().map(|(level, shown)| (*level, shown.as_str())).collect();
    assert_eq!(found.get(2..), Some(expected));
}

#[test]
fn a_heading_between_items_does_not_end_their_list() {
    let text = "98/310. Bells\n\nThe General Assembly,\n\n1. Decides that the keepers shall:\n\nWatches\n\n\
                (a) Watch the water;\n\n(b) See to\n\nBells\n\n(i) Great ones;\n\n(ii) Small ones;\n\nHorns\n\n(iii) Horns;\n\n\
                Sleep\n\n(c) Sleep;\n\nReports\n\n2. Requests reports.\n";
    let expected = [
        (0, "1."),
        (0, "Heading"),
        (1, "(a)"),
        (1, "(b)"),
        (1, "Heading"),
        (2, "(i)"),
        (2, "(ii)"),
        (1, "Heading"),
        (2, "(iii)"),
        (0, "Heading"),
        (1, "(c)"),
        (0, "Heading"),
        (0, "2."),
    ];
    check_levels("en", text, &expected);
}

#[test]
fn letters_may_run_on_under_the_next_item() {
    let items =
        ('a'..='h').fold(String::new(), |items, letter| items + &format!("({letter}) Ring the bell {letter};\n\n"));
    let text = format!(
        "98/310. Bells\n\nThe General Assembly,\n\n1. Decides:\n\n(i) Great bells\n\n{items}(ii) Small bells\n\n(i) Ring them;\n\n\
         (j) Oil them;\n\n(iii) Horns\n\n(k) Blow them.\n"
    );
    let found = levels("en", &text);
    let found: Vec<(u16, &str)> = found.iter().skip(11).map(|(level, shown)| (*level, shown.as_str())).collect();
    assert_eq!(found, [(2, "(h)"), (1, "(ii)"), (2, "(i)"), (2, "(j)"), (1, "(iii)"), (2, "(k)")]);
}

const HEAD: &str = "\
98/310. Bells of the northern harbours and of the islands that lie before their moles

The General Assembly,
Recalling the letters in which the keepers of the harbours have asked for sleep between
one flood and the next, and which nobody has answered in all these years of high water,
";

/// The first operative paragraph, but for the mark at its end.
const FIRST: &str = "\
1. Decides that the bells of the harbours shall ring whenever the water reaches the second
step of the stairs";

#[test]
fn words_of_a_stretched_line_below_the_notes_go_on_above_them() {
    let text = format!(
        "{HEAD}{FIRST};
2.

Asks

__________________
1
2

the keepers

of every

harbour of

the northern

islands

A/98/10.
A/98/11.

\u{c}to sleep between one flood and the next, and to leave the bells to those who are awake
at that hour of the night.
"
    );
    let found = blocks("en", &text);
    let asks = "Asks the keepers of every harbour of the northern islands to sleep between one flood and the next, and to leave \
                the bells to those who are awake at that hour of the night.";
    assert!(has(&found, BlockKind::Operative, "2.", asks), "{found:#?}");
}

#[test]
fn a_call_that_is_printed_twice_is_one() {
    let text = "\
 98/1. Bells

 The General Assembly,

 Noting the report on bells
10
 10 and on lamps,

 1. Decides to ring them.

__________________

10
 A/98/10.
";
    let found = blocks("en", text);
    assert!(has(&found, BlockKind::Preambular, "", "Noting the report on bells and on lamps,"), "{found:#?}");
}

#[test]
fn an_end_that_is_printed_before_its_line_comes_behind_it() {
    let text = format!(
        "{HEAD}sea,
winter,

Noting the bells that ring on the moles of the northern harbours whenever there is a high
Noting also that the keepers have been awake through each of the nights of the last

Convinced that bells are heard by all who live between the quay and the market, and that
no harbour needs more than one of them at any hour of the day or of the night,
{FIRST};
2.
harbour;

Thanks the keepers of the lamps for all that they have written of the bells of the

3.
Requests the keepers to sleep between one flood and the next;
"
    );
    let found = blocks("en", &text);
    let noting = "Noting the bells that ring on the moles of the northern harbours whenever there is a high sea,";
    assert!(has(&found, BlockKind::Preambular, "", noting), "{found:#?}");
    let nights = "Noting also that the keepers have been awake through each of the nights of the last winter,";
    assert!(has(&found, BlockKind::Preambular, "", nights), "{found:#?}");
    let thanks = "Thanks the keepers of the lamps for all that they have written of the bells of the harbour;";
    assert!(has(&found, BlockKind::Operative, "2.", thanks), "{found:#?}");
    assert_eq!(found.iter().filter(|(kind, ..)| *kind == BlockKind::Operative).count(), 3, "{found:#?}");
}

#[test]
fn numbers_begin_anew_below_a_heading_and_go_on_behind_a_conjunction() {
    let text = format!(
        "{HEAD}{FIRST}, for which the keepers shall:
(a) Watch the water from the quay whenever the wind comes from the north or the moon is
full, and write down what they have seen; and
(b) Sleep between one flood and the next, as they have asked in their letter of winter;
Bells of the islands before the moles
7.
Requests the islands to ring no bell of theirs while those of the harbours are ringing, so
that nobody takes the one for the other;
8.
Invites the islands to say which bells they have;
"
    );
    let found = blocks("en", &text);
    let sleep = "Sleep between one flood and the next, as they have asked in their letter of winter;";
    assert!(has(&found, BlockKind::Item, "(b)", sleep), "{found:#?}");
    assert!(has(&found, BlockKind::Heading, "", "Bells of the islands before the moles"), "{found:#?}");
    assert!(has(&found, BlockKind::Operative, "8.", "Invites the islands to say which bells they have;"), "{found:#?}");
    assert!(found.iter().any(|(kind, number, _)| *kind == BlockKind::Operative && number == "7."), "{found:#?}");
}

#[test]
fn a_hyphen_is_restored_in_a_line_that_is_little_wider_than_others() {
    let line = "that the well-kept bells of the harbours shall ring whenever the water is at the second ";
    let wide = "Decides, recalling what was said of such bells in the letters, to thank all of the wellkept ones;";
    let lines = format!("{line}\n").repeat(12);
    let text = format!(
        "{HEAD}1. Decides
{lines}step of the stairs;
2. {wide}
3. Requests the keepers to sleep;
"
    );
    let found = blocks("en", &text);
    let thanks = found.iter().find(|(_, number, _)| number == "2.").expect("the second paragraph");
    assert!(thanks.2.ends_with("all of the well-kept ones;"), "{found:#?}");
}

#[test]
fn a_ragged_line_ends_no_paragraph_where_first_lines_are_set_in() {
    let text = "\
                 98/310. Bells of the harbours

            Генеральная Ассамблея,
                 отмечая письма смотрителей гаваней, в которых они просят дать им
            поспать между двумя приливами и говорят о колоколах и маяках,
            призывая всех, кто живет у набережной, слушать колокола и не зажигать
            огней на берегу в такие ночи,
                 1. постановляет, что колокола звонят всякий раз, когда вода
            доходит до второй ступени;
                 2. просит смотрителей спать между двумя приливами и писать
            обо всем;
                 3. просит острова молчать, пока звонят колокола гаваней, и не
            отвечать;
                 4. просит острова сообщить, какие у них колокола, и кто в них
            звонит;
                 5. постановляет вернуться к этому вопросу следующей зимой, когда
            вода спадет;
";
    let found = blocks("ru", text);
    let count = |kind| found.iter().filter(|(k, ..)| *k == kind).count();
    assert_eq!((count(BlockKind::Preambular), count(BlockKind::Operative)), (1, 5), "{found:#?}");
}

#[test]
fn the_number_of_a_section_without_mark_is_part_of_its_heading() {
    let text = format!(
        "{HEAD}{FIRST};
II Bells of the islands
2. Requests the islands to ring no bell of theirs while those of the harbours are ringing;
"
    );
    let found = blocks("en", &text);
    assert!(has(&found, BlockKind::Heading, "", "II Bells of the islands"), "{found:#?}");
}

#[test]
fn what_is_decided_without_a_number_begins_behind_the_preamble() {
    let decides = "Decides that the bells of the harbours shall ring whenever the water reaches the second";
    let found = blocks("en", &format!("{HEAD}{decides}\nstep of the stairs.\n"));
    assert!(has(&found, BlockKind::Operative, "", &format!("{decides} step of the stairs.")), "{found:#?}");
}

#[test]
fn a_meeting_over_two_lines_closes_the_document() {
    let text = format!(
        "{HEAD}{FIRST}.
48th (resumed)
plenary meeting
31 December 2043
"
    );
    let found = blocks("en", &text);
    assert!(has(&found, BlockKind::Adoption, "", "48th (resumed) plenary meeting"), "{found:#?}");
}

#[test]
fn a_short_title_above_each_page_is_no_text() {
    let line = "决定港口的钟在水面升到通往市场的石阶第二级时敲响，而在一年之中白天和黑夜的所有";
    let page = format!("\u{c}钟声权\n\nA/RES/98/310\n\n{line}\n{line}\n{line}；\n");
    let text = format!("98/310. 钟声权\n大会，\n回顾看守人的信，\n1. {line}\n{line}\n{page}{page}{page}");
    let found = blocks("zh", &text);
    assert!(found.iter().skip(1).all(|(_, _, text)| !text.contains("钟声权")), "{found:#?}");
}

#[test]
fn a_title_that_heads_the_pages_may_end_in_a_short_word() {
    let head = "Bells of the northern harbours, of the islands that lie before their moles and of the\nbay\n\nA/RES/98/310\n\n";
    let text = format!(
        "98/310. Bells of the northern harbours, of the islands that lie before their moles and of the
bay

{}{FIRST} that leads from the quay to the market, and that they are silent at every other
hour of the day, so that

\u{c}{head}the keepers may sleep between one flood and the next, and all those with them who live
near the water and have asked for it in their letters, whether they

\u{c}{head}have been answered or not;
",
        HEAD.split_inclusive('\n').skip(1).collect::<String>()
    );
    let found = blocks("en", &text);
    let decides = "Decides that the bells of the harbours shall ring whenever the water reaches the second step of the stairs that \
                   leads from the quay to the market, and that they are silent at every other hour of the day, so that the \
                   keepers may sleep between one flood and the next, and all those with them who live near the water and have \
                   asked for it in their letters, whether they have been answered or not;";
    assert!(has(&found, BlockKind::Operative, "1.", decides), "{found:#?}");
}

const ARABIC_HEAD: &str = "\
98/301 - أجراس المد والجزر

 إن الجمعية العامة،

 إذ تشير إلى جداول المد والجزر،

";

#[test]
fn brackets_set_before_latin_letters_stand_behind_them() {
    let text = format!(
        "{ARABIC_HEAD} 1 - تقرر أن تحيط علما بالتقرير ()A/98/10 (Part I)، الفصل الثالث؛\n\n\
        \x20 2 - تحيط علما بالوثيقة )A/98/11 (Part II، الفصل الرابع.\n"
    );
    let found = blocks("ar", &text);
    let first = "تقرر أن تحيط علما بالتقرير (A/98/10 (Part I))، الفصل الثالث؛";
    assert!(has(&found, BlockKind::Operative, "1 -", first), "{found:?}");
    let second = "تحيط علما بالوثيقة A/98/11 (Part II)، الفصل الرابع.";
    assert!(has(&found, BlockKind::Operative, "2 -", second), "{found:?}");
}

#[test]
fn words_that_stand_apart_in_rows_fill_their_lines() {
    let text = format!(
        "{HEAD}Noting that
Commission of the keepers of the bells, and its three
on the lamps of the northern harbours and of all the islands that lie before their moles,

the reports
reports

of the Standing
of last winter

Convinced that bells are heard by all who live between the quay and the market, and that
no harbour needs more than one of them at any hour of the day or of the night,
{FIRST}.
"
    );
    let found = blocks("en", &text);
    let noting = "Noting that the reports of the Standing Commission of the keepers of the bells, and its three reports of last winter on \
                  the lamps of the northern harbours and of all the islands that lie before their moles,";
    // The first line would not be full with its words.
    assert!(!has(&found, BlockKind::Preambular, "", noting), "{found:#?}");
    let text = text.replace("Noting that\n", "Noting with great concern that nobody reads\n");
    let found = blocks("en", &text);
    let noting = noting.replace("Noting that", "Noting with great concern that nobody reads");
    assert!(has(&found, BlockKind::Preambular, "", &noting), "{found:#?}");
}

#[test]
fn a_heading_behind_a_paragraph_fills_no_line() {
    let text = format!(
        "{HEAD}Convinced that bells are heard by all who live between the quay and the market, and that
no harbour needs more than one of them,

Bells

{FIRST}.
"
    );
    let found = blocks("en", &text);
    assert!(has(&found, BlockKind::Heading, "", "Bells"), "{found:#?}");
}

#[test]
fn words_one_below_the_other_are_a_line_with_its_figures() {
    let text = format!(
        "{HEAD}Recalling
also
paragraphs
11
and
15
of
the
letter
of
the
northern
harbours,
unanswered for all these years, and the letters that came before it and were lost at sea,
{FIRST}.
"
    );
    let found = blocks("en", &text);
    let recalling = "Recalling also paragraphs 11 and 15 of the letter of the northern harbours, unanswered for all these years, and \
                     the letters that came before it and were lost at sea,";
    assert!(has(&found, BlockKind::Preambular, "", recalling), "{found:#?}");
}

#[test]
fn the_words_of_the_last_line_of_a_page_stand_apart_from_each_other() {
    let text = format!(
        "{HEAD}Considering

the importance

of measures

to

support

confidence,

sleep,

44-12345 (E)

\u{c}silence and the patience of all who keep the bells of the northern harbours at any hour,
{FIRST}.

44-12345 (E)

140644
"
    );
    let found = blocks("en", &text);
    let considering = "Considering the importance of measures to support confidence, sleep, silence and the patience of all who \
                       keep the bells of the northern harbours at any hour,";
    assert!(has(&found, BlockKind::Preambular, "", considering), "{found:#?}");
    assert!(!found.iter().any(|(_, _, text)| text.contains("140644")), "{found:#?}");
}

#[test]
fn the_point_of_an_abbreviation_ends_no_sentence() {
    let text = format!(
        "{HEAD}{FIRST};
2. Requests the keepers to ring as often as the tables of the harbour have it in their vol.
Decides also takes them to, and no more often than that at any hour of the night;
"
    );
    let found = blocks("en", &text);
    let requests = "Requests the keepers to ring as often as the tables of the harbour have it in their vol. Decides also \
                    takes them to, and no more often than that at any hour of the night;";
    assert!(has(&found, BlockKind::Operative, "2.", requests), "{found:#?}");
}

#[test]
fn a_section_letter_with_a_dash_alone_on_its_line_heads_a_section() {
    let text = format!(
        "{ARABIC_HEAD} 1 - تقرر قرع الأجراس؛\n\n أولا \n\n الأبراج \n\n ألف - \n\n أجراس الشمال \n\n 2 - تقرر قرع أجراس الشمال؛\n\n\
        \x20باء - \n\n أجراس الجنوب \n\n 3 - تقرر قرع أجراس الجنوب.\n"
    );
    let found = blocks("ar", &text);
    for (number, title) in [("أولا", "الأبراج"), ("ألف -", "أجراس الشمال"), ("باء -", "أجراس الجنوب")]
    {
        assert!(has(&found, BlockKind::Section, number, title), "{number}: {found:?}");
    }
}
