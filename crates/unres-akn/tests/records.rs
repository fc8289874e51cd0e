//! What records beside the text state goes into the metadata of the file and comes back from there.

#[path = "support/export.rs"]
mod export;

use export::export;
use jiff::civil::date;
use unres_akn::validate::{Depth, validate};
use unres_akn::{IllFormed, read_documents};
use unres_model::{Document, DocumentKind, Meta, Step, Subject, Value, Vote, VoteCount};
use unres_source::{Budget, Input};

fn read(xml: &str) -> Document {
    let input = Input { name: "bells.xml", bytes: xml.as_bytes() };
    let mut findings = Vec::new();
    let mut read = read_documents(&input, &Budget::default(), IllFormed::Refused, &mut findings).expect("a document");
    assert_eq!(read.len(), 1);
    read.remove(0).document
}

fn step(outcome: &str, document: Option<&str>, by: Option<&str>) -> Step {
    Step {
        date: None,
        outcome: Some(outcome.to_owned()),
        document: document.map(str::to_owned),
        by: by.map(str::to_owned),
        refers_to: None,
    }
}

fn document() -> Document {
    let count = |choice: &str, count: Option<u32>, voters: &[&str]| VoteCount {
        choice: choice.to_owned(),
        count,
        voters: voters.iter().map(|voter| (*voter).to_owned()).collect(),
    };
    let vote = |outcome: Option<&str>, counts| Vote { outcome: outcome.map(str::to_owned), counts };
    let meta = Meta {
        source: "bells.xml".to_owned(),
        language: Some("eng".to_owned()),
        kind: Some(DocumentKind::Resolution),
        organ: Some(Value::derived("ga".to_owned())),
        number: Some(Value::derived("61/2".to_owned())),
        session: Some(Value::derived("61".to_owned())),
        adopted: Some(Value::derived(date(2006, 11, 3))),
        meeting: Some(Value::derived(47)),
        votes: vec![
            vote(
                Some("adoptedRecordedVote"),
                vec![count("inFavour", Some(2), &["ARCADIA D'OR & CO", "UTOPIA"]), count("against", None, &[])],
            ),
            vote(Some("by a show of hands"), Vec::new()),
        ],
        sponsors: vec!["Arcadia".to_owned(), "Utopia and Elysium".to_owned(), "Cockaigne".to_owned()],
        subjects: vec![
            Subject {
                value: "bells".to_owned(),
                show_as: "BELLS".to_owned(),
                dictionary: "UNBIS".to_owned(),
                href: Some("http://example.org/bells".to_owned()),
                ..Subject::default()
            },
            Subject {
                value: "12".to_owned(),
                show_as: "Bells & horns".to_owned(),
                dictionary: "A/61/251".to_owned(),
                refers_to: Some("agenda".to_owned()),
                short_form: Some("BELLS".to_owned()),
                ..Subject::default()
            },
        ],
        steps: vec![
            Step {
                date: Some(date(2006, 10, 1)),
                ..step("draftResolution", Some("A/61/L.2"), Some("Arcadia, Utopia and Elysium"))
            },
            step("draftResolutionAdditionalSponsors", None, Some("Cockaigne")),
            Step { refers_to: Some("7".to_owned()), ..step("recommendedForAdoption", Some("A/61/400"), None) },
            step("adopted", Some("A/61/PV.47"), None),
        ],
        ..Meta::default()
    };
    Document { meta, ..Document::default() }
}

#[test]
fn votes_subjects_and_steps_come_back() {
    let written = export(&document());
    let read = read(&written);
    assert_eq!(read.meta, document().meta);
    assert_eq!(export(&read), written);
}

#[test]
fn sponsors_that_no_step_names_proposed_the_draft() {
    let mut given = document();
    given.meta.steps.clear();
    let read = read(&export(&given));
    assert_eq!(read.meta.sponsors, ["Arcadia", "Utopia and Elysium", "Cockaigne"]);
    assert_eq!(read.meta.steps, [step("draftResolution", None, Some("Arcadia, Utopia and Elysium, Cockaigne"))]);
}

#[test]
fn the_adoption_that_the_text_prints_is_no_record() {
    let mut given = document();
    given.meta = Meta { steps: Vec::new(), sponsors: Vec::new(), ..given.meta };
    let written = export(&given);
    assert!(written.contains("outcome=\"#adopted\" refersTo=\"#meeting47\" href="));
    assert_eq!(read(&written).meta.steps, []);
}

#[test]
fn what_a_record_has_for_an_address_becomes_one() {
    let mut document = document();
    document.meta.subjects[0].href = Some("http://bells:toll".to_owned());
    document.meta.subjects[1].dictionary = "BELLS [old]".to_owned();
    let written = export(&document);
    for address in ["href=\"http%3A//bells%3Atoll\"", "dictionary=\"BELLS %5Bold%5D\""] {
        assert!(written.contains(address), "{written}");
    }
    let broken = validate(written.as_bytes(), Depth::Schema);
    assert!(broken.iter().all(|finding| finding.rule.as_str() != "schema/value"), "{broken:?}");
    assert_eq!(export(&read(&written)), written);
}
