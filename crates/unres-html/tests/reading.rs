//! What a page gives, and what of it is left out.

use unres_html::Html;
use unres_source::{Budget, Confidence, Diagnostic, Input, ReadError, Reader, Role, RunKind, Source, Start};

fn read_bytes(bytes: &[u8], findings: &mut Vec<Diagnostic>) -> Result<Source, ReadError> {
    Html.read(&Input { name: "x.html", bytes }, &Budget::default(), findings)
}

fn read(page: &str) -> Source {
    read_bytes(page.as_bytes(), &mut Vec::new()).expect("a readable page")
}

fn lines(page: &str) -> Vec<String> {
    let source = read(page);
    source.lines().iter().map(|line| source.slice(line.span).to_owned()).collect()
}

#[test]
fn paragraphs_are_lines_whatever_the_blanks() {
    let page = "<html><body><h1>98/1.\n Bells<br>of the coast</h1><p><i>Noting</i> the\n  bells &amp; towers,<p>1. Rings.</body></html>";
    assert_eq!(lines(page), ["98/1. Bells", "of the coast", "Noting the bells & towers,", "1. Rings."]);
    let source = read(page);
    let starts: Vec<Start> = source.lines().iter().map(|line| line.hints.start).collect();
    assert_eq!(starts, [Start::Paragraph, Start::GoesOn, Start::Paragraph, Start::Paragraph]);
    let italics: Vec<&str> =
        source.runs().iter().filter(|run| run.hints.face.italic).map(|run| source.slice(run.span)).collect();
    assert_eq!(italics, ["Noting"]);
}

#[test]
fn breaks_and_preformatted_lines_are_lines_whose_begin_is_not_known() {
    assert_eq!(lines("<div>one<br>two<br><br>three</div>"), ["one", "two", "three"]);
    let source = read("<pre>one\ntwo\n\nthree</pre>");
    let found: Vec<(&str, u32)> =
        source.lines().iter().map(|line| (source.slice(line.span), line.layout.gap)).collect();
    assert_eq!(found, [("one", 0), ("two", 0), ("three", 1)]);
}

#[test]
fn scripts_and_chrome_are_left_out_and_counted() {
    let page = "<head><title>Bells</title><script>a<b</script></head><body><nav>Home</nav><p>Rings.</p><footer>Imprint</footer>";
    let mut findings = Vec::new();
    let source = read_bytes(page.as_bytes(), &mut findings).expect("a page");
    assert_eq!(source.text(), "Rings.\n");
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["19 characters of scripts, menus and other surroundings are left out"]);
    assert_eq!(lines("<div>Menu</div><main><p>Rings.</p></main><div>Imprint</div>"), ["Rings."]);
}

#[test]
fn lists_print_their_numbers() {
    let page = "<ol start=3><li>bells<ol type=a><li>small<li>large</ol><li>towers</ol><ul><li>tides</ul>";
    assert_eq!(lines(page), ["3. bells", "a. small", "b. large", "4. towers", "• tides"]);
}

#[test]
fn tables_of_data_have_cells_and_others_do_not() {
    let data = "<table><tr><th>Bell<th>Tower<tr><td rowspan=2>North<td>1<tr><td></td></table>";
    let cells: Vec<_> = read(data).lines().iter().map(|line| line.hints.role).collect();
    assert!(cells.iter().all(|role| matches!(role, Role::Cell(_))), "{cells:?}");
    assert_eq!(cells.len(), 5);
    let layout = "<table><tr><td>Menu<td><p>The General Assembly,<p>Rings.</table>";
    assert!(read(layout).lines().iter().all(|line| line.hints.role == Role::Text));
}

#[test]
fn notes_are_paragraphs_with_a_raised_mark_that_is_called_above() {
    let page = "<p>Noting the bells,<sup>1</sup> <a href=\"https://example.org\">98/1</a> and m<sup>2</sup>,<hr><p><sup>1</sup> On bells.";
    let source = read(page);
    let roles: Vec<Role> = source.lines().iter().map(|line| line.hints.role).collect();
    assert_eq!(roles, [Role::Text, Role::Note]);
    let link = source.runs().iter().find_map(|run| match run.hints.kind {
        RunKind::Link(link) => Some(source.link_target(link)),
        _ => None,
    });
    assert_eq!(link, Some("https://example.org"));
}

#[test]
fn a_page_may_be_in_an_older_encoding() {
    let page = b"<meta charset=windows-1251><p>\xca\xee\xeb\xee\xea\xee\xeb";
    let source = read_bytes(page, &mut Vec::new()).expect("a page");
    assert_eq!(source.text(), "Колокол\n");
    assert_eq!(read_bytes(b"<p>caf\xe9", &mut Vec::new()).expect("a page").text(), "café\n");
}

#[test]
fn a_page_is_known_by_its_bytes() {
    let sniff = |bytes: &[u8]| Html.sniff(&Input { name: "x", bytes });
    for page in
        ["<!DOCTYPE html>", "\u{feff} <!-- x --><html lang=en>", "<?xml version='1.0'?><html>", "<P>", "<title>x"]
    {
        assert_eq!(sniff(page.as_bytes()), Confidence::Certain, "{page}");
    }
    for other in ["<akomaNtoso>", "<portal>", "plain", "", "{}"] {
        assert_eq!(sniff(other.as_bytes()), Confidence::No, "{other}");
    }
    assert_eq!(read_bytes(b"<p> </p>", &mut Vec::new()).err(), Some(ReadError::Empty));
}

/// Each must end, whatever comes out; a quadratic step would take minutes here.
#[test]
fn extreme_pages_are_read() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let pages = [
        many("<div>", 100_000) + "x",
        many("<i>", 100_000) + "x" + &many("</i>", 100_000),
        many("<table><tr><td>", 5_000) + "x",
        many("</p>", 100_000) + "x",
        many("<ol><li>x", 20_000),
        many("<td colspan=999>x", 20_000),
        many("&", 200_000) + "x",
        "<script>".to_owned() + &many("x", 500_000) + "</script>y",
    ];
    for page in pages {
        let _ = read_bytes(page.as_bytes(), &mut Vec::new());
    }
}
