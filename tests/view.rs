//! `unres view`: the page that shows a source beside its structure.

use roxmltree::{Document as Page, Node, ParsingOptions};
use std::collections::BTreeSet;
use tests::{read_file, read_text, root, samples, unres};
use unres::{Reading, beside};

fn page_of(reading: &Reading) -> String {
    beside("x.txt", reading).expect("a page")
}

fn parse(page: &str) -> Page<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Page::parse_with_options(page, options).expect("a well-formed page")
}

fn with<'a, 'p>(page: &'a Page<'p>, attribute: &'a str) -> impl Iterator<Item = Node<'a, 'p>> {
    page.descendants().filter(move |node| node.has_attribute(attribute))
}

fn text_of(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// Names of `data-` attributes point to elements of the page.
fn pointed<'a>(page: &'a Page<'_>, attribute: &'a str, prefix: &str) -> BTreeSet<String> {
    let words = with(page, attribute).filter_map(|node| node.attribute(attribute)).flat_map(str::split_whitespace);
    words.map(|word| format!("{prefix}{word}")).collect()
}

#[test]
fn every_entry_has_its_lines_and_every_line_its_entries() {
    for path in samples() {
        let reading = read_file(&path);
        let page = page_of(&reading);
        let page = parse(&page);
        let ids: BTreeSet<String> = with(&page, "id").filter_map(|node| node.attribute("id")).map(Into::into).collect();
        let (lines, entries) = (pointed(&page, "data-lines", "l"), pointed(&page, "data-entries", ""));
        assert!(lines.is_subset(&ids) && entries.is_subset(&ids), "{}", path.display());
        // Rulers, page heads and empty lines belong to no entry; all others do.
        let source = reading.source.as_ref().expect("a text");
        let furniture = reading.trace.furniture.iter().map(|claim| claim.span);
        let furniture: Vec<_> = furniture.collect();
        for (index, line) in source.lines().iter().enumerate() {
            let outside = furniture.iter().any(|span| span.start < line.span.end && line.span.start < span.end);
            let is_lit = lines.contains(&format!("l{index}"));
            assert!(is_lit || outside || line.span.is_empty(), "{}: line {index}", path.display());
        }
    }
}

#[test]
fn a_finding_stands_at_the_entry_that_it_is_about_and_says_what_to_change() {
    let reading = read_text(
        " 98/1. Tidal bells \n\n The General Assembly, \n\n 1. Decides to ring them; \n\n 3. Asks who will. \n",
    );
    assert_eq!(reading.diagnostics.len(), 1, "{:?}", reading.diagnostics);
    let page = page_of(&reading);
    let page = parse(&page);
    let found = page.descendants().filter(|node| node.attribute("class") == Some("correction"));
    let entries: Vec<String> = found.filter_map(|node| node.parent()).map(text_of).collect();
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert!(entry.contains("3.") && entry.contains("blocks[3]") && entry.contains("op.3"), "{entry}");
    assert!(entry.contains(reading.diagnostics[0].message.as_str()), "{entry}");
}

#[test]
fn text_of_an_input_is_never_markup() {
    let page = page_of(&read_text("Bells <script>alert(1)</script>\n\n\"&amp;\"\n"));
    assert!(!page.contains("alert(1)</script>"), "{page}");
    assert_eq!(page.matches("<script>").count(), 1);
}

#[test]
fn an_input_that_holds_documents_shows_their_structure_alone() {
    let reading = read_file(&root().join("tests/golden/every-construct.en.xml"));
    let page = page_of(&reading);
    assert_eq!(with(&parse(&page), "data-entries").count(), 0);
    assert!(page.contains("lunar ferries"));
}

/// A program in the place of the one that shows files says which it was asked to show.
#[cfg(unix)]
#[test]
fn what_was_written_is_opened_when_asked_for() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let (opener, said) = (folder.path().join("xdg-open"), folder.path().join("said"));
    std::fs::write(&opener, format!("#!/bin/sh\necho \"$1\" >> '{}'\n", said.display())).expect("writable");
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap_or_default());
    let run = |args: &[&str], output: &str| {
        let output = folder.path().join(output);
        let done = unres()
            .args(args)
            .args(["--open", "-o"])
            .arg(&output)
            .env("PATH", &path)
            .current_dir(root())
            .output()
            .expect("the command runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        // Nobody waits for the program that shows the file.
        let asked = || std::fs::read_to_string(&said).unwrap_or_default().contains(output.to_str().expect("UTF-8"));
        let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
        while !asked() {
            assert!(std::time::Instant::now() < until, "{} was not opened", output.display());
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    };
    run(&["view", "examples/lighthouses.ar.txt"], "view.html");
    run(&["convert", "examples/lighthouses.ar.txt", "--to", "html"], "page.html");
}
