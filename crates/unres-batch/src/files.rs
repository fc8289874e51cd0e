//! The names of inputs, and of the files that are made of them.

use crate::fingerprint::key;
use crate::{Failure, FailureKind};
use std::path::{Component, Path, PathBuf};

/// The name of an input that stands in an archive or a record: its folders with slashes between them. One that leads out of the folder that it is to
/// be in is refused.
pub(crate) fn clean(given: &str) -> Result<String, Failure> {
    let refused = |why: &str| Failure::new(FailureKind::Name, format!("the name {given:?} {why}"));
    if given.contains('\0') {
        return Err(refused("holds a zero byte"));
    }
    let parts: Vec<&str> = given.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")).collect();
    let is_absolute = given.starts_with(['/', '\\']) || parts.first().is_some_and(|first| first.ends_with(':'));
    if is_absolute || parts.contains(&"..") {
        return Err(refused("leads out of its folder"));
    }
    if parts.is_empty() {
        return Err(refused("is empty"));
    }
    Ok(parts.join("/"))
}

/// The name of an input that is a file, by the path under which it was found. What leads upwards or to the root is left out.
pub(crate) fn name_of(path: &Path) -> String {
    let part = |component| match component {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    };
    path.components().filter_map(part).collect::<Vec<_>>().join("/")
}

/// The id of the next input, whose name may be that of others: distinct also where case does not count. The second of two equal ones gets a mark
/// (`a.txt~2`), which no name has as given. `claim` says whether nobody has the [`key`] yet, and gives it away.
pub(crate) fn distinct_id(name: &str, claim: &mut dyn FnMut(u64) -> bool) -> String {
    let name = name.replace('~', "~~");
    let numbered = (2_u64..).map(|number| format!("{name}~{number}"));
    let mut candidates = std::iter::once(name.clone()).chain(numbered);
    candidates.find(|id| claim(key(id))).unwrap_or(name)
}

/// The place of an output below the folder of files: the id, marks for documents after the first and for a table beside the main one, and the
/// extension of the format. Ids are distinct and hold no such mark, so these are distinct too.
pub(crate) fn output_name(id: &str, document: usize, part: Option<&str>, extension: &str) -> String {
    let document = if document > 0 { format!("~document-{}", document + 1) } else { String::new() };
    let part = part.map(|part| format!("~{part}")).unwrap_or_default();
    format!("{id}{document}{part}.{extension}")
}

/// A place below a folder.
pub(crate) fn below(folder: &Path, name: &str) -> PathBuf {
    folder.join(name.split('/').collect::<PathBuf>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        for (given, expected) in [("a/b.txt", "a/b.txt"), ("./a//b.txt", "a/b.txt"), ("a\\b.txt", "a/b.txt")] {
            assert_eq!(clean(given).expect("a name"), expected);
        }
        for given in ["../a", "a/../../b", "/etc/bells", "C:\\bells", "\\\\host\\bells", "", "./", "a\0b"] {
            assert_eq!(clean(given).expect_err("no name").kind, FailureKind::Name, "{given:?}");
        }
        assert_eq!(name_of(Path::new("../corpus/./a.txt")), "corpus/a.txt");
    }

    #[test]
    fn ids_are_distinct_where_case_does_not_count() {
        let mut taken = std::collections::HashSet::new();
        let names = ["a.txt", "A.TXT", "b", "a.txt", "a.txt~2"];
        let ids = names.map(|name| distinct_id(name, &mut |key| taken.insert(key)));
        assert_eq!(ids, ["a.txt", "A.TXT~2", "b", "a.txt~3", "a.txt~~2"]);
    }

    #[test]
    fn outputs_are_named_after_their_inputs() {
        assert_eq!(output_name("x/a.txt", 0, None, "xml"), "x/a.txt.xml");
        assert_eq!(output_name("a.txt", 2, Some("documents"), "csv"), "a.txt~document-3~documents.csv");
    }
}
