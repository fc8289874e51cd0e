//! The reader, on invented documents: one for each dialect and each fault.

use unres_akn::{AknDocument, Dialect, IllFormed, looks_like_xml, read_documents};
use unres_model::{BlockKind, Document, DocumentKind, FactRole, Inline, Meta, plain_text};
use unres_source::{Budget, Diagnostic, Input, ReadError, Severity};

const NS: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

fn read(xml: &str) -> Result<(Vec<AknDocument>, Vec<Diagnostic>), ReadError> {
    let mut sink = Vec::new();
    let input = Input { name: "bells.xml", bytes: xml.as_bytes() };
    read_documents(&input, &Budget::default(), IllFormed::Mended, &mut sink).map(|documents| (documents, sink))
}

/// Why a text that is not well-formed is refused, where that is asked for.
fn refused(xml: &str) -> String {
    let input = Input { name: "bells.xml", bytes: xml.as_bytes() };
    read_documents(&input, &Budget::default(), IllFormed::Refused, &mut Vec::new()).expect_err(xml).to_string()
}

/// A statement with that body, and no metadata.
fn statement(inside: &str) -> String {
    format!("<akomaNtoso xmlns=\"{NS}\"><statement name=\"resolution\">{inside}</statement></akomaNtoso>")
}

fn body(inside: &str) -> String {
    statement(&format!("<mainBody>{inside}</mainBody>"))
}

fn only(xml: &str) -> Document {
    let (mut documents, diagnostics) = read(xml).expect("a document");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(documents.len(), 1);
    documents.remove(0).document
}

/// Blocks as lines: depth as blanks, kind, number, text with `^1` for a call.
fn shape(document: &Document) -> Vec<String> {
    let inline = |inline: &Inline| match inline {
        Inline::Text(text) => text.text.clone(),
        Inline::Fact(fact) => format!("[{}]", fact.text.text),
        Inline::Citation(citation) => format!("<{} {}>", citation.text.text, citation.symbol),
        Inline::Date(date) => date.text.text.clone(),
        Inline::Link(link) => link.text.text.clone(),
        Inline::Name(name) => name.text.text.clone(),
        Inline::Call(call) => format!("^{}", call.call.0),
    };
    let line = |block: &unres_model::Block| {
        let number = block.number.as_ref().map_or(String::new(), |number| format!(" {}", number.printed));
        let text: String = block.content.iter().map(inline).collect();
        let kind = format!("{:?}", block.kind);
        format!("{}{kind}{number}: {text}", " ".repeat(usize::from(block.depth)))
    };
    document.blocks.iter().map(line).collect()
}

fn check(xml: &str, expected: &[&str]) {
    assert_eq!(shape(&only(xml)), expected);
}

#[test]
fn paragraphs_have_numbers_and_items_at_every_level() {
    let xml = body(
        "<paragraph><num>\t1.</num><list><intro><p>\tRings:</p></intro>\
         <point><num>(a)</num><content><p>a bell;</p></content></point>\
         <sublist><point><num>(i)</num><content><p>a small one;</p></content></point></sublist>\
         <point><num>(b)</num><content><p>a horn;</p></content></point>\
         <wrapUp><p>and listens;</p></wrapUp></list></paragraph>\
         <paragraph><num>2.</num><content><p>Stops.</p></content></paragraph>",
    );
    check(
        &xml,
        &[
            "Operative 1.: Rings:",
            " Item (a): a bell;",
            "  Item (i): a small one;",
            " Item (b): a horn;",
            " Unnumbered: and listens;",
            "Operative 2.: Stops.",
        ],
    );
}

#[test]
fn a_list_in_its_point_and_one_beside_it_are_one_tree() {
    let nested = body(
        "<paragraph><num>1.</num><list><intro><p>Rings:</p></intro><point><num>(a)</num><list><intro><p>bells:</p></intro>\
         <point><num>(i)</num><content><p>one.</p></content></point></list></point></list></paragraph>",
    );
    let beside = body(
        "<paragraph><num>1.</num><list><intro><p>Rings:</p></intro><point><num>(a)</num><content><p>bells:</p></content></point>\
         <sublist><point><num>(i)</num><content><p>one.</p></content></point></sublist></list></paragraph>",
    );
    assert_eq!(shape(&only(&nested)), shape(&only(&beside)));
}

#[test]
fn a_heading_between_items_stands_in_their_list() {
    let point = |number: &str, heading: &str| {
        format!("<point>{heading}<num>{number}</num><content><p>x;</p></content></point>")
    };
    check(
        &body(&format!(
            "<paragraph><num>1.</num><list><intro><p>Rings:</p></intro>{}{}<sublist>{}{}{}</sublist>{}</list></paragraph>",
            point("(a)", ""),
            point("(b)", "<subheading>Bells</subheading>"),
            point("(i)", "<subheading>Small ones</subheading>"),
            point("(ii)", ""),
            point("(iii)", "<subheading>Great ones</subheading>"),
            point("(c)", "<subheading>Horns</subheading>"),
        )),
        &[
            "Operative 1.: Rings:",
            " Item (a): x;",
            " Heading: Bells",
            "  Item (b): x;",
            "   Heading: Small ones",
            "    Item (i): x;",
            "    Item (ii): x;",
            "   Heading: Great ones",
            "    Item (iii): x;",
            " Heading: Horns",
            "  Item (c): x;",
        ],
    );
}

#[test]
fn the_head_of_a_resolution_states_its_facts() {
    let xml = statement(
        "<coverPage><p><docNumber refersTo=\"#symbol\">A/RES/98/1</docNumber></p></coverPage>\
         <preface><p>\n  <docNumber>98/1.</docNumber>\n  <docTitle><span class=\"bold\">Tidal bells</span></docTitle></p></preface>\
         <preamble><formula name=\"enactingFormula\"><p><span class=\"italic\">The Tower</span>,</p></formula>\
         <container name=\"Recalling\"><p>\t<span class=\"italic\">Recalling</span> its bells,</p></container></preamble>\
         <mainBody><paragraph><content><p><span class=\"italic\">Decides</span> to ring.</p></content></paragraph></mainBody>\
         <conclusions><p><event refersTo=\"#adoption\"><location title=\"47th\" refersTo=\"#adoptionMeeting\">47th meeting</location><eol/>\
         <docDate date=\"2043-12-20\" refersTo=\"#adoptionDate\">20 December 2043</docDate></event></p></conclusions>",
    );
    let document = only(&xml);
    assert_eq!(
        shape(&document),
        [
            "Masthead: [A/RES/98/1]",
            "Title: [98/1]. [Tidal bells]",
            "EnactingFormula: [The Tower],",
            "Preambular: Recalling its bells,",
            "Operative: Decides to ring.",
            "Adoption: [47th meeting]",
            "Adoption: [20 December 2043]",
        ]
    );
    assert_eq!(document.title(), "Tidal bells");
    assert_eq!(document.meta.kind, Some(DocumentKind::Resolution));
    assert_eq!(document.meta.meeting.map(|meeting| meeting.value), Some(47));
    assert_eq!(document.meta.number.as_ref().map(|number| number.value.as_str()), Some("98/1"));
    let openings: Vec<_> = document.blocks.iter().filter_map(|block| block.opening.as_ref()).collect();
    assert_eq!(openings.iter().map(|opening| opening.phrase.as_str()).collect::<Vec<_>>(), ["Recalling", "Decides"]);
}

#[test]
fn the_cover_of_a_council_resolution_is_its_title() {
    let xml = statement(
        "<coverPage><p><docTitle refersTo=\"#resolutionNumber\">\t\tResolution 9901 (2044)</docTitle></p>\
         <p><docTitle refersTo=\"#adoption\">Adopted at its <inline name=\"adoptionMeeting\" title=\"9252nd\">9252nd meeting</inline>, on \
         <docDate date=\"2044-03-03\" refersTo=\"#adoptionDate\">3 March 2044</docDate></docTitle></p></coverPage><mainBody><p/></mainBody>",
    );
    check(&xml, &["Title: Resolution 9901 (2044)", "Adoption: Adopted at its [9252nd meeting], on [3 March 2044]"]);
}

#[test]
fn a_note_is_kept_once_and_called_twice() {
    let note = "<authorialNote marker=\"1\" placement=\"bottom\"><p>\t Bell <span>book</span>.</p></authorialNote>";
    let first = format!("<paragraph><num>1.</num><content><p>Rings,{note} twice;</p></content></paragraph>");
    for second in ["<sup>1</sup>", "<noteRef marker=\"1\" href=\"#x\"/>"] {
        let xml = body(&format!(
            "{first}<paragraph><num>2.</num><content><p>Rings,{second} again.</p></content></paragraph>"
        ));
        let document = only(&xml);
        assert_eq!(shape(&document), ["Operative 1.: Rings,^1 twice;", "Operative 2.: Rings,^1 again."]);
        assert_eq!(plain_text(&document.notes[0].content), "Bell book.");
    }
    let other =
        body(&format!("{first}<paragraph><num>2.</num><content><p>the 1<sup>er</sup> bell</p></content></paragraph>"));
    assert_eq!(shape(&only(&other))[1], "Operative 2.: the 1er bell");
}

#[test]
fn brackets_round_a_call_belong_to_it() {
    let xml = body(
        "<paragraph><num>1.</num><content><p>Rings<sup>(</sup><authorialNote marker=\"1\"><p>() Bell.</p></authorialNote>\
         <sup>)</sup>; stops.</p></content></paragraph>",
    );
    let document = only(&xml);
    assert_eq!(shape(&document), ["Operative 1.: Rings^1; stops."]);
    assert_eq!(plain_text(&document.notes[0].content), "Bell.");
}

#[test]
fn sections_hold_preambular_paragraphs() {
    let xml = body(
        "<section><num>I</num><subheading>Bells</subheading><crossHeading refersTo=\"#preamble\"><span class=\"italic\">Recalling</span> \
         bells,</crossHeading><paragraph><num>1.</num><content><p>Rings.</p></content></paragraph></section>",
    );
    check(&xml, &["Section I: Bells", " Preambular: Recalling bells,", " Operative 1.: Rings."]);
}

#[test]
fn headings_of_published_files_are_paragraphs_of_a_class() {
    let xml = body(
        "<paragraph class=\"H23\"><subheading>\t\tII</subheading></paragraph><paragraph class=\"H23\"><subheading>Bells</subheading></paragraph>\
         <paragraph><content><p>On ringing</p></content></paragraph><paragraph><num>1.</num><content><p>Rings.</p></content></paragraph>",
    );
    check(&xml, &["Heading: II", "Heading: Bells", "Heading: On ringing", "Operative 1.: Rings."]);
}

#[test]
fn an_attachment_is_an_annex_and_its_first_heading_heads_it() {
    let xml = statement(
        "<mainBody><paragraph><num>1.</num><content><p>Rings.</p></content></paragraph></mainBody><attachments><attachment><doc name=\"annex\">\
         <meta/><mainBody><paragraph class=\"H1\"><heading>Annex</heading></paragraph><paragraph><content><p>(a)\tA bell.</p></content></paragraph>\
         </mainBody></doc></attachment></attachments>",
    );
    check(&xml, &["Operative 1.: Rings.", "Annex: Annex", " Unnumbered: (a)\tA bell."]);
}

#[test]
fn tables_keep_their_cells() {
    let xml = body(
        "<container name=\"table\"><table><tr><th colspan=\"2\"><p>Bells</p></th></tr><tr><td rowspan=\"2\"><p>one</p><p>two</p></td>\
         <td>three</td></tr></table></container>",
    );
    let document = only(&xml);
    let rows = &document.blocks[0].rows;
    assert_eq!((rows[0][0].header, rows[0][0].more_columns, rows[1][0].more_rows), (true, 1, 1));
    assert_eq!(plain_text(&rows[1][0].content), "one two");
    assert_eq!(plain_text(&rows[1][1].content), "three");
}

#[test]
fn each_part_of_a_collection_is_a_document() {
    let xml = format!(
        "<akomaNtoso xmlns=\"{NS}\"><documentCollection name=\"publication\"><preface><p><docNumber>98/1.</docNumber> <docTitle>Bells</docTitle></p>\
         </preface><collectionBody><component><documentRef href=\"#a\" showAs=\"A\"/></component></collectionBody></documentCollection><components>\
         <component><statement name=\"resolution\"><mainBody><paragraph><num>1.</num><content><p>One.</p></content></paragraph></mainBody></statement>\
         </component><component><statement name=\"resolution\"><mainBody><paragraph><num>1.</num><content><p>Two.</p></content></paragraph></mainBody>\
         </statement></component></components></akomaNtoso>"
    );
    let (documents, _) = read(&xml).expect("documents");
    let shapes: Vec<_> = documents.iter().map(|read| shape(&read.document)).collect();
    assert_eq!(shapes, [vec!["Title: [98/1]. [Bells]", "Operative 1.: One."], vec!["Operative 1.: Two."]]);
}

#[test]
fn metadata_give_votes_sponsors_subjects_and_steps() {
    let meta = "<meta><identification source=\"#x\"><FRBRWork><FRBRuri value=\"/akn/un/statement/deliberation/unga/2043-12-20/98-1/\"/>\
        <FRBRdate date=\"2043-12-20\" name=\"adoption\"/></FRBRWork><FRBRExpression><FRBRlanguage language=\"eng\"/></FRBRExpression>\
        </identification><classification><keyword value=\"bells\" showAs=\"BELLS\" dictionary=\"UNBIS\"/></classification><workflow>\
        <step date=\"0001-01-01\" outcome=\"draftResolution\" as=\"A/98/L.1\" by=\"Atlantis, Utopia\"/></workflow><analysis><parliamentary>\
        <voting outcome=\"adoptedRecordedVote\"><count refersTo=\"#inFavour\" value=\"015\"/></voting></parliamentary></analysis></meta>";
    let document = only(&statement(&format!("{meta}<mainBody><p>Rings.</p></mainBody>")));
    let meta = &document.meta;
    assert_eq!(meta.language.as_deref(), Some("eng"));
    assert_eq!(meta.adopted.map(|date| date.value.to_string()).as_deref(), Some("2043-12-20"));
    assert_eq!(meta.organ.as_ref().map(|organ| organ.value.as_str()), Some("ga"));
    assert_eq!((meta.votes[0].counts[0].choice.as_str(), meta.votes[0].counts[0].count), ("inFavour", Some(15)));
    assert_eq!(meta.sponsors, ["Atlantis", "Utopia"]);
    assert_eq!(meta.subjects[0].show_as, "BELLS");
    assert_eq!((meta.steps[0].date, meta.steps[0].document.as_deref()), (None, Some("A/98/L.1")));
}

#[test]
fn a_strict_file_is_known_by_its_subtype() {
    let meta =
        "<meta><identification><FRBRWork><FRBRsubtype value=\"deliberation\"/></FRBRWork></identification></meta>";
    let (documents, _) = read(&statement(&format!("{meta}<mainBody><p>Rings.</p></mainBody>"))).expect("a document");
    assert_eq!(documents[0].dialect, Dialect::Strict);
    let (documents, _) = read(&body("<p>Rings.</p>")).expect("a document");
    assert_eq!(documents[0].dialect, Dialect::Published);
}

#[test]
fn a_strict_file_states_the_symbol_of_a_part() {
    let document = |subtype: &str| {
        let meta = format!(
            "<meta><identification><FRBRWork>\
             <FRBRuri value=\"/akn/un/statement/deliberation/un-ga/2043-12-20/98-12_B\"/>\
             <FRBRalias value=\"A/RES/98/12 B\" name=\"symbol\"/>{subtype}</FRBRWork></identification></meta>"
        );
        let cover = "<preface><p><docNumber refersTo=\"#symbol\">A/RES/98/12 A-B</docNumber></p></preface>";
        only(&statement(&format!("{meta}{cover}<mainBody><p>Rings.</p></mainBody>"))).meta
    };
    let symbol = |meta: Meta| meta.symbol.map(|symbol| symbol.value);
    let strict = document("<FRBRsubtype value=\"deliberation\"/>");
    assert_eq!(strict.number.as_ref().map(|number| number.value.as_str()), Some("98/12 B"));
    assert_eq!(symbol(strict).as_deref(), Some("A/RES/98/12 B"));
    assert_eq!(symbol(document("")).as_deref(), Some("A/RES/98/12 A-B"));
}

#[test]
fn what_is_broken_is_read_as_far_as_it_goes() {
    let broken = [
        (
            "<paragraph><num>1.</num><content><p>Rings <span>twice.</p></content></paragraph>",
            "Operative 1.: Rings twice.",
        ),
        (
            "<paragraph><num>1.</num><content><p>Bells & horns.</p></content></paragraph>",
            "Operative 1.: Bells & horns.",
        ),
        ("<paragraph><num>1.</num><content><p>Rings.</docTitle></p></content></paragraph>", "Operative 1.: Rings."),
        ("<paragraph><num>1.</num><content><p>1 < 2.</p></content></paragraph>", "Operative 1.: 1 < 2."),
        (
            "<paragraph><num>1.</num><content><p>A &bell; rings.</p></content></paragraph>",
            "Operative 1.: A &bell; rings.",
        ),
    ];
    for (xml, expected) in broken {
        let (documents, diagnostics) = read(&body(xml)).expect(xml);
        assert_eq!(shape(&documents[0].document), [expected]);
        let at_line = |found: &Diagnostic| found.severity == Severity::Error && found.message.starts_with("line 1: ");
        assert!(diagnostics.iter().any(at_line), "{xml}");
        assert!(refused(&body(xml)).starts_with("line 1: "), "{xml}");
    }
    let cut = body("<paragraph><num>1.</num><content><p>Rings").replace("</mainBody></statement></akomaNtoso>", "");
    let (documents, diagnostics) = read(&cut).expect("a document");
    assert_eq!(shape(&documents[0].document), ["Operative 1.: Rings"]);
    assert_eq!(diagnostics[0].rule.as_str(), "akn/not-well-formed");
}

#[test]
fn control_characters_and_a_second_root_are_left_out() {
    let xml = body("<p>Ri\u{1}ngs.</p>") + "<second/>";
    let (documents, diagnostics) = read(&xml).expect("a document");
    assert_eq!(shape(&documents[0].document), ["Unnumbered: Rings."]);
    let messages: Vec<_> = diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "line 1: a character that XML does not allow",
            "line 1: a second root element; it and all behind it is left out"
        ]
    );
}

#[test]
fn unknown_elements_keep_their_text() {
    let (documents, diagnostics) =
        read(&body("<bell>Rings.</bell><p>It <chime>chimes</chime>.</p>")).expect("a document");
    assert_eq!(shape(&documents[0].document), ["Unnumbered: Rings.", "Unnumbered: It chimes."]);
    assert_eq!(diagnostics.iter().filter(|found| found.rule.as_str() == "akn/unknown-element").count(), 2);
}

#[test]
fn what_is_no_akoma_ntoso_is_refused_with_a_reason() {
    let reason = |xml: &str| read(xml).map(|_| ()).unwrap_err().to_string();
    assert!(reason("<html/>").contains("root element is html"));
    assert!(reason(&format!("<akomaNtoso xmlns=\"{NS}/WD17\"/>")).contains("draft of Akoma Ntoso"));
    assert!(reason("<akomaNtoso/>").contains("no namespace"));
    assert!(reason(&format!("<!DOCTYPE a><akomaNtoso xmlns=\"{NS}\"/>")).contains("document type definition"));
    assert!(reason(&body(&"<a>".repeat(300))).contains("deep"));
    assert!(reason(&format!("<akomaNtoso xmlns=\"{NS}\"/>")).contains("no document"));
    assert_eq!(reason(" \n"), "the file is empty");
}

#[test]
fn nesting_beyond_the_model_is_held_flat() {
    let deep = "<list><point><num>(a)</num><content><p>x</p></content>".repeat(70) + &"</point></list>".repeat(70);
    let document = only(&body(&deep));
    assert_eq!(document.validate(), Ok(()));
    assert_eq!(document.blocks.len(), 70);
}

#[test]
fn xml_is_known_by_its_first_character() {
    for xml in ["<akomaNtoso/>", "\u{feff}<?xml version=\"1.0\"?>", " \n<!-- x -->"] {
        assert!(looks_like_xml(xml.as_bytes()), "{xml}");
    }
    for other in ["", "{}", "98/1. Bells", "< 3 bells", "<A", "<bells> ring"] {
        assert!(!looks_like_xml(other.as_bytes()), "{other}");
    }
}

#[test]
fn blocks_know_their_kinds_and_facts_their_roles() {
    let document =
        only(&body("<p><docTitle refersTo=\"#title1\"><span class=\"bold\">Statement on bells</span></docTitle></p>"));
    assert_eq!(document.blocks[0].kind, BlockKind::Title);
    assert_eq!(document.fact(FactRole::Title), "Statement on bells");
}
