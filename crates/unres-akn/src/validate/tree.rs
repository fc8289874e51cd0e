//! The elements of a file as a flat list, for the rules of the profile.

use crate::xml::{Attribute, Namespace, Tag};
use std::borrow::Cow;
use std::collections::HashMap;

/// Elements in the order of the text. Numbers of elements are places in this list.
#[derive(Default)]
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    texts: Vec<Cow<'a, str>>,
    open: Vec<usize>,
    ids: HashMap<Cow<'a, str>, usize>,
    meta_ids: HashMap<Cow<'a, str>, usize>,
}

/// An element.
pub(crate) struct Node<'a> {
    /// The name, if it is one of Akoma Ntoso; a name that nothing has for elements of other namespaces.
    pub(crate) name: &'a str,
    pub(crate) parent: Option<usize>,
    /// Where it begins, in bytes of the file.
    pub(crate) offset: usize,
    /// Whether it is inside metadata.
    pub(crate) in_meta: bool,
    attributes: Vec<Attribute<'a>>,
    /// The element after it and all in it.
    end: usize,
    first_text: usize,
    last_text: usize,
}

impl Node<'_> {
    /// An attribute without namespace.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attribute_in(Namespace::NONE, name)
    }

    pub(crate) fn attribute_in(&self, namespace: Namespace, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|a| a.namespace == namespace && a.name == name);
        found.map(|attribute| attribute.value.as_ref())
    }

    /// The identifier, if there is one and it is not empty.
    pub(crate) fn id(&self) -> Option<&str> {
        self.attribute("eId").filter(|id| !id.is_empty())
    }
}

/// The name of elements that are not of Akoma Ntoso.
const FOREIGN: &str = "{}";

impl<'a> Tree<'a> {
    pub(crate) fn start(&mut self, tag: Tag<'a>, offset: usize) {
        let number = self.nodes.len();
        let parent = self.open.last().copied();
        let in_meta = parent.is_some_and(|parent| self.nodes[parent].in_meta || self.nodes[parent].name == "meta");
        let id =
            tag.attributes.iter().find(|a| a.namespace == Namespace::NONE && a.name == "eId" && !a.value.is_empty());
        if let Some(id) = id {
            self.ids.entry(id.value.clone()).or_insert(number);
            if in_meta {
                self.meta_ids.entry(id.value.clone()).or_insert(number);
            }
        }
        self.nodes.push(Node {
            name: if tag.namespace == Namespace::AKN { tag.name } else { FOREIGN },
            parent,
            offset,
            in_meta,
            attributes: tag.attributes,
            end: number + 1,
            first_text: self.texts.len(),
            last_text: self.texts.len(),
        });
        self.open.push(number);
    }

    pub(crate) fn text(&mut self, text: Cow<'a, str>) {
        self.texts.push(text);
    }

    pub(crate) fn end(&mut self) {
        if let Some(number) = self.open.pop() {
            self.nodes[number].end = self.nodes.len();
            self.nodes[number].last_text = self.texts.len();
        }
    }

    pub(crate) fn node(&self, number: usize) -> &Node<'a> {
        &self.nodes[number]
    }

    pub(crate) fn name(&self, number: usize) -> &'a str {
        self.nodes[number].name
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether any element has an identifier.
    pub(crate) fn has_ids(&self) -> bool {
        !self.ids.is_empty()
    }

    /// The first element with an identifier.
    pub(crate) fn with_id(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// Whether an identifier belongs to metadata.
    pub(crate) fn is_meta_id(&self, id: &str) -> bool {
        self.meta_ids.contains_key(id)
    }

    /// The element that a `#identifier` points to.
    pub(crate) fn target(&self, reference: &str) -> Option<usize> {
        self.with_id(reference.strip_prefix('#')?)
    }

    pub(crate) fn children(&self, number: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[number].end;
        let first = Some(number + 1).filter(|&first| first < end);
        std::iter::successors(first, move |&child| Some(self.nodes[child].end).filter(|&next| next < end))
    }

    pub(crate) fn child(&self, number: usize, name: &str) -> Option<usize> {
        self.children(number).find(|&child| self.name(child) == name)
    }

    /// All elements below one, in the order of the text.
    pub(crate) fn below(&self, number: usize) -> std::ops::Range<usize> {
        number + 1..self.nodes[number].end
    }

    /// The elements around one, nearest first.
    pub(crate) fn ancestors(&self, number: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.nodes[number].parent, |&parent| self.nodes[parent].parent)
    }

    pub(crate) fn is_inside(&self, number: usize, names: &[&str]) -> bool {
        self.ancestors(number).any(|ancestor| names.contains(&self.name(ancestor)))
    }

    /// All text in an element.
    pub(crate) fn text_of(&self, number: usize) -> Cow<'_, str> {
        let node = &self.nodes[number];
        self.joined(node.first_text, node.last_text)
    }

    /// The text before the first child.
    pub(crate) fn leading_text(&self, number: usize) -> Cow<'_, str> {
        let node = &self.nodes[number];
        let child = self.children(number).next();
        self.joined(node.first_text, child.map_or(node.last_text, |child| self.nodes[child].first_text))
    }

    fn joined(&self, first: usize, last: usize) -> Cow<'_, str> {
        match self.texts.get(first..last).unwrap_or_default() {
            [] => Cow::Borrowed(""),
            [one] => Cow::Borrowed(one.as_ref()),
            many => Cow::Owned(many.concat()),
        }
    }
}
