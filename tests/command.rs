//! The `unres` command as a user meets it.

use std::path::Path;
use std::process::{Output, Stdio};
use tests::{root, unres};

fn run(arguments: &[&str]) -> Output {
    unres().args(arguments).current_dir(root()).output().expect("the command runs")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A refused call: exit code 2, nothing on standard output, and these words on standard error.
fn check_refused(arguments: &[&str], words: &[&str]) {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
    assert_eq!(stdout(&output), "", "{arguments:?}");
    for word in words {
        assert!(stderr(&output).contains(word), "{arguments:?} does not say {word:?}: {}", stderr(&output));
    }
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("written");
    path.to_string_lossy().into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

const SAMPLE: &str = "examples/lighthouses.en.txt";

#[test]
fn one_file_in_one_format_goes_to_standard_output() {
    let output = run(&["convert", SAMPLE, "--to", "csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("symbol,language,"));
    let documents = run(&["convert", SAMPLE, "--to", "csv", "--table", "documents"]);
    assert_eq!(stdout(&documents).lines().count(), 2);
}

#[test]
fn several_formats_go_to_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = format!("{}/", folder.path().join("new").display());
    let output = run(&["convert", SAMPLE, "--to", "akn,csv,json", "-o", &out]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let expected = [
        "lighthouses.en.citations.csv",
        "lighthouses.en.csv",
        "lighthouses.en.documents.csv",
        "lighthouses.en.json",
        "lighthouses.en.xml",
    ];
    assert_eq!(names(&folder.path().join("new")), expected);
}

#[test]
fn parts_are_one_collection_or_a_file_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let part = |letter: &str| {
        format!(
            "<component eId=\"c_{letter}\"><statement name=\"resolution\"><meta><identification><FRBRWork>\
             <FRBRuri value=\"/akn/un/statement/deliberation/unga/2006-11-03/61-2{letter}/\"/></FRBRWork></identification></meta><preface><p><docNumber>{letter}</docNumber></p></preface>\
             <mainBody><paragraph><content><p>Rings.</p></content></paragraph></mainBody></statement></component>"
        )
    };
    let parts = format!(
        "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><documentCollection name=\"publication\"><meta/>\
         <collectionBody/></documentCollection><components>{}{}</components></akomaNtoso>",
        part("A"),
        part("B"),
    );
    let input = write(folder.path(), "parts.xml", parts.as_bytes());
    let out = |name: &str| format!("{}/", folder.path().join(name).display());
    let whole = run(&["convert", &input, "--to", "akn", "-o", &out("whole")]);
    assert_eq!(whole.status.code(), Some(0), "{}", stderr(&whole));
    assert_eq!(names(&folder.path().join("whole")), ["parts.xml"]);
    let split = run(&["convert", &input, "--to", "akn", "--split", "--profile", "published", "-o", &out("split")]);
    assert_eq!(split.status.code(), Some(0), "{}", stderr(&split));
    assert_eq!(names(&folder.path().join("split")), ["parts-2.xml", "parts.xml"]);
    check_refused(&["convert", &input, "--to", "akn", "--split"], &["2 documents"]);
    check_refused(&["convert", &input, "--to", "akn", "--profile", "loose"], &["strict, published"]);
}

#[test]
fn several_files_go_to_one_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("all.csv");
    let output = run(&["convert", SAMPLE, "examples/lighthouses.fr.txt", "--to", "csv", "-o", &out.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(names(folder.path()), ["all.citations.csv", "all.csv", "all.documents.csv"]);
    let documents = std::fs::read_to_string(folder.path().join("all.documents.csv")).expect("a table");
    assert_eq!(documents.lines().count(), 3);
}

#[test]
fn standard_input_is_read_and_a_json_result_converts_again() {
    use std::io::Write;
    let json = run(&["convert", SAMPLE, "--to", "json"]).stdout;
    let mut child = unres()
        .args(["convert", "-", "--to", "akn"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command runs");
    child.stdin.take().expect("a pipe").write_all(&json).expect("read");
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.stdout, run(&["convert", SAMPLE, "--to", "akn"]).stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = unres()
        .args(["convert", SAMPLE, "--to", "json"])
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn bad_inputs_are_named_with_reason_and_hint() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = write(folder.path(), "empty.txt", b"");
    let binary = write(folder.path(), "scan.txt", b"%PDF-1.4\n\xff\xfe");
    let broken = write(folder.path(), "broken.txt", b"L'Assembl\xc3\xa9e g\xe9n");
    let folder_name = folder.path().to_string_lossy().into_owned();
    check_refused(&["convert", &empty, "--to", "csv"], &["empty.txt", "the file is empty", "hint:"]);
    check_refused(&["convert", &binary, "--to", "csv"], &["scan.txt", "PDF", "hint:"]);
    check_refused(&["convert", &broken, "--to", "csv"], &["broken.txt", "byte 14 is not UTF-8", "--encoding"]);
    check_refused(&["convert", "missing.txt", "--to", "csv"], &["missing.txt", "hint:"]);
    check_refused(&["convert", &folder_name, "--to", "csv"], &["this is a folder", "hint:"]);
}

#[test]
fn a_text_in_another_encoding_is_read_and_the_encoding_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(root().join("examples/lighthouses.ru.txt")).expect("a sample");
    let expected = run(&["convert", "examples/lighthouses.ru.txt", "--to", "csv"]);
    let (bytes, ..) = unres::encoding_named("windows-1251").expect("known").encode(&text);
    let input = write(folder.path(), "lighthouses.ru.txt", &bytes);
    let guessed = run(&["convert", &input, "--to", "csv"]);
    assert!(guessed.stdout == expected.stdout, "{}", stderr(&guessed));
    assert!(stderr(&guessed).contains("warning[text/encoding]: the text is not UTF-8; it is read as windows-1251"));
    let told = run(&["convert", &input, "--to", "csv", "--encoding", "cp1251"]);
    assert!(told.stdout == expected.stdout && !stderr(&told).contains("text/encoding"), "{}", stderr(&told));
    check_refused(&["convert", &input, "--to", "csv", "--encoding", "utf-8"], &["is not UTF-8", "hint:"]);
    check_refused(&["convert", &input, "--to", "csv", "--encoding", "windows-1521"], &["did you mean \"windows-125"]);
}

#[test]
fn other_formats_say_how_they_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let xml = write(folder.path(), "a.txt", b"<?xml version=\"1.0\"?><akomaNtoso/>");
    check_refused(&["convert", &xml, "--to", "csv", "--encoding", "latin1"], &["this is XML", "leave out --encoding"]);
    let wide: Vec<u8> = "<?xml version=\"1.0\" ?>\n<akomaNtoso />".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = write(folder.path(), "b.txt", &wide);
    check_refused(&["convert", &wide, "--to", "csv"], &["this is XML", "UTF-16LE", "convert it to UTF-8"]);
    let rich = write(folder.path(), "c.txt", b"{\\rtf1 Bells}");
    check_refused(&["convert", &rich, "--to", "csv"], &["this is rich text", "save it as plain text"]);
}

#[cfg(unix)]
#[test]
fn names_of_files_need_not_be_utf_8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a folder");
    let name = |bytes: &'static [u8]| folder.path().join(OsStr::from_bytes(bytes));
    let input = name(b"cl\xf4che.txt");
    std::fs::copy(root().join(SAMPLE), &input).expect("written");
    let out = folder.path().join("out");
    std::fs::create_dir(&out).expect("made");
    let file = name(b"cl\xf4che.json");
    for destination in [&out, &file] {
        let output = unres().arg("convert").arg(&input).args(["--to", "json", "-o"]).arg(destination).output();
        let output = output.expect("the command runs");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    assert!(file.exists() && out.join(OsStr::from_bytes(b"cl\xf4che.json")).exists());
}

#[test]
fn a_compilation_gives_a_file_for_each_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = format!("{}/", folder.path().display());
    let output = run(&["convert", "examples/compilation.en.txt", "--to", "akn,csv", "-o", &out]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let expected = [
        "compilation.en-2.xml",
        "compilation.en-3.xml",
        "compilation.en.citations.csv",
        "compilation.en.csv",
        "compilation.en.documents.csv",
        "compilation.en.xml",
    ];
    assert_eq!(names(folder.path()), expected);
    check_refused(&["convert", "examples/compilation.en.txt", "--to", "akn"], &["3 documents", "-o"]);
}

#[test]
fn findings_are_coloured_for_people_only() {
    let colored = |arguments: &[&str]| {
        let output = unres().args(arguments).current_dir(root()).env("NO_COLOR", "1").output();
        stderr(&output.expect("the command runs")).contains('\u{1b}')
    };
    let convert = ["convert", "examples/notice.en.txt", "--to", "csv"];
    assert!(!colored(&convert), "standard error is no terminal");
    assert!(colored(&[&convert[..], &["--color", "always"]].concat()));
    assert!(!colored(&[&convert[..], &["--color", "never"]].concat()));
    assert!(!colored(&[&convert[..], &["--color", "always", "--message-format", "json"]].concat()));
}

#[test]
fn rules_are_listed_and_explained() {
    let list = stdout(&run(&["explain"]));
    for words in ["Tree rules", "para/number", "repair/heading-groups", "U49"] {
        assert!(list.contains(words), "{words} is not in {list}");
    }
    let page = stdout(&run(&["explain", "note/call-line"]));
    assert!(page.starts_with("note/call-line\n") && page.contains("_______________"), "{page}");
    assert!(stdout(&run(&["explain", "U49"])).contains("the number in the identifier"));
    check_refused(&["explain", "para/numbr"], &["unknown rule", "did you mean \"para/number\""]);
}

#[test]
fn completions_and_manual_pages_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(&run(&["completions", shell])).contains("convert"), "{shell}");
    }
    assert!(stdout(&run(&["man"])).contains(".TH unres 1"));
    let convert = stdout(&run(&["man", "convert"]));
    assert!(convert.contains(".TH") && convert.contains("message\\-format"), "{convert}");
    check_refused(&["man", "convrt"], &["did you mean \"convert\""]);
}

#[test]
fn slips_in_names_are_named_with_what_was_meant() {
    check_refused(&["convert", SAMPLE, "--to", "cvs"], &["unknown format \"cvs\"", "did you mean \"csv\""]);
    check_refused(
        &["convert", SAMPLE, "--to", "csv", "--lang", "Frensh"],
        &["unknown language", "did you mean \"French\""],
    );
    check_refused(&["convert", SAMPLE, "--to", "csv", "-O", "csv.delimeter=tab"], &["did you mean \"delimiter\""]);
    check_refused(&["convert", SAMPLE, "--to", "akn,csv"], &["-o"]);
}

#[test]
fn nothing_is_overwritten_that_should_not_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = write(folder.path(), "a.csv", "98/1. Bells".as_bytes());
    check_refused(&["convert", &input, "--to", "csv", "-o", &input], &["the output is the input"]);
    let taken = write(folder.path(), "b.csv", b"mine");
    check_refused(&["convert", SAMPLE, "--to", "csv", "-o", &taken, "--no-clobber"], &["the file exists"]);
    assert_eq!(std::fs::read(&taken).expect("still there"), b"mine");
    assert_eq!(names(folder.path()), ["a.csv", "b.csv"]);
}

/// Two outputs of one name: one is written, the other refused.
fn check_collision(folder: &Path, inputs: &[&str], to: &str, taken: &str) {
    let out = format!("{}/", folder.join("out").display());
    let mut arguments = vec!["convert"];
    arguments.extend(inputs);
    arguments.extend(["--to", to, "-o", &out]);
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("two outputs would have this name"), "{}", stderr(&output));
    assert!(names(&folder.join("out")).contains(&taken.to_owned()));
}

#[test]
fn no_output_replaces_another_or_an_input() {
    let text = std::fs::read(root().join(SAMPLE)).expect("a sample");
    let folder = tempfile::tempdir().expect("a folder");
    let plain = write(folder.path(), "a.txt", &text);
    let side = write(folder.path(), "a.documents.txt", &text);
    check_collision(folder.path(), &[&plain, &side], "csv", "a.documents.csv");
    let input = write(folder.path(), "s.documents.csv", &text);
    let out = folder.path().join("s.csv");
    check_refused(&["convert", &input, "--to", "csv", "-o", &out.to_string_lossy()], &["the output is the input"]);
    assert_eq!(std::fs::read(&input).expect("still there"), text);
    let kept = write(folder.path(), "n.documents.csv", b"mine");
    let out = folder.path().join("n.csv");
    check_refused(
        &["convert", &plain, "--to", "csv", "-o", &out.to_string_lossy(), "--no-clobber"],
        &["the file exists"],
    );
    assert!(!out.exists() && std::fs::read(&kept).expect("still there") == b"mine");
}

#[test]
fn every_name_of_a_language_is_known() {
    for name in ["fr", "fra", "French", "french"] {
        let output = run(&["convert", "examples/lighthouses.fr.txt", "--to", "json", "--lang", name]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
    }
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = write(folder.path(), "empty.txt", b"");
    let out = format!("{}/", folder.path().join("out").display());
    let output = run(&["convert", &empty, SAMPLE, "--to", "json", "-o", &out]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(names(&folder.path().join("out")), ["lighthouses.en.json"]);
}

#[test]
fn warnings_fail_only_when_asked() {
    let notice = "examples/notice.en.txt";
    assert_eq!(run(&["convert", notice, "--to", "csv"]).status.code(), Some(0));
    let strict = run(&["convert", notice, "--to", "csv", "--strict", "--message-format", "json"]);
    assert_eq!(strict.status.code(), Some(1));
    let first: serde_json::Value =
        serde_json::from_str(stderr(&strict).lines().next().expect("a finding")).expect("a JSON object");
    assert_eq!((first["severity"].as_str(), first["rule"].as_str()), (Some("warning"), Some("document/no-resolution")));
}

#[test]
fn a_reading_can_be_looked_into() {
    let tree = stdout(&run(&["inspect", SAMPLE]));
    assert!(tree.contains("op.3.b.ii  item (ii)  [list/item"), "{tree}");
    let lines = stdout(&run(&["inspect", SAMPLE, "--source"]));
    assert!(lines.contains("note/call-line") && lines.contains("join/goes-on"), "{lines}");
    let account = stdout(&run(&["inspect", SAMPLE, "--coverage"]));
    assert!(account.contains("the account is closed"), "{account}");
}

#[test]
fn a_document_is_checked_whatever_it_was_read_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "98/1. Tidal bells\n\nThe General Assembly,\n\nNoting the bells,\n\n1. Decides to ring them;\n\n3. Decides to listen.\n";
    let input = write(folder.path(), "gap.txt", text.as_bytes());
    let output = run(&["check", SAMPLE, &input, "--message-format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "1 of 2 files without a finding\n");
    assert!(stderr(&output).contains("check/paragraph-number") && !stderr(&output).contains("lighthouses"));
    let xml = stdout(&run(&["convert", &input, "--to", "akn"]));
    let copy = write(folder.path(), "gap.xml", xml.as_bytes());
    let output = run(&["check", &copy]);
    assert!(stderr(&output).contains("op.3: paragraph 3. follows 1"), "{}", stderr(&output));
    check_refused(&["check", "missing.txt", "--lang", "klingon"], &["klingon"]);
}

#[test]
fn versions_of_a_document_are_compared() {
    let languages = ["ar", "en", "es", "fr", "ru", "zh"].map(|code| format!("examples/lighthouses.{code}.txt"));
    let mut arguments = vec!["compare"];
    arguments.extend(languages.iter().map(String::as_str));
    let output = run(&arguments);
    assert_eq!(stdout(&output), "1 documents in several versions, 0 of them differ\n", "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(0));

    let folder = tempfile::tempdir().expect("a folder");
    let whole =
        "98/1. Tidal bells\n\nThe General Assembly,\n\n1. Decides to ring them in 2044;\n\n2. Requests a report.\n";
    let lacking = "98/1. Tidal bells\n\nThe General Assembly,\n\n1. Decides to ring them in 2044;\n";
    let whole = write(folder.path(), "whole.txt", whole.as_bytes());
    let lacking = write(folder.path(), "lacking.txt", lacking.as_bytes());
    let output = run(&["compare", &whole, &lacking]);
    assert!(stdout(&output).contains("lacking.txt lacks op.2 of whole.txt: Requests a report."), "{}", stdout(&output));
    assert_eq!(output.status.code(), Some(1));
    let output = run(&["compare", &whole, &lacking, "--message-format", "json"]);
    assert!(stdout(&output).contains(r#""differs":"missing""#), "{}", stdout(&output));
}

#[test]
fn xml_that_is_not_well_formed_is_mended_or_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = std::fs::read_to_string(root().join("tests/golden/notice.en.xml")).expect("a sample");
    let broken = write(folder.path(), "broken.xml", good.replacen("</akomaNtoso>", "", 1).as_bytes());
    let mended = run(&["convert", &broken, "--to", "csv"]);
    assert_eq!(mended.status.code(), Some(0), "{}", stderr(&mended));
    assert!(stderr(&mended).contains("error[akn/not-well-formed]: line "), "{}", stderr(&mended));
    check_refused(&["convert", &broken, "--to", "csv", "--strict"], &["broken.xml: line ", "correct the file"]);
}

#[test]
fn files_beyond_the_limit_are_refused() {
    check_refused(
        &["convert", SAMPLE, "--to", "csv", "--max-bytes", "100"],
        &["more than the limit of 100", "--max-bytes"],
    );
    check_refused(&["inspect", SAMPLE, "--max-bytes", "100"], &["more than the limit of 100"]);
    check_refused(&["validate", SAMPLE, "--max-bytes", "100"], &["more than the limit of 100"]);
}

#[test]
fn threads_change_nothing() {
    let golden = root().join("tests/golden");
    let files: Vec<String> =
        names(&golden).into_iter().filter(|name| Path::new(name).extension().is_some_and(|e| e == "xml")).collect();
    let mut paths: Vec<String> = files.iter().map(|name| golden.join(name).to_string_lossy().into_owned()).collect();
    // Some that there is something to say of.
    let folder = tempfile::tempdir().expect("a folder");
    paths.insert(1, write(folder.path(), "broken.xml", b"<akomaNtoso>"));
    paths.insert(3, "no/such/file.xml".to_owned());
    paths.insert(4, write(folder.path(), "odd.txt", " 98/1. Bells \n\n 1. Decides to ring them; \n".as_bytes()));
    let convert = |jobs: &str, more: &[&str]| {
        let paths = paths.iter().map(String::as_str);
        let arguments: Vec<&str> =
            ["convert", "--jobs", jobs].into_iter().chain(more.iter().copied()).chain(paths).collect();
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        (stdout(&output), stderr(&output))
    };
    for more in [&["--to", "csv"][..], &["--to", "csv", "--table", "citations"], &["--to", "jsonl"], &["--to", "edges"]]
    {
        let (alone, said) = convert("1", more);
        assert!(!alone.is_empty() && said.contains("broken.xml") && said.contains("no/such/file.xml"), "{said}");
        assert!((alone, said) == convert("3", more), "{more:?}");
    }
    // One place is taken, so that an input fails between others when it is written.
    let taken = format!("{}.csv", files[files.len() / 2].trim_end_matches(".xml"));
    let into = |jobs: &str| {
        let out = folder.path().join(jobs);
        std::fs::create_dir(&out).expect("a folder");
        write(&out, &taken, b"here before");
        let shown = out.display().to_string();
        let (_, said) = convert(jobs, &["--to", "akn,csv", "--no-clobber", "-o", &format!("{shown}/")]);
        let files: Vec<(String, Vec<u8>)> = names(&out)
            .into_iter()
            .map(|name| (name.clone(), std::fs::read(out.join(&name)).expect("readable")))
            .collect();
        (files, said.replace(&shown, "out"))
    };
    let ((alone, said), (threads, said_by_threads)) = (into("1"), into("3"));
    assert!(said.contains(&format!("out/{taken}")) && said.contains("warning"), "{said}");
    assert!(alone.len() > 2 * files.len() && alone.contains(&(taken, b"here before".to_vec())));
    assert_eq!(said, said_by_threads);
    assert!(alone == threads);
}

#[test]
fn formats_and_languages_are_listed() {
    let output = stdout(&run(&["formats"]));
    for word in ["akn", "csv", "json", "jsonl", "-O csv.delimiter", "Inputs: text", "zh Chinese"] {
        assert!(output.contains(word), "{word} is not in {output}");
    }
}

#[test]
fn files_are_validated_one_by_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = folder.path().join("good.xml").display().to_string();
    assert_eq!(run(&["convert", SAMPLE, "--to", "akn", "-o", &good]).status.code(), Some(0));
    let clean = run(&["validate", &good]);
    assert_eq!((clean.status.code(), stdout(&clean).as_str()), (Some(0), ""));

    let text = std::fs::read_to_string(&good).expect("written");
    let invalid = write(folder.path(), "invalid.xml", text.replacen("<meta>", "<meta odd=\"1\">", 1).as_bytes());
    let broken = write(folder.path(), "broken.xml", b"<akomaNtoso>");
    let output = run(&["validate", &broken, "no/such/file.xml", &invalid, &good]);
    assert_eq!(output.status.code(), Some(1));
    for words in
        ["broken.xml:1: error[xml/ill-formed]: ", "error[schema/attribute]: meta has no attribute odd", "  hint: "]
    {
        assert!(stdout(&output).contains(words), "{words:?} is not in {}", stdout(&output));
    }
    assert!(stderr(&output).contains("no/such/file.xml"));
    assert_eq!(run(&["validate", "no/such/file.xml"]).status.code(), Some(2));
    assert_eq!(run(&["validate", "--rule", "U49", &invalid]).status.code(), Some(0));
}

#[test]
fn a_file_is_compared_with_its_source() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = folder.path().join("good.xml").display().to_string();
    assert_eq!(run(&["convert", SAMPLE, "--to", "akn", "-o", &good]).status.code(), Some(0));
    let same = run(&["validate", &good, "--source", SAMPLE]);
    assert_eq!((same.status.code(), stdout(&same).as_str()), (Some(0), ""));

    let text = std::fs::read_to_string(&good).expect("written");
    let changed = write(folder.path(), "changed.xml", text.replacen("Decides", "Decided", 1).as_bytes());
    let output = run(&["validate", &changed, "--rule", "U55", "--source", SAMPLE]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output).matches("[U55]").count(), 2, "{}", stdout(&output));
    assert_eq!(run(&["validate", &good, &changed, "--source", SAMPLE]).status.code(), Some(2));
    assert_eq!(run(&["validate", "--rule", "U55", &changed]).status.code(), Some(2));
}

#[test]
fn findings_of_the_validator_are_printed_for_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = write(folder.path(), "a file.xml", b"no XML");
    let lines = stdout(&run(&["validate", "--format", "json", &broken]));
    let found: serde_json::Value = serde_json::from_str(&lines).expect("one line of JSON");
    assert_eq!((found["line"].as_u64(), found["rule"].as_str()), (Some(1), Some("xml/ill-formed")));
    let sarif = stdout(&run(&["validate", "--format", "sarif", &broken, &broken]));
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let uri = &results[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert!(uri.as_str().is_some_and(|uri| uri.ends_with("a%20file.xml")), "{uri}");
}

#[test]
fn rules_of_the_validator_are_explained() {
    let output = stdout(&run(&["validate", "--explain", "U49"]));
    assert!(output.contains("the number in the identifier is the printed one"), "{output}");
    assert!(stdout(&run(&["validate", "--explain", "U55"])).contains("not checked: it needs the source"));
    check_refused(&["validate", "--rule", "U4x", "a.xml"], &["unknown rule \"U4x\""]);
    check_refused(&["validate", "--rule", "U55", "a.xml"], &["U55 is not checked"]);
}
