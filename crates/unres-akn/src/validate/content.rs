//! The check of elements, attributes and text against the schema.

use super::finding::{Found, shown};
use super::schema::{Content, Element, Label, Schema, schema};
use super::values::Type;
use crate::xml::{Attribute, Events, Namespace, Tag, TextKind, is_blank, same_name};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use unres_source::{RuleId, Severity};

/// The rules of this check.
pub(crate) const ROOT: &str = "schema/root";
pub(crate) const ELEMENT: &str = "schema/element";
pub(crate) const MISSING: &str = "schema/missing";
pub(crate) const TEXT: &str = "schema/text";
pub(crate) const ATTRIBUTE: &str = "schema/attribute";
pub(crate) const VALUE: &str = "schema/value";
pub(crate) const UNIQUE: &str = "schema/unique";

/// Takes the events of a file and collects findings. The work for each event does not depend on the depth or size of the file.
pub(crate) struct Checker<'a> {
    schema: &'static Schema,
    open: Vec<Open>,
    scopes: Vec<Scope<'a>>,
    ids: HashSet<String>,
    /// Set when the root is of another kind of file: nothing below is judged.
    foreign: bool,
    pub(crate) found: Vec<Found>,
}

struct Open {
    /// None for elements that the schema does not declare: anything may stand in them.
    element: Option<&'static Element>,
    state: u8,
    /// Content was found wrong; one finding for each element is enough.
    failed: bool,
    offset: usize,
}

/// An element below which some attributes have unique values.
struct Scope<'a> {
    depth: usize,
    unique: &'static [&'static str],
    seen: HashMap<(usize, Cow<'a, str>), usize>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new() -> Self {
        Self {
            schema: schema(),
            open: Vec::new(),
            scopes: Vec::new(),
            ids: HashSet::new(),
            foreign: false,
            found: Vec::new(),
        }
    }

    /// Whether the root is an element of Akoma Ntoso 1.0.
    pub(crate) fn is_akoma_ntoso(&self) -> bool {
        !self.foreign
    }

    pub(crate) fn start(&mut self, tag: &Tag<'a>, events: &Events<'a>) {
        let offset = events.offset();
        if self.open.is_empty() {
            self.root(tag, events);
        }
        if self.foreign {
            self.open.push(Open { element: None, state: 0, failed: true, offset });
            return;
        }
        let number = if tag.namespace == Namespace::AKN { self.schema.number(tag.name) } else { None };
        self.child(tag, number, offset);
        let element = number.map(|number| self.schema.element(number));
        match element {
            Some(element) => {
                self.attributes(tag, element, offset);
                self.unique(tag, offset);
                if !element.unique.is_empty() {
                    let unique = element.unique.as_slice();
                    self.scopes.push(Scope { depth: self.open.len(), unique, seen: HashMap::new() });
                }
            }
            None => {
                for attribute in &tag.attributes {
                    self.global(attribute, offset);
                }
            }
        }
        self.open.push(Open { element, state: 0, failed: false, offset });
    }

    pub(crate) fn text(&mut self, text: &str, kind: TextKind, offset: usize) {
        let Some(open) = self.open.last_mut() else { return };
        let Some(element) = open.element.filter(|_| !open.failed) else { return };
        let hint = match element.content {
            Content::Mixed => return,
            // libxml2 judges a CDATA section as text even where it holds nothing but blanks.
            Content::Elements if kind == TextKind::Plain && text.chars().all(is_blank) => return,
            Content::Elements => "put the text into an element like p",
            Content::Empty => "this element must be empty",
        };
        open.failed = true;
        let message = format!("text {:?} in {}", shown(text.trim()), element.name);
        self.push(TEXT, offset, message, Some(hint.to_owned()));
    }

    pub(crate) fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if self.scopes.last().is_some_and(|scope| scope.depth == self.open.len()) {
            self.scopes.pop();
        }
        let Some(element) = open.element.filter(|_| !open.failed) else { return };
        let model = self.schema.model(element);
        if !model.may_end(open.state) {
            let expected = self.schema.expected(model, open.state);
            let message = format!("{} ends too early", element.name);
            self.push(MISSING, open.offset, message, Some(format!("add {}", one_of(&expected))));
        }
    }

    fn root(&mut self, tag: &Tag<'a>, events: &Events<'a>) {
        if tag.namespace == Namespace::AKN && self.schema.number(tag.name).is_some() {
            return;
        }
        self.foreign = true;
        let namespace = events.namespace_name(tag.namespace);
        let (message, hint) = if tag.namespace == Namespace::AKN {
            (format!("the root is {}, which Akoma Ntoso does not have", tag.name), "the root element is akomaNtoso")
        } else if namespace.to_ascii_lowercase().contains("akomantoso") || namespace.contains("/ns/akn/") {
            (
                format!("the file is in another version of Akoma Ntoso, {:?}", shown(namespace)),
                "only Akoma Ntoso 1.0 is checked, whose namespace ends with /ns/akn/3.0",
            )
        } else {
            let namespace = if namespace.is_empty() { "no namespace".to_owned() } else { shown(namespace) };
            (
                format!("the root is {} in {namespace}; this is not Akoma Ntoso", shown(tag.name)),
                "the root element is akomaNtoso with the namespace of Akoma Ntoso 1.0",
            )
        };
        self.push(ROOT, events.offset(), message, Some(hint.to_owned()));
    }

    /// Takes a step in the automaton of the parent.
    fn child(&mut self, tag: &Tag<'a>, number: Option<usize>, offset: usize) {
        let Some(open) = self.open.last_mut() else { return };
        let Some(parent) = open.element.filter(|_| !open.failed) else { return };
        let model = self.schema.model(parent);
        let label = match (number, tag.namespace) {
            (Some(number), _) => Some(Label::Element(number)),
            (None, Namespace::AKN | Namespace::NONE) => None,
            (None, _) => Some(Label::Other),
        };
        if let Some(next) = label.and_then(|label| model.step(open.state, label)) {
            open.state = next;
            return;
        }
        open.failed = true;
        let name = shown(tag.name);
        let message = match (number, tag.namespace) {
            (None, Namespace::AKN) => format!("{name} is no element of Akoma Ntoso"),
            (None, Namespace::NONE) => format!("{name} has no namespace"),
            (None, _) => format!("{name} of another namespace in {}", parent.name),
            (Some(_), _) => format!("{name} is not allowed here in {}", parent.name),
        };
        let mut expected = self.schema.expected(model, open.state);
        if model.may_end(open.state) {
            expected.push("the end of the element");
        }
        let hint = if expected.is_empty() {
            format!("{} holds no elements", parent.name)
        } else {
            format!("allowed here: {}", one_of(&expected))
        };
        self.push(ELEMENT, offset, message, Some(hint));
    }

    fn attributes(&mut self, tag: &Tag<'a>, element: &'static Element, offset: usize) {
        let set = self.schema.attributes(element);
        let mut missing = set.required;
        for attribute in &tag.attributes {
            let prefixed = attribute.namespace == Namespace::XML;
            let known = set.known.iter().position(|(name, _)| {
                let name = if prefixed { name.strip_prefix("xml:") } else { Some(*name) };
                let plain = prefixed || attribute.namespace == Namespace::NONE;
                plain && name.is_some_and(|name| same_name(name, attribute.name))
            });
            if let Some(index) = known {
                missing &= !(1 << index);
                self.value(attribute, &set.known[index].1, offset);
            } else if attribute.namespace == Namespace::XSI {
                self.instance(attribute, offset);
            } else if set.other && !matches!(attribute.namespace, Namespace::NONE | Namespace::AKN) {
                self.global(attribute, offset);
            } else {
                let message = format!("{} has no attribute {}", element.name, shown(attribute.name));
                let names: Vec<&str> = set.known.iter().map(|(name, _)| *name).collect();
                let hint =
                    if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
                self.push(ATTRIBUTE, offset, message, Some(hint));
            }
        }
        while missing != 0 {
            let (name, value) = &set.known[missing.trailing_zeros() as usize];
            missing &= missing - 1;
            let message = format!("{} lacks the attribute {name}", element.name);
            self.push(MISSING, offset, message, Some(format!("add {name}, {value}")));
        }
    }

    fn value(&mut self, attribute: &Attribute<'a>, wanted: &Type, offset: usize) {
        if !wanted.allows(&attribute.value) {
            let message = format!("{}={:?} is no value of this attribute", attribute.name, shown(&attribute.value));
            self.push(VALUE, offset, message, Some(format!("it takes {wanted}")));
        } else if *wanted == Type::Id && !self.ids.insert(attribute.value.trim_matches(is_blank).to_owned()) {
            let message = format!("xml:id {:?} stands twice", shown(&attribute.value));
            self.push(UNIQUE, offset, message, None);
        }
    }

    /// Attributes of another namespace: only those of XML itself have a type.
    fn global(&mut self, attribute: &Attribute<'a>, offset: usize) {
        if attribute.namespace != Namespace::XML {
            return;
        }
        if let Some(wanted) = self.schema.global(attribute.name) {
            self.value(attribute, wanted, offset);
        }
    }

    /// `xsi:` attributes: types cannot be replaced and nothing can be nil; the others are hints to programs.
    fn instance(&mut self, attribute: &Attribute<'a>, offset: usize) {
        if matches!(attribute.name, "nil" | "type") {
            let message = format!("xsi:{} is not allowed", attribute.name);
            self.push(ATTRIBUTE, offset, message, Some("leave it out".to_owned()));
        }
    }

    fn unique(&mut self, tag: &Tag<'a>, offset: usize) {
        if self.scopes.is_empty() {
            return;
        }
        for attribute in tag.attributes.iter().filter(|attribute| attribute.namespace == Namespace::NONE) {
            let mut twice = None;
            for scope in &mut self.scopes {
                let Some(field) = scope.unique.iter().position(|field| *field == attribute.name) else { continue };
                let earlier = scope.seen.insert((field, attribute.value.clone()), offset);
                twice = twice.or(earlier);
            }
            if twice.is_some() {
                let message = format!("{} {:?} stands twice in a document", attribute.name, shown(&attribute.value));
                self.push(UNIQUE, offset, message, Some("give each element its own".to_owned()));
            }
        }
    }

    fn push(&mut self, rule: &'static str, offset: usize, message: String, hint: Option<String>) {
        if self.found.len() <= super::MAX_FINDINGS {
            self.found.push(Found { offset, rule: RuleId::new(rule), severity: Severity::Error, message, hint });
        }
    }
}

/// At most some names of many.
fn one_of(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let first = names.get(..SHOWN.min(names.len())).unwrap_or_default().join(", ");
    if names.len() > SHOWN { format!("{first} and {} more", names.len() - SHOWN) } else { first }
}
