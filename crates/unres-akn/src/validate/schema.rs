//! The table of what Akoma Ntoso 1.0 allows, loaded once.

use super::values::Type;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Written by `cargo xtask gen akn-schema`, which describes the form.
const TABLE: &str = include_str!("schema.txt");

/// The label of elements of other namespaces in automata.
const OTHER: &str = "##other";

/// The loaded table.
pub(crate) fn schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::load(TABLE));
    &SCHEMA
}

/// All elements with their content and attributes.
pub(crate) struct Schema {
    elements: Vec<Element>,
    numbers: HashMap<&'static str, usize>,
    models: Vec<Model>,
    attributes: Vec<AttributeSet>,
    globals: Vec<(&'static str, Type)>,
}

/// A declared element.
pub(crate) struct Element {
    /// Its name.
    pub(crate) name: &'static str,
    /// What may stand between its tags.
    pub(crate) content: Content,
    model: usize,
    attributes: usize,
    /// Attributes whose values are unique among all elements below it.
    pub(crate) unique: Vec<&'static str>,
}

/// What may stand between the tags of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// Nothing at all.
    Empty,
    /// Elements, and blanks between them.
    Elements,
    /// Text and elements.
    Mixed,
}

/// The attributes of an element.
#[derive(Default)]
pub(crate) struct AttributeSet {
    /// Whether attributes of other namespaces may stand there.
    pub(crate) other: bool,
    /// Names and types, in the order of their names.
    pub(crate) known: Vec<(&'static str, Type)>,
    /// A bit for each of the known ones that must be there.
    pub(crate) required: u64,
}

/// An automaton over child elements. A state is a number; 0 is the first.
pub(crate) struct Model {
    /// For each state and element the next state, or [`Model::NONE`].
    next: Vec<u8>,
    last: Vec<bool>,
    width: usize,
}

impl Model {
    /// No state: what stands there is not allowed.
    const NONE: u8 = u8::MAX;

    /// The state after a child; none where it is not allowed.
    pub(crate) fn step(&self, state: u8, child: Label) -> Option<u8> {
        let column = if let Label::Element(number) = child { number } else { self.width - 1 };
        let next = self.next.get(usize::from(state) * self.width + column).copied().unwrap_or(Self::NONE);
        (next != Self::NONE).then_some(next)
    }

    /// Whether an element may end in a state.
    pub(crate) fn may_end(&self, state: u8) -> bool {
        self.last.get(usize::from(state)).copied().unwrap_or(false)
    }
}

/// A child as automata see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// A declared element, by its number.
    Element(usize),
    /// An element of another namespace.
    Other,
}

impl Schema {
    fn load(table: &'static str) -> Self {
        let lines = || table.lines().filter(|line| !line.starts_with('#'));
        let of_kind = |kind: &'static str| lines().filter_map(move |line| line.strip_prefix(kind)?.strip_prefix(' '));
        let numbers: HashMap<&'static str, usize> =
            of_kind("element").filter_map(|line| line.split(' ').next()).zip(0..).collect();
        let width = numbers.len() + 1;
        let number = |name: &str| if name == OTHER { Some(width - 1) } else { numbers.get(name).copied() };
        let numbered = |line: &'static str| line.split(' ').skip(1).filter_map(number).collect();
        let sets: Vec<Vec<usize>> = of_kind("set").map(numbered).collect();
        let columns = |label: &str| match label.strip_prefix('@') {
            Some(set) => set.parse().ok().and_then(|set: usize| sets.get(set)).cloned().unwrap_or_default(),
            None => number(label).into_iter().collect(),
        };
        Self {
            elements: of_kind("element").filter_map(element).collect(),
            models: of_kind("model").map(|line| model(line, width, columns)).collect(),
            attributes: of_kind("attributes").map(attribute_set).collect(),
            globals: of_kind("global")
                .filter_map(|line| line.strip_prefix("xml:")?.split_once(' '))
                .map(|(name, text)| (name, Type::parse(text)))
                .collect(),
            numbers,
        }
    }

    /// The number of an element of Akoma Ntoso.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// A declared element.
    pub(crate) fn element(&self, number: usize) -> &Element {
        &self.elements[number]
    }

    /// The automaton of an element.
    pub(crate) fn model(&self, element: &Element) -> &Model {
        &self.models[element.model]
    }

    /// The attributes of an element.
    pub(crate) fn attributes(&self, element: &Element) -> &AttributeSet {
        &self.attributes[element.attributes]
    }

    /// The type of an attribute of the namespace of XML that is declared for all elements.
    pub(crate) fn global(&self, name: &str) -> Option<&Type> {
        self.globals.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// What may follow in a state.
    pub(crate) fn expected(&self, model: &Model, state: u8) -> Vec<&'static str> {
        let elements = (0..self.elements.len()).filter(|&number| model.step(state, Label::Element(number)).is_some());
        let mut names: Vec<&'static str> = elements.map(|number| self.elements[number].name).collect();
        names.sort_unstable();
        if model.step(state, Label::Other).is_some() {
            names.push("an element of another namespace");
        }
        names
    }
}

fn element(line: &'static str) -> Option<Element> {
    let mut words = line.split(' ');
    let name = words.next()?;
    let content = match words.next()? {
        "mixed" => Content::Mixed,
        "empty" => Content::Empty,
        _ => Content::Elements,
    };
    let model = words.next()?.parse().ok()?;
    let attributes = words.next()?.parse().ok()?;
    Some(Element { name, content, model, attributes, unique: words.skip(1).collect() })
}

fn model(line: &'static str, width: usize, columns: impl Fn(&str) -> Vec<usize>) -> Model {
    let states: Vec<&str> = line.split_once(' ').map_or("", |(_, states)| states).split("; ").collect();
    let mut model = Model { next: vec![Model::NONE; states.len() * width], last: Vec::new(), width };
    for (index, state) in states.into_iter().enumerate() {
        let mut words = state.split(' ');
        model.last.push(words.next().is_some_and(|number| number.ends_with('*')));
        for (label, target) in words.filter_map(|word| word.split_once('>')) {
            let target = target.parse().unwrap_or(Model::NONE);
            for column in columns(label) {
                model.next[index * width + column] = target;
            }
        }
    }
    model
}

fn attribute_set(line: &'static str) -> AttributeSet {
    let mut set = AttributeSet::default();
    for word in line.split(' ').skip(1) {
        if word == OTHER {
            set.other = true;
        }
        let Some((name, value)) = word.split_once(':').and_then(|parts| qualified(word, parts)) else { continue };
        let (name, required) = name.strip_suffix('!').map_or((name, false), |name| (name, true));
        set.required |= u64::from(required) << set.known.len();
        set.known.push((name, Type::parse(value)));
    }
    set
}

/// The name of an attribute keeps its `xml:`.
fn qualified(word: &'static str, (name, value): (&'static str, &'static str)) -> Option<(&'static str, &'static str)> {
    if name != "xml" {
        return Some((name, value));
    }
    let colon = 4 + value.find(':')?;
    Some((word.get(..colon)?, word.get(colon + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_the_whole_schema() {
        let schema = schema();
        assert_eq!((schema.elements.len(), schema.globals.len()), (315, 4));
        assert!(schema.elements.iter().all(|element| element.model < schema.models.len()));
        assert!(schema.elements.iter().all(|element| element.attributes < schema.attributes.len()));
        assert!(schema.models.iter().all(|model| model.last.len() < usize::from(Model::NONE)));
        assert!(schema.attributes.iter().all(|set| set.known.len() < 64));
        let known = |set: &AttributeSet| set.known.iter().all(|(name, value)| !name.is_empty() && value.is_known());
        assert!(schema.attributes.iter().all(known));
    }

    #[test]
    fn an_automaton_follows_the_order_of_children() {
        let schema = schema();
        let element = schema.element(schema.number("table").expect("declared"));
        let model = schema.model(element);
        let label = |name: &str| Label::Element(schema.number(name).expect("declared"));
        let after = |names: &[&str]| names.iter().try_fold(0, |state, name| model.step(state, label(name)));
        assert!(after(&["caption", "tr", "tr"]).is_some_and(|state| model.may_end(state)));
        assert!(after(&["caption"]).is_some_and(|state| !model.may_end(state)));
        assert!(after(&["tr", "caption"]).is_none());
        assert_eq!(schema.expected(model, 0), ["caption", "tr"]);
    }
}
