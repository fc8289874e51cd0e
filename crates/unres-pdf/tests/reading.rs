//! What the reader makes of small files that the tests write.

mod common;

use common::{file, text};
use std::collections::BTreeMap;
use unres_pdf::Pdf;
use unres_source::{Budget, Diagnostic, Input, ReadError, Reader, Role, RunKind, Source, Start};

fn read_with(bytes: &[u8], budget: Budget) -> (Result<Source, ReadError>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let source = Pdf.read(&Input { name: "x.pdf", bytes }, &budget, &mut findings);
    (source, findings)
}

fn read(bytes: &[u8]) -> Source {
    read_with(bytes, Budget::default()).0.expect("readable")
}

fn texts(source: &Source) -> Vec<&str> {
    source.lines().iter().map(|line| source.slice(line.span)).collect()
}

/// The lines of one page with the operators given.
fn check(operators: &str, expected: &[&str]) {
    assert_eq!(texts(&read(&file(&[operators], &[]))), expected);
}

#[test]
fn lines_stand_from_top_to_bottom_and_letters_in_the_order_of_the_file() {
    let page = text('R', 10, 72, 600, "second") + &text('R', 10, 72, 700, "first ") + &text('R', 10, 102, 700, "line");
    check(&page, &["first line", "second"]);
}

#[test]
fn a_gap_is_a_blank_and_a_wide_one_parts_the_line() {
    check(&(text('R', 10, 72, 700, "1.") + &text('R', 10, 96, 700, "Rings")), &["1. Rings"]);
    check(&(text('R', 10, 72, 700, "left") + &text('R', 10, 400, 700, "right")), &["left", "right"]);
    check("BT /R 10 Tf 72 700 Td [(ki)20(nd)-400(bell)] TJ ET", &["kind bell"]);
}

#[test]
fn smaller_letters_above_the_line_are_raised() {
    let page = text('R', 10, 72, 700, "bells") + &text('R', 6, 91, 704, "3") + &text('R', 10, 94, 700, ", and");
    let source = read(&file(&[&page], &[]));
    assert_eq!(texts(&source), ["bells3, and"]);
    let raised: Vec<_> = source.runs().iter().filter(|run| run.hints.face.superscript).collect();
    assert_eq!(raised.iter().map(|run| source.slice(run.span)).collect::<Vec<_>>(), ["3"]);
}

#[test]
fn slanted_letters_are_italic() {
    let page = "BT /R 10 Tf 1 0 0.3 1 72 700 Tm (Noting) Tj 1 0 0 1 110 700 Tm (the bells) Tj ET";
    let source = read(&file(&[page], &[]));
    let italic: Vec<_> = source.runs().iter().filter(|run| run.hints.face.italic).collect();
    assert_eq!(italic.iter().map(|run| source.slice(run.span).trim()).collect::<Vec<_>>(), ["Noting"]);
}

#[test]
fn what_letters_stand_for_takes_their_place() {
    check("/Span<</ActualText(bells)>>BDC BT /R 10 Tf 72 700 Td (xyz) Tj ET EMC", &["bells"]);
}

#[test]
fn right_to_left_letters_are_put_in_the_order_of_reading() {
    // The page shows from left to right: 98/2 (D)C BA; the ligature is one letter with two of speech.
    check("BT /A 12 Tf 400 700 Td (98/2 \\)d\\( eba) Tj ET", &["ابلا (د) 98/2"]);
}

#[test]
fn forms_and_fat_letters_are_read_once() {
    check("/X Do", &["in a form"]);
    check("BT /R 10 Tf 2 Tr 72 700 Td (fat) Tj ET", &["fat"]);
}

#[test]
fn invisible_letters_are_left_out_and_counted() {
    let page = "BT /R 10 Tf 72 700 Td (seen) Tj 3 Tr 0 -20 Td (unseen) Tj ET";
    let (source, findings) = read_with(&file(&[page], &[]), Budget::default());
    assert_eq!(texts(&source.expect("readable")), ["seen"]);
    assert!(
        findings
            .iter()
            .any(|finding| finding.rule.as_str() == "pdf/invisible-text" && finding.message.starts_with('6'))
    );
}

#[test]
fn links_keep_their_address() {
    let page = text('R', 10, 72, 700, "see 98/1");
    let source = read(&file(&[&page], &[([88, 695, 140, 712], "https://example.org/98/1")]));
    let link = source.runs().iter().find_map(|run| match run.hints.kind {
        RunKind::Link(link) => Some((source.slice(run.span).trim(), source.link_target(link))),
        _ => None,
    });
    assert_eq!(link, Some(("98/1", "https://example.org/98/1")));
}

#[test]
fn paragraphs_begin_behind_a_gap_and_go_on_at_the_pitch() {
    let full = "Recalling that the bells of the coast are rung by hand in all of the towns that have one";
    let mut page = String::new();
    for (line, y) in [500, 488, 476, 458, 446, 434].into_iter().enumerate() {
        page += &text('R', 10, if line % 3 == 0 { 96 } else { 72 }, y, full);
    }
    let starts: Vec<_> = read(&file(&[&page], &[])).lines().iter().map(|line| line.hints.start).skip(1).collect();
    assert_eq!(starts, [Start::GoesOn, Start::GoesOn, Start::Paragraph, Start::GoesOn, Start::GoesOn]);
}

#[test]
fn what_stands_below_a_short_drawn_line_is_a_note() {
    let full = "Recalling that the bells of the coast are rung by hand in all of the towns that have one";
    let page = [600, 588, 576].map(|y| text('R', 10, 72, y, full)).concat()
        + "72 550 m 144 550 l S\n"
        + &text('R', 5, 80, 541, "1")
        + &text('R', 8, 90, 538, "Register of bells.");
    let source = read(&file(&[&page], &[]));
    let roles: Vec<_> = source.lines().iter().map(|line| line.hints.role).collect();
    assert_eq!(roles, [Role::Text, Role::Text, Role::Text, Role::Note]);
}

#[test]
fn text_in_columns_between_drawn_lines_is_a_table() {
    let full = "Recalling that the bells of the coast are rung by hand in all of the towns that have one";
    let mut page: String = [760, 748, 736, 724].map(|y| text('R', 10, 72, y, full)).concat();
    page += "70 710 m 420 710 l S 70 640 m 420 640 l S\n";
    for (y, name, number) in
        [(695, "Town", "Bells"), (678, "Northport", "3"), (661, "Southport", "12"), (644, "All", "15")]
    {
        page += &(text('R', 10, 76, y, name) + &text('R', 10, 300, y, number));
    }
    let source = read(&file(&[&page], &[]));
    let cell = |line: &unres_source::Line| match line.hints.role {
        Role::Cell(place) => Some((place.row, place.column, source.slice(line.span))),
        _ => None,
    };
    let cells: Vec<_> = source.lines().iter().filter_map(cell).collect();
    assert_eq!(cells.get(..4), Some(&[(0, 0, "Town"), (0, 1, "Bells"), (1, 0, "Northport"), (1, 1, "3")][..]));
    assert_eq!(cells.len(), 8);
}

/// Lines of running text, from the top of a page down to 700.
fn above_table() -> String {
    let full = "Recalling that the bells of the coast are rung by hand in all of the towns that have one";
    [760, 748, 736, 724].map(|y| text('R', 10, 72, y, full)).concat()
}

/// A drawn line over the type area.
fn rule(y: u32) -> String {
    format!("70 {y} m 420 {y} l S\n")
}

/// A line of a table with cells at 76, 220 and 340.
fn table_line(y: u32, cells: [&str; 3]) -> String {
    [76, 220, 340]
        .into_iter()
        .zip(cells)
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(x, cell)| text('R', 8, x, y, cell))
        .collect()
}

/// The cells of the tables of some pages, row by row: those of a row by strokes.
fn check_rows(pages: &[&str], expected: &[&str]) {
    let source = read(&file(pages, &[]));
    let mut rows: BTreeMap<(u32, u32), BTreeMap<u16, Vec<&str>>> = BTreeMap::default();
    for line in source.lines() {
        let Role::Cell(place) = line.hints.role else { continue };
        let cell = rows.entry((place.table, place.row)).or_default().entry(place.column).or_default();
        cell.push(source.slice(line.span));
    }
    let rows: Vec<_> =
        rows.values().map(|row| row.values().map(|lines| lines.join(" ")).collect::<Vec<_>>().join("|")).collect();
    assert_eq!(rows, expected);
}

const LONG: &str = "Bells that are rung by";

#[test]
fn lines_without_room_for_the_next_word_are_one_cell_whatever_their_pitch() {
    let mut page = above_table() + &rule(710);
    page += &(table_line(696, ["Kind", "Town", "Count"]) + &table_line(677, ["Small bells", "Northport", "3"]));
    page += &(table_line(658, [LONG, "", ""]) + &table_line(643, ["hand", "Southport", "12"]));
    page += &(table_line(624, [LONG, "", ""]) + &table_line(609, ["the sea", "Westport", "1"]) + &rule(600));
    let by_hand = format!("{LONG} hand|Southport|12");
    let by_sea = format!("{LONG} the sea|Westport|1");
    check_rows(&[&page], &["Kind|Town|Count", "Small bells|Northport|3", &by_hand, &by_sea]);
}

#[test]
fn lines_with_room_for_the_next_word_are_rows_however_close() {
    let mut page = above_table() + &rule(710);
    for (y, kind, town) in [(700, "Kind of the bell", "Town"), (690, "Small", "Northport"), (680, "Large", "Southport")]
    {
        page += &table_line(y, [kind, town, "2"]);
    }
    check_rows(&[&(page + &rule(672))], &["Kind of the bell|Town|2", "Small|Northport|2", "Large|Southport|2"]);
}

#[test]
fn a_row_that_the_end_of_a_page_cuts_goes_on_below_the_repeated_head() {
    let head = |y| rule(y + 14) + &table_line(y, ["Kind", "Town", "Count"]);
    let mut first = above_table() + &head(696) + &table_line(682, ["Small bells", "Northport", "3"]);
    first += &(table_line(668, [LONG, "", ""]) + &table_line(658, ["hand", "Eastport", "4"]));
    first += &table_line(644, [LONG, "Southport", "12"]);
    let second = head(696)
        + &table_line(682, ["machine", "", ""])
        + &table_line(668, ["Large bells", "Westport", "1"])
        + &rule(660);
    let cut = format!("{LONG} machine|Southport|12");
    let whole = format!("{LONG} hand|Eastport|4");
    check_rows(
        &[&first, &second],
        &["Kind|Town|Count", "Small bells|Northport|3", &whole, &cut, "Large bells|Westport|1"],
    );
}

#[test]
fn a_cell_that_breaks_before_the_end_of_a_column_does_not_span_it() {
    let more_columns = |first: &str, second: &str| {
        let mut page = above_table() + &rule(710) + &table_line(696, ["Kind", "Town", "Count"]);
        page += &table_line(682, ["Small bells", "Northport in the far north", "3"]);
        page += &(table_line(668, ["", "Southport and all of the", ""])
            + &table_line(658, ["Large bells", "southern islands", "12"]));
        page += &(table_line(644, [first, "", ""]) + &table_line(634, [second, "", "15"]) + &rule(626));
        let source = read(&file(&[&page], &[]));
        let cell = source.lines().iter().find(|line| source.slice(line.span) == first).expect("a cell");
        let Role::Cell(place) = cell.hints.role else { panic!("{first} is no cell") };
        (place.row, place.more_columns)
    };
    let crossing = "Bells of all kinds in all the towns of the coast";
    assert_eq!(more_columns(crossing, "together"), (3, 0));
    assert_eq!(more_columns(crossing, "Together"), (3, 1), "a capital may begin a line of its own");
    assert_eq!(more_columns(&format!("{crossing} and hills behind"), "together"), (3, 1), "there is no room");
}

#[test]
fn a_blank_behind_a_slash_at_a_line_end_is_kept() {
    let page = text('R', 10, 72, 500, "Bells of brass/ ")
        + &text('R', 10, 72, 488, "bronze or iron/")
        + &text('R', 10, 72, 476, "steel");
    assert_eq!(read(&file(&[&page], &[])).text(), "Bells of brass/ \nbronze or iron/\nsteel\n");
}

#[test]
fn what_stands_between_two_tables_is_none() {
    let table = |y: u32| {
        rule(y)
            + &table_line(y - 14, ["Kind", "Town", "Count"])
            + &table_line(y - 28, ["Small", "Northport", "3"])
            + &rule(y - 36)
    };
    let between = text('R', 10, 96, 650, "B.") + &text('R', 10, 120, 650, "Bells of the islands and of the coast");
    let page = above_table() + &table(710) + &between + &table(630);
    check_rows(&[&page], &["Kind|Town|Count", "Small|Northport|3", "Kind|Town|Count", "Small|Northport|3"]);
}

#[test]
fn a_head_that_is_set_elsewhere_than_its_figures_has_their_column() {
    let mut page =
        above_table() + &rule(710) + &text('R', 8, 76, 696, "Town") + &text('R', 8, 360, 696, "Count of bells");
    for (y, town) in [(682, "Northport"), (668, "Southport"), (654, "Westport")] {
        page += &(text('R', 8, 76, y, town) + &text('R', 8, 340, y, "12"));
    }
    let rows = ["Town|Count of bells", "Northport|12", "Southport|12", "Westport|12"];
    check_rows(&[&(page + &rule(646))], &rows);
}

#[test]
fn a_long_heading_is_one_paragraph_though_its_lines_are_set_wide() {
    let full = "Recalling that the bells of the coast are rung by hand in all of the towns that have one";
    let text_above = [560, 548, 536, 518, 506, 494].map(|y| text('R', 10, 72, y, full)).concat();
    // Letters that are filled and drawn are fat.
    let heading = [text('R', 10, 72, 470, full), text('R', 10, 72, 454, "the month")].concat();
    let page = text_above + "2 Tr " + &heading;
    let starts: Vec<_> = read(&file(&[&page], &[])).lines().iter().map(|line| line.hints.start).skip(6).collect();
    assert_eq!(starts, [Start::Paragraph, Start::GoesOn]);
}

#[test]
fn pages_begin_and_are_named() {
    let pages = [text('R', 10, 72, 700, "one"), text('R', 10, 72, 700, "two")];
    let source = read(&file(&[&pages[0], &pages[1]], &[]));
    let places: Vec<_> = source.lines().iter().map(|line| (line.origin.page, line.layout.page_break)).collect();
    assert_eq!(places, [(Some(1), false), (Some(2), true)]);
}

/// What is said of a file that cannot be read.
fn check_refused(bytes: &[u8], reason: &str) {
    let refused = read_with(bytes, Budget::default()).0.expect_err("refused");
    assert!(refused.to_string().contains(reason), "{refused}");
    assert!(!refused.hint().is_empty());
}

#[test]
fn files_without_text_are_refused_with_a_reason() {
    check_refused(&file(&[], &[]), "no pages");
    check_refused(&file(&["72 650 m 144 650 l S"], &[]), "no text");
    check_refused(b"%PDF-1.4\nnothing else", "broken");
    let encrypted = String::from_utf8(file(&["BT ET"], &[])).expect("plain");
    let locked = "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(oooooooooooooooooooooooooooooooo)/U(uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu)>>/ID[(a)(b)]/Root";
    check_refused(encrypted.replace("/Root", locked).as_bytes(), "encrypted");
}

#[test]
fn work_ends_with_the_budget() {
    let page = text('R', 10, 72, 700, "bells").repeat(2000);
    let bytes = file(&[&page], &[]);
    let small = Budget { bytes: bytes.len() as u64 };
    let refused = read_with(&bytes, small).0.expect_err("too many steps");
    assert!(refused.to_string().contains("steps"), "{refused}");
    let smaller = Budget { bytes: 10 };
    assert!(matches!(read_with(&bytes, smaller).0, Err(ReadError::TooLarge { .. })));
}
