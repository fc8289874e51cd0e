//! What is checked, one row for each rule: XML, the schema, and the AKN4UN profile, whose numbers are those of its digest.

use unres_source::Severity;

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `xml/…`, `schema/…`, or `U01` to `U64` for the profile.
    pub id: &'static str,
    /// An error breaks a MUST, a warning a SHOULD or the naming convention.
    pub severity: Severity,
    /// What must hold.
    pub says: &'static str,
    /// What to do when it does not.
    pub hint: &'static str,
    /// Where it comes from: P1 to P3 are the parts of the guidelines, NC is the naming convention, PROP is a proposal of this project.
    pub source: &'static str,
    /// Why a tool cannot check it in a file alone; none for the rules that are checked.
    pub unchecked: Option<&'static str>,
}

const M: Severity = Severity::Error;
const S: Severity = Severity::Warning;

const fn rule(
    id: &'static str,
    severity: Severity,
    source: &'static str,
    says: &'static str,
    hint: &'static str,
) -> Rule {
    Rule { id, severity, says, hint, source, unchecked: None }
}

const fn unchecked(
    id: &'static str,
    severity: Severity,
    source: &'static str,
    says: &'static str,
    why: &'static str,
) -> Rule {
    Rule { id, severity, says, hint: "", source, unchecked: Some(why) }
}

/// The rules of XML and of the schema, and those of the profile in the order of their numbers.
pub const RULES: [Rule; 75] = [
    rule("xml/encoding", M, "XML 4.3.3", "the file is UTF-8", "save the file as UTF-8"),
    rule(
        "xml/ill-formed",
        M,
        "XML 2.1",
        "the file is well-formed XML with sound namespaces",
        "nothing after this place is checked",
    ),
    rule(
        "xml/dtd",
        M,
        "XML 2.8",
        "there is no document type definition",
        "leave out <!DOCTYPE …>; Akoma Ntoso needs none",
    ),
    rule(
        "xml/limit",
        M,
        "",
        "the file keeps to the bounds of this program",
        "such a file is not read, to keep memory bounded",
    ),
    rule("schema/root", M, "XSD", "the root is an element of Akoma Ntoso 1.0", "the root element is akomaNtoso"),
    rule("schema/element", M, "XSD", "each element stands where the schema allows it", "move or rename it"),
    rule("schema/missing", M, "XSD", "required elements and attributes are there", "add them"),
    rule("schema/text", M, "XSD", "text stands only where the schema allows it", "put it into an element like p"),
    rule("schema/attribute", M, "XSD", "each attribute is one of its element", "leave it out"),
    rule("schema/value", M, "XSD", "the value of each attribute is of its type", "correct it"),
    rule(
        "schema/unique",
        M,
        "XSD",
        "eId and GUID are unique in a document, xml:id in a file",
        "give each element its own",
    ),
    rule("U01", M, "P1 2.2", "the root is akomaNtoso of Akoma Ntoso 1.0", "put the document into akomaNtoso"),
    rule(
        "U02",
        M,
        "P1 3.3",
        "the element of a document has a name that is not empty",
        "write the kind of document into @name",
    ),
    rule("U03", M, "P1 5.1.1", "FRBRcountry is un", "set FRBRcountry/@value to un"),
    rule(
        "U04",
        M,
        "P1 3.3, 5.1.8",
        "FRBRsubtype is there and allowed for the element of the document",
        "a statement is a deliberation or an instruction",
    ),
    rule(
        "U05",
        M,
        "P1 5.1.4",
        "FRBRnumber is there, without slash or blank",
        "write 67-264 into @value and A/RES/67/264 into @showAs",
    ),
    rule(
        "U06",
        M,
        "P1 6.1.1",
        "the IRI of the work has all six parts and a full date",
        "/akn/un/statement/deliberation/unga/2013-05-17/67-264",
    ),
    rule(
        "U07",
        M,
        "P1 6.1.1",
        "the kind of document in the IRI is the element of the document",
        "use the name of the element",
    ),
    rule("U08", M, "P1 6.1.1", "the subtype in the IRI is FRBRsubtype", "make the two agree"),
    rule(
        "U09",
        M,
        "P1 6.1.1",
        "the actor in the IRI is the last part of the address of the author, who is declared",
        "declare the author as a TLC element and point FRBRauthor/@href to it",
    ),
    rule("U10", M, "P1 6.1.1", "the date in the IRI is that of FRBRWork", "make the two agree"),
    rule("U11", M, "P1 6.1.1", "the number in the IRI is FRBRnumber", "make the two agree"),
    rule("U12", M, "P1 5.1.7", "FRBRthis of the work is its FRBRuri and /!component", "add /!main"),
    rule(
        "U13",
        M,
        "P1 6.1.2",
        "FRBRuri of the expression is that of the work, /, the language of FRBRlanguage, and @",
        "…/eng@",
    ),
    rule("U14", M, "P1 6.1.2", "the date of the version is that of FRBRExpression", "make the two agree"),
    rule("U15", M, "NC 4.8.1", "FRBRthis of the expression is its FRBRuri and /!component", "add /!main"),
    rule(
        "U16",
        M,
        "P1 6.1.3",
        "FRBRuri of the manifestation is that of the expression and an extension, and FRBRformat is there",
        "add .akn or .xml and FRBRformat",
    ),
    rule(
        "U17",
        M,
        "NC 4.8.1",
        "FRBRthis of the manifestation is the IRI of the expression, /!component and an extension",
        "…/eng@/!main.akn",
    ),
    rule("U18", M, "P1 2.3.4", "IRIs of Akoma Ntoso have no scheme and no domain", "let the IRI begin with /akn/"),
    rule("U19", S, "NC 4.5", "IRIs do not end with a slash", "leave out the slash"),
    rule("U20", M, "P1 5.1.5", "FRBRlanguage is a code of three letters", "eng, fra, spa, rus, zho or ara"),
    rule("U21", S, "PROP", "no date stands for an unknown one", "leave out the step whose date is not known"),
    rule("U22", M, "P1 5", "publication and references are there", "add the block to meta"),
    rule(
        "U23",
        M,
        "P1 5",
        "@source of each block of metadata is a declared agent",
        "declare who made the markup and point to it, #unres",
    ),
    rule("U24", M, "P1 2.2.3", "a document with versions has a lifecycle", "add lifecycle, or say originalVersion"),
    rule("U25", M, "P2 1.1", "a statement has a preface", "add preface with the printed masthead"),
    rule("U26", S, "P3 1.4", "the preface holds docNumber or docTitle", "mark the symbol or the title"),
    rule(
        "U27",
        M,
        "P1 4.1.5",
        "inline elements wrap no blanks and no punctuation around what they mark",
        "move them out of the element",
    ),
    rule(
        "U28",
        S,
        "P1 4.6.2",
        "inline elements of the document as a whole do not stand in mainBody",
        "mark the fact in the preface",
    ),
    rule(
        "U29",
        S,
        "P2 1.1.4",
        "the preamble is a formula and containers, recitals or citations",
        "wrap what stands directly in it",
    ),
    rule("U30", M, "P3 1.6", "mainBody holds hierarchical elements and blocks", "use paragraph, section or hcontainer"),
    rule("U31", M, "P1 4.4.3", "a deliberative document has no ol and ul", "use list or blockList"),
    rule("U32", M, "P1 4.4.3", "the elements of a list are of one kind: point, indent or sublist", "use one of them"),
    rule("U33", M, "P3 1.5", "a cross heading refers to the preamble", "add refersTo=\"#preamble\""),
    rule(
        "U34",
        S,
        "P3 1.5.3",
        "operative text stands in a hierarchical element, not in a p of mainBody",
        "use hcontainer or paragraph",
    ),
    rule("U35", M, "P2 1.1.6", "conclusions hold a container", "wrap the closing lines in a container"),
    rule("U36", M, "P2 1.1.7", "an attachment has a number or heading, or its document has a title", "add heading"),
    rule("U37", M, "P1 4.6, 5.8", "references to metadata are resolved", "declare the concept among the references"),
    rule("U38", M, "P1 5.8", "refersTo, as, by, outcome and choice hold local references", "write #identifier"),
    rule("U39", M, "P1 4.6", "the name of an inline begins with akn4un:", "add the prefix"),
    rule(
        "U40",
        M,
        "P1 4.16",
        "no element of presentation wraps a semantic one alone",
        "put the style on the semantic element",
    ),
    rule(
        "U41",
        S,
        "P1 4.6.5",
        "the date of an element is the one it prints; without the source only the year is compared",
        "correct @date",
    ),
    rule("U42", M, "P1 4.13", "a note has marker and placement", "add both"),
    rule("U43", S, "P1 4.13, 5.9", "a noteRef points to a note", "write #identifier of the note"),
    rule(
        "U44",
        M,
        "P1 4.10, NC 6",
        "the address of a ref begins with /akn/, #, ! or ~",
        "use an IRI of Akoma Ntoso, or the element a",
    ),
    rule("U45", M, "P1 4.10.1", "no ref points into metadata", "point to the text"),
    rule("U46", M, "P1 4.10.1", "local references in the text are resolved", "correct the identifier"),
    rule(
        "U47",
        S,
        "NC 5.4.1",
        "the identifier of a nested element begins with that of its parent and two underscores",
        "para_1__list_1",
    ),
    rule("U48", S, "NC 5.4.2", "the identifier names its element by the prescribed word", "para_1 for a paragraph"),
    rule("U49", S, "NC 5.4.3", "the number in the identifier is the printed one", "list_1__point_a for (a)"),
    rule("U50", S, "NC 5.5.1", "each element that needs an identifier has one", "add @eId"),
    rule(
        "U51",
        M,
        "P1 4.8",
        "quotedText and quotedStructure stand in mod only",
        "use embeddedText or embeddedStructure",
    ),
    rule("U52", M, "P1 7.1", "each mod is the source of a textualMod", "add it to analysis"),
    rule("U53", S, "P1 4.1.6", "xml:lang stands only where the language is not that of the document", "leave it out"),
    rule(
        "U54",
        S,
        "NC 4.11",
        "the address of a TLC element is /akn/ontology/ and its own class",
        "/akn/ontology/concept/…",
    ),
    unchecked("U55", M, "P1 4.1.7", "the text is that of the source", "it needs the source: --source FILE"),
    unchecked("U56", M, "P1 4.1.4", "printed numbers stand in num", "what was printed is only known from the source"),
    unchecked(
        "U57",
        M,
        "P2 1.1.2",
        "a toc is a printed table of contents",
        "what was printed is only known from the source",
    ),
    rule("U58", M, "P1 4.4.3", "a subheading stands only with a heading", "use heading"),
    rule(
        "U59",
        M,
        "P1 2.2.2",
        "the address of a documentRef begins with /akn/, # or !, and is resolved",
        "point to the component",
    ),
    rule("U60", S, "P1 4.10", "a citation of a United Nations document is a ref", "use ref with an IRI of Akoma Ntoso"),
    rule(
        "U61",
        M,
        "P1 5.6.4",
        "a count refers to a declared concept, and its address to a quantity in the text",
        "declare it, and mark the number as quantity",
    ),
    rule("U62", S, "P1 5.5", "the outcome of a step is a declared concept", "declare it as TLCConcept"),
    unchecked(
        "U63",
        S,
        "P1 5.1.4",
        "a replaced provisional number is kept in FRBRalias",
        "that there was one is not in the file",
    ),
    unchecked("U64", S, "PROP", "numbers do not collide", "it needs all other documents"),
];

/// The row of a rule, by its name in any case.
pub fn rule_named(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id.eq_ignore_ascii_case(id))
}
