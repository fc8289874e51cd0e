//! The names that tables use for kinds. They are those of the JSON form; a test holds the two together.

use std::borrow::Cow;
use unres_export::Zone;
use unres_model::{Basis, BlockKind, DocumentKind};

/// The name of the rows for notes that no block calls. No kind of block has it.
pub(crate) const NOTE: &str = "note";

pub(crate) fn block_kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Masthead => "masthead",
        BlockKind::Title => "title",
        BlockKind::Adoption => "adoption",
        BlockKind::EnactingFormula => "enacting-formula",
        BlockKind::Preambular => "preambular",
        BlockKind::Section => "section",
        BlockKind::Heading => "heading",
        BlockKind::Operative => "operative",
        BlockKind::Item => "item",
        BlockKind::Unnumbered => "unnumbered",
        BlockKind::Quotation => "quotation",
        BlockKind::Table => "table",
        BlockKind::Annex => "annex",
        BlockKind::VoteList => "vote-list",
        BlockKind::Unplaced => "unplaced",
    }
}

pub(crate) fn document_kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Resolution => "resolution",
        DocumentKind::Decision => "decision",
        DocumentKind::PresidentialStatement => "presidential-statement",
        DocumentKind::DraftResolution => "draft-resolution",
        DocumentKind::DraftDecision => "draft-decision",
    }
}

/// How a fact is known, as the tables say it.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Printed => "printed",
        Basis::Derived => "derived",
    }
}

/// The part of the document in which a block stands: `main` or `annex1` …
pub(crate) fn part(zone: Zone) -> Cow<'static, str> {
    match zone {
        Zone::Cover | Zone::Preface | Zone::Preamble | Zone::Body | Zone::Conclusions => "main".into(),
        Zone::Annex(number) => format!("annex{number}").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind as K;

    #[test]
    fn names_are_those_of_the_json_form() {
        let kinds = [
            K::Masthead,
            K::Title,
            K::Adoption,
            K::EnactingFormula,
            K::Preambular,
            K::Section,
            K::Heading,
            K::Operative,
            K::Item,
            K::Unnumbered,
            K::Quotation,
            K::Table,
            K::Annex,
            K::VoteList,
            K::Unplaced,
        ];
        for kind in kinds {
            assert_eq!(serde_json::to_value(kind).expect("a kind is JSON"), block_kind(kind));
        }
        let kinds = [
            DocumentKind::Resolution,
            DocumentKind::Decision,
            DocumentKind::PresidentialStatement,
            DocumentKind::DraftResolution,
            DocumentKind::DraftDecision,
        ];
        for kind in kinds {
            assert_eq!(serde_json::to_value(kind).expect("a kind is JSON"), document_kind(kind));
        }
        for known in [Basis::Printed, Basis::Derived] {
            assert_eq!(serde_json::to_value(known).expect("a basis is JSON"), basis(known));
        }
    }
}
