//! The table of Akoma Ntoso's content models, made from the shared XML Schema: automata and lists of attributes, none of its text.
//!
//! Only what that schema uses is understood; anything else is an error, never passed over.

use crate::shared;
use anyhow::{Context, bail, ensure};
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// Writes the table, or with `check` only compares. True, with a line that says so, where the schema is not there.
pub(crate) fn generate(check: bool) -> anyhow::Result<bool> {
    let Some(shared) = shared::folder().filter(|folder| folder.join("schemas/akomantoso30.xsd").is_file()) else {
        println!("gen akn-schema: no shared schema, nothing done");
        return Ok(true);
    };
    let wanted = table(&shared.join("schemas"))?;
    let path = path();
    if !check {
        std::fs::write(&path, wanted).with_context(|| path.display().to_string())?;
        return Ok(true);
    }
    let same = std::fs::read_to_string(&path).is_ok_and(|found| found == wanted);
    if !same {
        println!("{} is not what the schema says; run cargo xtask gen akn-schema", path.display());
    }
    Ok(same)
}

fn path() -> PathBuf {
    crate::root().join("crates/unres-akn/src/validate/schema.txt")
}

const HEAD: &str = "\
# What Akoma Ntoso 1.0 allows, written by `cargo xtask gen akn-schema`; do not edit.
#
# global NAME TYPE         an attribute that may stand wherever attributes of other namespaces may
# set N NAME…              elements that are treated alike somewhere
# attributes N NAME:TYPE…  attributes of an element; ! marks the required ones, ##other allows those of other namespaces
# model N STATE; STATE…    an automaton over child elements, beginning in state 0: NUMBER[*] LABEL>STATE…, where * marks a state
#                          in which the element may end and @N stands for a set
# element NAME KIND model attributes [unique ATTRIBUTE…]
";

fn table(folder: &Path) -> anyhow::Result<String> {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).with_context(|| name.to_owned());
    let (main, xml) = (read("akomantoso30.xsd")?, read("xml.xsd")?);
    let (main, xml) = (Document::parse(&main)?, Document::parse(&xml)?);
    let schema = Schema { main: main.root_element(), xml: xml.root_element() };
    let mut out = HEAD.to_owned();
    for attribute in children(schema.xml).filter(|node| node.has_tag_name((XSD, "attribute"))) {
        writeln!(out, "global xml:{} {}", name(attribute)?, schema.attribute_type(attribute)?)?;
    }
    let mut pool = Pool::default();
    let mut lines = String::new();
    let mut known = BTreeSet::new();
    for element in children(schema.main).filter(|node| node.has_tag_name((XSD, "element"))) {
        ensure!(known.insert(name(element)?), "{} is declared twice", name(element)?);
        writeln!(lines, "{}", pool.element(&schema, element)?)?;
    }
    for (index, set) in pool.sets.iter().enumerate() {
        writeln!(out, "set {index} {set}")?;
    }
    for (index, attributes) in pool.attributes.iter().enumerate() {
        writeln!(out, "attributes {index}{attributes}")?;
    }
    for (index, (model, shown)) in pool.models.iter().zip(&pool.shown).enumerate() {
        writeln!(out, "# {shown}\nmodel {index} {model}")?;
    }
    out.push_str(&lines);
    Ok(out)
}

/// What elements share, each kept once.
#[derive(Default)]
struct Pool {
    sets: Vec<String>,
    attributes: Vec<String>,
    models: Vec<String>,
    shown: Vec<String>,
}

fn index_of(pool: &mut Vec<String>, text: String) -> usize {
    pool.iter().position(|known| *known == text).unwrap_or_else(|| {
        pool.push(text);
        pool.len() - 1
    })
}

impl Pool {
    fn element(&mut self, schema: &Schema<'_, '_>, element: Node<'_, '_>) -> anyhow::Result<String> {
        only(element, &["name", "type"], &["complexType", "unique"])?;
        let kind = match element.attribute("type") {
            Some(named) => schema.complex(schema.named("complexType", named)?)?,
            None => schema.complex(child(element, "complexType").context("an element without type")?)?,
        };
        let content = match (&kind.particle, kind.mixed) {
            (_, true) => "mixed",
            (Some(_), false) => "elements",
            (None, false) => "empty",
        };
        let automaton = Automaton::of(kind.particle.as_ref().unwrap_or(&Particle::Sequence(Vec::new())));
        let model = self.model(&automaton);
        let known = self.models.len();
        let model = index_of(&mut self.models, model);
        if self.models.len() > known {
            self.shown.push(kind.particle.as_ref().map_or("nothing".to_owned(), ToString::to_string));
        }
        let mut attributes = if kind.other { " ##other".to_owned() } else { String::new() };
        for (name, (required, value)) in &kind.attributes {
            write!(attributes, " {name}{}:{value}", if *required { "!" } else { "" })?;
        }
        let attributes = index_of(&mut self.attributes, attributes);
        let unique = uniques(element)?;
        Ok(format!("element {} {content} {model} {attributes}{unique}", name(element)?))
    }

    fn model(&mut self, automaton: &Automaton) -> String {
        let state = |(index, state): (usize, &State)| {
            let mut by_target: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
            for (label, target) in &state.next {
                by_target.entry(*target).or_default().push(label);
            }
            let mut steps = Vec::new();
            for (target, labels) in by_target {
                let label = match labels.as_slice() {
                    [one] => (*one).to_owned(),
                    many => format!("@{}", index_of(&mut self.sets, many.join(" "))),
                };
                steps.push(format!(" {label}>{target}"));
            }
            format!("{index}{}{}", if state.last { "*" } else { "" }, steps.concat())
        };
        automaton.states.iter().enumerate().map(state).collect::<Vec<_>>().join("; ")
    }
}

/// The attributes that are unique below an element, as the end of its line.
fn uniques(element: Node<'_, '_>) -> anyhow::Result<String> {
    let mut fields = Vec::new();
    for unique in children(element).filter(|node| node.has_tag_name((XSD, "unique"))) {
        only(unique, &["name"], &["selector", "field"])?;
        let path = |tag| child(unique, tag).and_then(|node| node.attribute("xpath")).context("a path");
        ensure!(path("selector")? == ".//*", "a selector that is not .//*");
        fields.push(path("field")?.strip_prefix('@').context("a field that is no attribute")?);
    }
    Ok(if fields.is_empty() { String::new() } else { format!(" unique {}", fields.join(" ")) })
}

/// A complex type, all it extends folded in.
#[derive(Default)]
struct Complex {
    mixed: bool,
    particle: Option<Particle>,
    attributes: BTreeMap<String, (bool, String)>,
    other: bool,
}

struct Schema<'a, 'i> {
    main: Node<'a, 'i>,
    xml: Node<'a, 'i>,
}

impl<'a, 'i> Schema<'a, 'i> {
    fn named(&self, tag: &str, wanted: &str) -> anyhow::Result<Node<'a, 'i>> {
        let (scope, wanted) = match wanted.strip_prefix("xml:") {
            Some(local) => (self.xml, local),
            None => (self.main, wanted),
        };
        let found =
            children(scope).find(|node| node.has_tag_name((XSD, tag)) && node.attribute("name") == Some(wanted));
        found.with_context(|| format!("{tag} {wanted} is not declared"))
    }

    fn complex(&self, node: Node<'a, 'i>) -> anyhow::Result<Complex> {
        only(
            node,
            &["name", "mixed"],
            &["sequence", "choice", "group", "complexContent", "attribute", "attributeGroup", "anyAttribute"],
        )?;
        let mut complex = Complex { mixed: node.attribute("mixed") == Some("true"), ..Complex::default() };
        match child(node, "complexContent") {
            None => self.fill(node, &mut complex)?,
            Some(content) => {
                only(content, &["mixed"], &["extension"])?;
                let extension = child(content, "extension").context("complexContent without extension")?;
                let base = extension.attribute("base").context("an extension without base")?;
                let base = self.complex(self.named("complexType", base)?)?;
                let mixed = complex.mixed || content.attribute("mixed") == Some("true");
                // An extension that adds no elements takes over the content of its base, one that does must agree with it.
                let adds = children(extension).any(|node| !is_about_attributes(node));
                ensure!(!adds || base.particle.is_none() || base.mixed == mixed, "mixed and unmixed content meet");
                complex = Complex { mixed: mixed || base.mixed, ..base };
                self.fill(extension, &mut complex)?;
            }
        }
        Ok(complex)
    }

    /// Adds the content and the attributes that stand in a node.
    fn fill(&self, node: Node<'a, 'i>, complex: &mut Complex) -> anyhow::Result<()> {
        for part in children(node) {
            if is_about_attributes(part) {
                self.attributes(part, complex)?;
                continue;
            }
            let own = self.particle(part)?;
            complex.particle = Some(match complex.particle.take() {
                None => own,
                Some(base) => Particle::Sequence(vec![base, own]),
            });
        }
        Ok(())
    }

    fn particle(&self, node: Node<'a, 'i>) -> anyhow::Result<Particle> {
        let parts = || children(node).map(|part| self.particle(part)).collect::<anyhow::Result<Vec<_>>>();
        let particle = match node.tag_name().name() {
            "element" => {
                only(node, &["ref", "minOccurs", "maxOccurs"], &[])?;
                Particle::Element(node.attribute("ref").context("an element that is no reference")?.to_owned())
            }
            "any" => {
                only(node, &["namespace", "processContents", "minOccurs", "maxOccurs"], &[])?;
                is_lax_other(node)?;
                Particle::Element("##other".to_owned())
            }
            "sequence" => Particle::Sequence(parts()?),
            "choice" => Particle::Choice(parts()?),
            "group" => {
                let name = node.attribute("ref").context("a group that is no reference")?;
                let group = self.named("group", name)?;
                let inner = children(group).next().context("an empty group")?;
                Particle::Group(name.to_owned(), Box::new(self.particle(inner)?))
            }
            other => bail!("{other} is not understood"),
        };
        let bounds = (node.attribute("minOccurs").unwrap_or("1"), node.attribute("maxOccurs").unwrap_or("1"));
        let repeat = match bounds {
            ("1", "1") => return Ok(particle),
            ("0", "1") => Repeat::Optional,
            ("0", "unbounded") => Repeat::Any,
            ("1", "unbounded") => Repeat::Some,
            other => bail!("occurrences {other:?} are not understood"),
        };
        Ok(Particle::Repeat(Box::new(particle), repeat))
    }

    fn attributes(&self, node: Node<'a, 'i>, complex: &mut Complex) -> anyhow::Result<()> {
        match node.tag_name().name() {
            "anyAttribute" => {
                is_lax_other(node)?;
                complex.other = true;
            }
            "attributeGroup" => {
                let name = node.attribute("ref").context("a group that is no reference")?;
                for part in children(self.named("attributeGroup", name)?) {
                    self.attributes(part, complex)?;
                }
            }
            _ => {
                only(node, &["name", "ref", "type", "use", "default"], &["simpleType"])?;
                let (declared, name) = match node.attribute("ref") {
                    Some(name) => (self.named("attribute", name)?, name),
                    None => (node, name(node)?),
                };
                let required = match node.attribute("use") {
                    None | Some("optional") => false,
                    Some("required") => true,
                    Some(other) => bail!("use {other} is not understood"),
                };
                let entry = (required, self.attribute_type(declared)?);
                let earlier = complex.attributes.insert(name.to_owned(), entry.clone());
                ensure!(earlier.is_none_or(|earlier| earlier == entry), "two kinds of {name} in one element");
            }
        }
        Ok(())
    }

    fn attribute_type(&self, attribute: Node<'a, 'i>) -> anyhow::Result<String> {
        match (attribute.attribute("type"), child(attribute, "simpleType")) {
            (Some(named), _) => self.type_named(named),
            (None, Some(simple)) => self.simple(simple),
            (None, None) => bail!("an attribute without type"),
        }
    }

    fn type_named(&self, named: &str) -> anyhow::Result<String> {
        const BUILTIN: [&str; 11] = [
            "string", "anyURI", "boolean", "integer", "date", "dateTime", "time", "duration", "language", "NCName",
            "ID",
        ];
        match named.strip_prefix("xsd:").or(named.strip_prefix("xs:")) {
            Some(builtin) => {
                ensure!(BUILTIN.contains(&builtin), "the type {builtin} is not understood");
                Ok(builtin.to_owned())
            }
            None => self.simple(self.named("simpleType", named)?),
        }
    }

    fn simple(&self, node: Node<'a, 'i>) -> anyhow::Result<String> {
        only(node, &["name"], &["restriction", "list", "union"])?;
        let way = children(node).next().context("an empty type")?;
        match way.tag_name().name() {
            "list" => {
                let item = child(way, "simpleType").context("a list without type")?;
                Ok(format!("list({})", self.simple(item)?))
            }
            "union" => {
                let named = way.attribute("memberTypes").unwrap_or_default().split_whitespace();
                let mut members = named.map(|name| self.type_named(name)).collect::<anyhow::Result<Vec<_>>>()?;
                for member in children(way) {
                    members.push(self.simple(member)?);
                }
                Ok(format!("union({})", members.join(",")))
            }
            _ => self.restriction(way),
        }
    }

    fn restriction(&self, node: Node<'a, 'i>) -> anyhow::Result<String> {
        only(node, &["base"], &["enumeration", "pattern"])?;
        let base = self.type_named(node.attribute("base").context("a restriction without base")?)?;
        let value = |facet: Node<'a, 'i>| facet.attribute("value").context("a facet without value");
        let (patterns, words): (Vec<_>, Vec<_>) =
            children(node).partition(|facet| facet.has_tag_name((XSD, "pattern")));
        let words = words.into_iter().map(value).collect::<anyhow::Result<Vec<_>>>()?;
        ensure!(
            words.iter().all(|word| !word.contains([' ', '|', '(', ')', ','])),
            "a word that the table cannot hold"
        );
        match (base.as_str(), patterns.as_slice(), words.as_slice()) {
            (_, [], []) => Ok(base),
            ("string", [], words) => Ok(format!("enum({})", words.join("|"))),
            ("NCName", [], words) => Ok(format!("token({})", words.join("|"))),
            ("string", [pattern], []) if value(*pattern)? == r"[^\s]+" => Ok("nonblank".to_owned()),
            _ => bail!("a restriction of {base} that is not understood"),
        }
    }
}

fn is_about_attributes(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().name(), "attribute" | "attributeGroup" | "anyAttribute")
}

fn is_lax_other(node: Node<'_, '_>) -> anyhow::Result<()> {
    ensure!(
        node.attribute("namespace") == Some("##other") && node.attribute("processContents") == Some("lax"),
        "a wildcard that is not ##other, lax"
    );
    Ok(())
}

/// The parts of a declaration, without its documentation.
fn children<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(|child| child.is_element() && !child.has_tag_name((XSD, "annotation")))
}

fn child<'a, 'i>(node: Node<'a, 'i>, tag: &str) -> Option<Node<'a, 'i>> {
    children(node).find(|child| child.has_tag_name((XSD, tag)))
}

fn name<'a>(node: Node<'a, '_>) -> anyhow::Result<&'a str> {
    node.attribute("name").context("a declaration without name")
}

/// Refuses what the generator does not understand.
fn only(node: Node<'_, '_>, attributes: &[&str], tags: &[&str]) -> anyhow::Result<()> {
    let tag = node.tag_name().name();
    if let Some(odd) = node.attributes().find(|attribute| !attributes.contains(&attribute.name())) {
        bail!("{tag} with {} is not understood", odd.name());
    }
    if let Some(odd) = children(node).find(|child| !tags.contains(&child.tag_name().name())) {
        bail!("{} in {tag} is not understood", odd.tag_name().name());
    }
    Ok(())
}

enum Particle {
    Element(String),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
    Repeat(Box<Particle>, Repeat),
    Group(String, Box<Particle>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Repeat {
    Optional,
    Any,
    Some,
}

impl std::fmt::Display for Particle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let join = |parts: &[Self], between: &str| {
            let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
            if parts.len() == 1 { parts.concat() } else { format!("({})", parts.join(between)) }
        };
        match self {
            Self::Element(name) | Self::Group(name, _) => f.write_str(name),
            Self::Sequence(parts) => f.write_str(&join(parts, ", ")),
            Self::Choice(parts) => f.write_str(&join(parts, " | ")),
            Self::Repeat(inner, Repeat::Optional) => write!(f, "{inner}?"),
            Self::Repeat(inner, Repeat::Any) => write!(f, "{inner}*"),
            Self::Repeat(inner, Repeat::Some) => write!(f, "{inner}+"),
        }
    }
}

/// A deterministic automaton with as few states as can be.
struct Automaton {
    states: Vec<State>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    last: bool,
    next: BTreeMap<String, usize>,
}

/// Places in a content model, after Glushkov.
#[derive(Default)]
struct Places {
    labels: Vec<String>,
    follow: Vec<BTreeSet<usize>>,
}

struct Ends {
    nullable: bool,
    first: BTreeSet<usize>,
    last: BTreeSet<usize>,
}

impl Places {
    fn add(&mut self, particle: &Particle) -> Ends {
        match particle {
            Particle::Group(_, inner) => self.add(inner),
            Particle::Element(name) => {
                self.labels.push(name.clone());
                self.follow.push(BTreeSet::new());
                let place = BTreeSet::from([self.labels.len() - 1]);
                Ends { nullable: false, first: place.clone(), last: place }
            }
            Particle::Sequence(parts) => {
                let mut all = Ends { nullable: true, first: BTreeSet::new(), last: BTreeSet::new() };
                for part in parts {
                    let part = self.add(part);
                    self.link(&all.last, &part.first);
                    if all.nullable {
                        all.first.extend(&part.first);
                    }
                    if !part.nullable {
                        all.last.clear();
                    }
                    all.last.extend(part.last);
                    all.nullable &= part.nullable;
                }
                all
            }
            Particle::Choice(parts) => {
                let mut all = Ends { nullable: false, first: BTreeSet::new(), last: BTreeSet::new() };
                for part in parts {
                    let part = self.add(part);
                    all.nullable |= part.nullable;
                    all.first.extend(part.first);
                    all.last.extend(part.last);
                }
                all
            }
            Particle::Repeat(inner, repeat) => {
                let mut ends = self.add(inner);
                if *repeat != Repeat::Optional {
                    self.link(&ends.last, &ends.first);
                }
                ends.nullable |= *repeat != Repeat::Some;
                ends
            }
        }
    }

    fn link(&mut self, from: &BTreeSet<usize>, to: &BTreeSet<usize>) {
        for &place in from {
            self.follow[place].extend(to);
        }
    }
}

impl Automaton {
    fn of(particle: &Particle) -> Self {
        let mut places = Places::default();
        let ends = places.add(particle);
        let mut sets: Vec<BTreeSet<usize>> = vec![ends.first.clone()];
        let mut keys: BTreeMap<(BTreeSet<usize>, bool), usize> = BTreeMap::from([((ends.first, ends.nullable), 0)]);
        let mut states = vec![State { last: ends.nullable, next: BTreeMap::new() }];
        let mut index = 0;
        while index < states.len() {
            let mut reached: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
            for &place in &sets[index] {
                reached.entry(&places.labels[place]).or_default().insert(place);
            }
            for (label, at) in reached {
                let last = at.iter().any(|place| ends.last.contains(place));
                let follow: BTreeSet<usize> = at.iter().flat_map(|&place| &places.follow[place]).copied().collect();
                let target = *keys.entry((follow.clone(), last)).or_insert_with(|| {
                    sets.push(follow);
                    states.push(State { last, next: BTreeMap::new() });
                    states.len() - 1
                });
                states[index].next.insert(label.to_owned(), target);
            }
            index += 1;
        }
        Self { states }.minimal()
    }

    /// Merges states that no sequence of children tells apart.
    fn minimal(self) -> Self {
        let mut class: Vec<usize> = self.states.iter().map(|state| usize::from(state.last)).collect();
        loop {
            let mut known: BTreeMap<(usize, BTreeMap<&str, usize>), usize> = BTreeMap::new();
            let mut finer = Vec::new();
            for (index, state) in self.states.iter().enumerate() {
                let next = state.next.iter().map(|(label, target)| (label.as_str(), class[*target])).collect();
                let fresh = known.len();
                finer.push(*known.entry((class[index], next)).or_insert(fresh));
            }
            let done = known.len() == class.iter().collect::<BTreeSet<_>>().len();
            class = finer;
            if done {
                break;
            }
        }
        // The first state is met first, so its class is number 0.
        let count = class.iter().max().map_or(0, |last| last + 1);
        let state = |number| {
            let index = class.iter().position(|&known| known == number).expect("each class has a state");
            let state = &self.states[index];
            let next = state.next.iter().map(|(label, target)| (label.clone(), class[*target])).collect();
            State { last: state.last, next }
        };
        Self { states: (0..count).map(state).collect() }
    }
}
