//! Names of organs, committees and offices in running text.

use crate::{LangPack, WordBreak, is_wide};
use serde::Deserialize;
use std::ops::Range;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    /// Names beside those of the bodies that have an enacting formula: other cases of these, and committees.
    #[serde(default)]
    organizations: Vec<Named>,
    roles: Vec<Named>,
    /// Longer names that hold one of these and name somebody else.
    #[serde(default)]
    others: Vec<String>,
    /// Letters that may be joined to the head of a name.
    #[serde(default)]
    prefixes: Vec<String>,
    /// What goes on behind a name to make another of it: "of" an organization.
    #[serde(default)]
    stops: Vec<String>,
    /// What goes on behind a name and leaves it what it is.
    #[serde(default)]
    goes_on: Vec<String>,
    /// Names that are parts of other words too, with what stands before them where they are none.
    #[serde(default)]
    leads: Vec<Leads>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    /// `ga`, `ga-c3`, `secretary-general`.
    code: String,
    names: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Leads {
    name: String,
    behind: Vec<String>,
}

/// Who is named: its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameOf<'a> {
    /// An organ or a committee.
    Organization(&'a str),
    /// An office.
    Role(&'a str),
}

/// The names, ready to be looked for.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    raw: Raw,
    /// The names, each with what it means.
    known: Vec<(String, Meaning)>,
}

#[derive(Clone, Debug)]
struct Meaning {
    /// Whom it names; nobody who is known, where it is one of the others.
    named: Option<(Kind, String)>,
    /// Which of the leads it needs.
    leads: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Organization,
    Role,
}

impl Names {
    /// Gathers the names; `bodies` are the names and codes of bodies that stand in the pack already.
    pub(crate) fn build<'a>(raw: Raw, bodies: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut known: Vec<(String, Option<(Kind, String)>)> = Vec::new();
        known.extend(bodies.map(|(name, code)| (name.to_owned(), Some((Kind::Organization, code.to_owned())))));
        for (kind, all) in [(Kind::Organization, &raw.organizations), (Kind::Role, &raw.roles)] {
            for named in all {
                known.extend(named.names.iter().map(|name| (name.clone(), Some((kind, named.code.clone())))));
            }
        }
        known.extend(raw.others.iter().map(|name| (name.clone(), None)));
        let leads = |name: &str| raw.leads.iter().position(|leads| leads.name == name);
        let meaning = |(name, named): (String, _)| {
            let leads = leads(&name);
            (name, Meaning { named, leads })
        };
        Self { known: known.into_iter().map(meaning).collect(), raw }
    }

    /// The names that are looked for.
    pub(crate) fn known(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|(name, _)| name.as_str())
    }
}

impl LangPack {
    /// Whom a name in a text names for certain.
    pub(crate) fn name_at(&self, text: &str, range: &Range<usize>, index: usize) -> Option<NameOf<'_>> {
        let (_, Meaning { named, leads }) = self.names.known.get(index)?;
        let (kind, code) = named.as_ref()?;
        let (before, after) = (text.get(..range.start)?, text.get(range.end..)?);
        let leads = leads.and_then(|leads| self.names.raw.leads.get(leads));
        let is_led = leads.is_none_or(|leads| is_led(before, leads));
        let name = match kind {
            Kind::Organization => NameOf::Organization(code),
            Kind::Role => NameOf::Role(code),
        };
        (is_led && self.name_begins(before) && self.name_ends(after)).then_some(name)
    }

    /// Whether a name may begin behind a text: no other letters are joined to it.
    fn name_begins(&self, before: &str) -> bool {
        /// Characters that are looked at: more than the longest prefix has.
        const NEAR: usize = 8;
        if self.word_break() == WordBreak::None {
            return true;
        }
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '‑');
        let near = before.char_indices().rev().take(NEAR).take_while(|(_, c)| is_part(*c));
        let joined = before.get(near.last().map_or(before.len(), |(at, _)| at)..).unwrap_or_default();
        joined.is_empty() || self.names.raw.prefixes.iter().any(|prefix| prefix == joined)
    }

    /// Whether a name may end before a text: no word follows that makes the name of another body of it.
    fn name_ends(&self, after: &str) -> bool {
        let raw = &self.names.raw;
        let spaced = self.word_break() == WordBreak::Space;
        if spaced && after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '‑')) {
            return false;
        }
        let next = after.trim_start();
        let begins = |words: &Vec<String>| words.iter().any(|word| next.starts_with(word.as_str()));
        // A capital letter goes on with a name: "Security Council Committee".
        let goes_on = next.len() < after.len() && next.starts_with(char::is_uppercase);
        begins(&raw.goes_on) || !(goes_on || begins(&raw.stops))
    }
}

/// Whether a text ends with something behind which a name is no part of another word.
fn is_led(before: &str, leads: &Leads) -> bool {
    let before = before.trim_end();
    let word = before.chars().next_back().filter(|c| is_wide(*c) && c.is_alphanumeric());
    word.is_none() || leads.behind.iter().any(|lead| before.ends_with(lead.as_str()))
}
