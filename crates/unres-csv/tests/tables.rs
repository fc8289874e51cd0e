//! What small documents become as CSV.

use jiff::civil::Date;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use unres_csv::{Csv, CsvOptions, block_header, document_header};
use unres_export::{Addresses, ExportError, ExportOptions, Exporter, Part, Target};
use unres_model::{
    Block, BlockKind, Cell, Document, DocumentKind, Fact, FactRole, Inline, Meta, Note, NoteCall, NoteId, Number,
    NumberStyle, Opening, Place, Text, Value,
};
use unres_source::{Diagnostic, Origin, RuleId, Span};

type Bytes = Arc<Mutex<Vec<u8>>>;

/// A target that keeps its parts.
#[derive(Default)]
struct Memory(BTreeMap<Part, Bytes>);

impl Memory {
    fn text(&self, part: Part) -> String {
        String::from_utf8(self.0[&part].lock().expect("one thread").clone()).expect("UTF-8")
    }
}

impl Target for Memory {
    fn part(&mut self, part: Part) -> Result<Box<dyn Write + Send>, ExportError> {
        let bytes = Bytes::default();
        assert!(self.0.insert(part, Arc::clone(&bytes)).is_none(), "a part is asked for once");
        Ok(Box::new(Stream(bytes)))
    }
}

struct Stream(Bytes);

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("one thread").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const DOCUMENTS: Part = Part::Side("documents");

struct Output {
    main: String,
    documents: String,
    findings: Vec<Diagnostic>,
}

fn export(documents: &[Document], options: &[(&str, &str)]) -> Output {
    let mut given = ExportOptions::default();
    for (name, value) in options {
        given.set(*name, *value);
    }
    given.check(Csv.options()).expect("the options are declared");
    let (mut memory, mut findings) = (Memory::default(), Vec::new());
    let mut writer = Csv.open(&given, &mut memory).expect("opens");
    for document in documents {
        writer.write(document, &Addresses::of(document), &mut findings).expect("writes");
    }
    writer.finish(&mut Vec::new()).expect("finishes");
    Output { main: memory.text(Part::Main), documents: memory.text(DOCUMENTS), findings }
}

/// The rows of the main part under some of its columns, without the header.
fn rows(document: &Document, columns: &str) -> Vec<String> {
    let output = export(std::slice::from_ref(document), &[("columns", columns), ("delimiter", ";")]);
    output.main.lines().skip(1).map(str::to_owned).collect()
}

fn text(text: &str) -> Inline {
    Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })
}

fn call(note: u32) -> Inline {
    Inline::Call(NoteCall { call: NoteId(note), spans: Vec::new() })
}

fn note(id: u32, mark: &str, content: Vec<Inline>) -> Note {
    let mark_spans = vec![Span::new(90, 91)];
    Note { id: NoteId(id), mark: mark.to_owned(), mark_spans, content, rule: RuleId::new("note/text"), place: None }
}

fn block(kind: BlockKind, depth: u16, content: Vec<Inline>) -> Block {
    Block { depth, content, ..Block::new(kind, RuleId::new("test/rule")) }
}

fn numbered(block: Block, printed: &str, ordinal: u32, style: NumberStyle) -> Block {
    let number = Some(Number { printed: printed.to_owned(), ordinal, style, spans: Vec::new() });
    Block { number, ..block }
}

fn place(first: (Option<u32>, u32), last: (Option<u32>, u32)) -> Place {
    let origin = |(page, line)| Origin { page, line };
    Place { first: origin(first), last: origin(last) }
}

fn lighthouses() -> Document {
    let title = |words: &str| {
        let text = Text { text: words.to_owned(), spans: Vec::new() };
        Inline::Fact(Fact { role: FactRole::Title, date: None, text })
    };
    let opening = |phrase: &str, key: &str| Some(Opening { phrase: phrase.to_owned(), key: Some(key.to_owned()) });
    let meta = Meta {
        source: "lighthouses.en.txt".to_owned(),
        language: Some("eng".to_owned()),
        kind: Some(DocumentKind::Resolution),
        organ: Some(Value::printed("ga".to_owned())),
        symbol: Some(Value::derived("A/RES/98/301".to_owned())),
        number: Some(Value::printed("98/301".to_owned())),
        session: Some(Value::derived("98".to_owned())),
        adopted: Some(Value::printed(Date::constant(2043, 12, 20))),
        meeting: Some(Value::printed(82)),
        ..Meta::default()
    };
    let blocks = vec![
        Block {
            place: Some(place((Some(1), 1), (Some(1), 2))),
            ..block(BlockKind::Title, 0, vec![title("Year of Lighthouses")])
        },
        block(BlockKind::EnactingFormula, 0, vec![text("The Keepers,")]),
        Block {
            opening: opening("Recalling", "recalling"),
            ..block(
                BlockKind::Preambular,
                0,
                vec![text("Recalling the lamps"), call(1), text(", old and new"), call(2)],
            )
        },
        Block {
            opening: opening("Invites", "inviting"),
            ..numbered(block(BlockKind::Operative, 0, vec![text("Invites keepers:")]), "1.", 1, NumberStyle::Decimal)
        },
        numbered(block(BlockKind::Item, 1, vec![text("At dusk;")]), "(a)", 1, NumberStyle::LowerAlpha),
        block(BlockKind::Unplaced, 0, vec![text("?")]),
        block(BlockKind::Annex, 0, vec![text("Annex")]),
        numbered(block(BlockKind::Operative, 1, vec![text("Oil \"pure\", wicks")]), "1.", 1, NumberStyle::Decimal),
    ];
    let notes = vec![note(1, "1", vec![text("Register of Lamps.")]), note(2, "*", vec![text("See \"Oil\".")])];
    Document { meta, blocks, notes }
}

#[test]
fn a_document_becomes_a_row_a_block() {
    let output = export(&[lighthouses()], &[]);
    let header = "symbol,language,part,sequence,path,eid,kind,level,number,ordinal,opening_phrase,opening_key,text,notes,\
                  citations,organ,session,title,adoption_date,meeting,source_file,first_page,first_line,last_page,last_line,\
                  rule,unplaced";
    let facts = "ga,98,Year of Lighthouses,2043-12-20,82,lighthouses.en.txt";
    let notes = r#""[{""mark"":""1"",""offset"":19,""text"":""Register of Lamps.""},{""mark"":""*"",""offset"":32,""text"":""See \""Oil\"".""}]""#;
    let expected = [
        header.to_owned(),
        format!(
            "A/RES/98/301,eng,main,1,title,preface__p_1,title,0,,,,,Year of Lighthouses,,,{facts},1,1,1,2,test/rule,false"
        ),
        format!(
            "A/RES/98/301,eng,main,2,formula,preamble__formula_1,enacting-formula,0,,,,,\"The Keepers,\",,,{facts},,,,,test/rule,false"
        ),
        format!(
            "A/RES/98/301,eng,main,3,pre.1,preamble__container_1,preambular,0,,,Recalling,recalling,\
             \"Recalling the lamps, old and new\",{notes},,{facts},,,,,test/rule,false"
        ),
        format!(
            "A/RES/98/301,eng,main,4,op.1,para_1,operative,0,1.,1,Invites,inviting,Invites keepers:,,,{facts},,,,,test/rule,false"
        ),
        format!(
            "A/RES/98/301,eng,main,5,op.1.a,para_1__list_1__point_a,item,1,(a),1,,,At dusk;,,,{facts},,,,,test/rule,false"
        ),
        format!("A/RES/98/301,eng,main,6,unplaced.1,al_1,unplaced,0,,,,,?,,,{facts},,,,,test/rule,true"),
        format!("A/RES/98/301,eng,annex1,7,annex.1,att_1,annex,0,,,,,Annex,,,{facts},,,,,test/rule,false"),
        format!(
            "A/RES/98/301,eng,annex1,8,annex.1.op.1,att_1__para_1,operative,0,1.,1,,,\
             \"Oil \"\"pure\"\", wicks\",,,{facts},,,,,test/rule,false"
        ),
    ];
    assert_eq!(output.main.lines().collect::<Vec<_>>(), expected);
    assert!(output.main.ends_with('\n') && !output.main.contains('\r'));
    assert_eq!(output.findings, []);
}

#[test]
fn a_document_becomes_a_row_of_documents() {
    let expected = "symbol,language,kind,organ,number,session,session_basis,title,adoption_date,meeting,blocks,preambular,\
                    operative,items,notes,calls,unplaced,source_file,vote,in_favour,against,abstaining,sponsors,\
                    subjects,steps,\
                    issue_date,distribution,agenda_item,agenda_title,proponent,originating_document,job_number\n\
                    A/RES/98/301,eng,resolution,ga,98/301,98,derived,Year of Lighthouses,2043-12-20,82,8,1,2,1,2,2,1,\
                    lighthouses.en.txt,,,,,,,,,,,,,,\n";
    assert_eq!(export(&[lighthouses()], &[]).documents, expected);
}

#[test]
fn what_a_document_does_not_state_is_empty() {
    let mut bare = Document { blocks: vec![block(BlockKind::Unnumbered, 0, vec![text("x")])], ..Document::default() };
    bare.meta.source = "-".to_owned();
    let output = export(&[bare], &[]);
    assert_eq!(output.main.lines().nth(1), Some(",,main,1,par.1,al_1,unnumbered,0,,,,,x,,,,,,,,-,,,,,test/rule,false"));
    assert_eq!(output.documents.lines().nth(1), Some(",,,,,,,,,,1,0,0,0,0,0,0,-,,,,,,,,,,,,,,"));
}

#[test]
fn no_documents_are_two_headers() {
    let output = export(&[], &[]);
    assert_eq!((output.main.lines().count(), output.documents.lines().count()), (1, 1));
}

#[test]
fn rows_of_each_document_count_from_one() {
    let output = export(&[lighthouses(), lighthouses()], &[("columns", "sequence")]);
    assert_eq!(output.main, format!("sequence\n{0}{0}", "1\n2\n3\n4\n5\n6\n7\n8\n"));
    assert_eq!(output.documents.lines().count(), 3);
}

#[test]
fn a_note_called_twice_stands_in_both_rows() {
    let blocks = vec![
        block(BlockKind::Unnumbered, 0, vec![call(3), text("a")]),
        block(BlockKind::Unnumbered, 0, vec![text("灯塔"), call(3)]),
    ];
    let document = Document { blocks, notes: vec![note(3, "2", vec![text("n")])], ..Document::default() };
    let notes = |offset| format!(r#""[{{""mark"":""2"",""offset"":{offset},""text"":""n""}}]""#);
    assert_eq!(rows(&document, "text,notes"), [format!("a;{}", notes(0)), format!("灯塔;{}", notes(2))]);
}

#[test]
fn a_note_that_no_block_calls_has_a_row_and_a_finding() {
    let blocks = vec![block(BlockKind::Unnumbered, 0, vec![text("a"), call(1)])];
    let mut lost = note(2, "**", vec![text("Lost "), call(1), text("lamp.")]);
    lost.place = Some(place((Some(2), 30), (Some(2), 31)));
    let document = Document { blocks, notes: vec![note(1, "*", vec![text("n")]), lost], ..Document::default() };
    let found = rows(
        &document,
        "part,sequence,path,eid,kind,level,number,ordinal,text,notes,first_page,last_line,rule,unplaced",
    );
    let inner = r#""[{""mark"":""*"",""offset"":5,""text"":""n""}]""#;
    assert_eq!(found.len(), 2);
    assert_eq!(found[1], format!(";2;;authorialNote_2;note;;**;;Lost lamp.;{inner};2;31;note/text;false"));
    let output = export(&[document], &[]);
    let [finding] = output.findings.as_slice() else { panic!("one finding: {:?}", output.findings) };
    assert_eq!((finding.rule.as_str(), finding.span), ("csv/uncalled-note", Some(Span::new(90, 91))));
    assert_eq!(finding.message, r#"note 2 (mark "**") is called by no block and stands in a row of its own"#);
    assert!(output.documents.lines().nth(1).is_some_and(|row| row.contains(",1,0,0,0,2,2,0,")), "{}", output.documents);
}

#[test]
fn a_table_is_one_row() {
    let cell = |content| Cell { content, ..Cell::default() };
    let mut table = block(BlockKind::Table, 0, Vec::new());
    table.rows =
        vec![vec![cell(vec![text("Coast")]), cell(vec![text("Lamps"), call(1)])], vec![cell(vec![text("North")])]];
    let document = Document { blocks: vec![table], notes: vec![note(1, "a", Vec::new())], ..Document::default() };
    let notes = r#""[{""mark"":""a"",""offset"":13,""text"":""""}]""#;
    assert_eq!(rows(&document, "kind,text,notes"), [format!("table;Coast | Lamps || North;{notes}")]);
}

#[test]
fn the_guard_defuses_formulas_in_every_column() {
    let bullet = numbered(block(BlockKind::Item, 0, vec![text("=SUM(A1)")]), "-", 1, NumberStyle::Bullet);
    let mut document = Document { blocks: vec![bullet], ..Document::default() };
    document.meta.source = "@home.txt".to_owned();
    assert_eq!(rows(&document, "number,text,source_file,level"), ["-;=SUM(A1);@home.txt;1"]);
    let guarded = export(&[document], &[("guard", "true"), ("columns", "number,text,source_file,level")]);
    assert_eq!(guarded.main.lines().nth(1), Some("'-,'=SUM(A1),'@home.txt,1"));
    assert!(guarded.documents.ends_with(",'@home.txt,,,,,,,,,,,,,,\n"));
}

#[test]
fn a_byte_order_mark_begins_each_part() {
    let output = export(&[], &[("bom", "true")]);
    assert!(output.main.starts_with("\u{feff}symbol,"));
    assert!(output.documents.starts_with("\u{feff}symbol,"));
}

#[test]
fn the_delimiter_holds_for_both_parts() {
    let output = export(&[lighthouses()], &[("delimiter", "tab"), ("columns", "number,text")]);
    assert_eq!(output.main.lines().nth(5), Some("(a)\tAt dusk;"));
    assert!(output.documents.starts_with("symbol\tlanguage\tkind\t"));
}

#[test]
fn an_unknown_column_is_refused() {
    let mut options = ExportOptions::default();
    options.set("columns", "symbol,txt");
    let error = Csv.open(&options, &mut Memory::default()).err().expect("is refused").to_string();
    assert_eq!(error, r#"option columns: there is no column "txt"; did you mean "text"?"#);
}

/// `docs/csv.md` describes each column of both tables, in their order.
#[test]
fn the_codebook_has_every_column() {
    let manual = include_str!("../../../docs/csv.md");
    let described = manual.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let header = block_header(&CsvOptions::default());
    let columns: Vec<_> = header.iter().map(str::to_owned).chain(document_header().iter().map(str::to_owned)).collect();
    assert_eq!(described.collect::<Vec<_>>(), columns);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_reads_back_on_one_line(words in "[a\"',;|\\s\u{2028}灯=]{0,20}", rest in any::<String>()) {
        let content = vec![text(&words), call(1), text(&rest)];
        let blocks = vec![Block { opening: Some(Opening { phrase: rest.clone(), key: None }), ..block(BlockKind::Quotation, 0, content) }];
        let document = Document { blocks, notes: vec![note(1, &rest, vec![text(&words)])], ..Document::default() };
        let output = export(&[document], &[]);
        prop_assert_eq!(output.main.lines().count(), 2);
        let mut reader = csv::Reader::from_reader(output.main.as_bytes());
        let record = reader.records().next().expect("a row").expect("is CSV");
        let is_break = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        prop_assert!(record.iter().all(|cell| !cell.contains(is_break)));
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(solid(&record[12]), solid(&words) + &solid(&rest));
        let notes: serde_json::Value = serde_json::from_str(&record[13]).expect("notes are JSON");
        let offset = notes[0]["offset"].as_u64().and_then(|offset| usize::try_from(offset).ok()).expect("an offset");
        let before: String = record[12].chars().take(offset).collect();
        prop_assert_eq!(solid(&before), solid(&words));
    }
}
