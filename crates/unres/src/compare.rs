//! The versions of one document among many.

use std::collections::BTreeMap;
use unres_model::Document;
use unres_symbol::DocumentNumber;

/// Groups documents that are versions of one: those of one organ, kind and number, whatever letters of parts a version prints. Documents without
/// a number are versions of each other. The groups come in the order of their first documents, and each keeps the order of its own.
pub fn versions(documents: &[Document]) -> Vec<Vec<&Document>> {
    let mut places = BTreeMap::new();
    let mut groups: Vec<Vec<&Document>> = Vec::new();
    for document in documents {
        let place = *places.entry(identity(document)).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Vec::new());
        }
        groups[place].push(document);
    }
    groups
}

/// What all versions of a document say alike.
fn identity(document: &Document) -> [String; 3] {
    let meta = &document.meta;
    let number = meta.number.as_ref().map_or("", |number| &number.value);
    let whole = DocumentNumber::parse(number).map(|number| number.whole().iri_number());
    let organ = meta.organ.as_ref().map_or("", |organ| &organ.value);
    [organ.to_owned(), format!("{:?}", meta.kind), whole.unwrap_or_else(|| number.to_owned())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::{Basis, Value};

    fn document(number: &str) -> Document {
        let mut document = Document::default();
        document.meta.number = Some(Value { value: number.to_owned(), basis: Basis::Printed });
        document
    }

    #[test]
    fn versions_have_one_number_whatever_their_parts() {
        let documents = [document("98/1 A-B"), document("98/2"), document("98/1")];
        let sizes: Vec<usize> = versions(&documents).iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 1]);
    }
}
