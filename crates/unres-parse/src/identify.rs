//! What is known of a document as a whole, from the facts that its lines state.

use crate::tree::vote_name;
use jiff::civil::Date;
use unres_lang::{DraftOf, LangPack, VoteWord};
use unres_model::{
    Basis, BlockKind, Document, DocumentKind, FactRole, Meta, NumberStyle, Value, Vote, VoteCount, plain_text,
};
use unres_source::{Diagnostic, RuleId, Source};
use unres_symbol::{DocumentNumber, Letters, NumberedKind, Organ, Symbol, unnumbered};

pub(crate) const FILE_NAME: RuleId = RuleId::new("document/number-of-file-name");

/// The facts of a document, each as printed or as it follows from what is printed.
pub(crate) fn meta(source: &Source, pack: &LangPack, document: &Document) -> Meta {
    let mut meta =
        Meta { source: file_name(source).to_owned(), language: Some(pack.iso639_2().to_owned()), ..Meta::default() };
    let symbol = symbol(document);
    let printed_number = number(pack, document);
    let number = printed_number.clone().or_else(|| Some(symbol.as_ref()?.first().number()?.1));
    let symbol = symbol.map(|symbol| symbol.to_string());
    let printed_organ = organ(pack, document);
    let organ = printed_organ.or_else(|| number.as_ref().and_then(derived_organ));
    let organ = organ.or_else(|| symbol.as_deref().and_then(Organ::of_symbol));
    meta.kind = kind(pack, document, number.as_ref(), symbol.as_deref(), printed_organ);
    meta.organ = organ.map(|organ| match printed_organ {
        Some(_) => Value::printed(organ.code().to_owned()),
        None => Value::derived(organ.code().to_owned()),
    });
    meta.session = session(pack, document, number.as_ref());
    if let Some(number) = &number {
        meta.number = Some(match printed_number {
            Some(printed) => Value::printed(printed.to_string()),
            None => Value::derived(number.to_string()),
        });
        let series = if meta.kind == Some(DocumentKind::Decision) { "DEC" } else { "RES" };
        let whole = parts(document).map_or_else(|| number.clone(), |parts| number.with_parts(&parts));
        meta.symbol = organ.map(|organ| Value::derived(whole.symbol(organ, series)));
    }
    meta.number = meta.number.or_else(|| symbol.as_deref().map(unnumbered).map(Value::derived));
    meta.symbol = symbol.map(Value::printed).or(meta.symbol);
    meta.adopted = adoption_date(document).map(Value::printed);
    meta.meeting = meeting(pack, document).map(Value::printed);
    meta.sponsors = sponsors(pack, document);
    meta.votes = votes(pack, document);
    meta.cover = document.cover();
    meta
}

fn file_name(source: &Source) -> &str {
    source.name().rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Gives a document that prints neither number nor symbol those that its file is named after, unless it is of another organ. Else it would get
/// an IRI that nobody can know.
pub(crate) fn name_after_file(source: &Source, meta: &mut Meta) -> Option<Diagnostic> {
    let is_nameless = meta.kind.is_some() && meta.number.is_none() && meta.symbol.is_none();
    let symbol = Symbol::of_file_name(file_name(source)).filter(|_| is_nameless)?;
    let (organ, (kind, number)) = (symbol.first().organ()?, symbol.first().number()?);
    if meta.organ.as_ref().is_some_and(|printed| printed.value != organ.code()) {
        return None;
    }
    meta.organ.get_or_insert_with(|| Value::derived(organ.code().to_owned()));
    meta.session = meta.session.take().or_else(|| number.session().map(str::to_owned).map(Value::derived));
    meta.number = Some(Value::derived(number.to_string()));
    meta.symbol = Some(Value::derived(symbol.to_string()));
    if meta.kind == Some(DocumentKind::Resolution) && kind == NumberedKind::Decision {
        meta.kind = Some(DocumentKind::Decision);
    }
    let message = format!("the text prints no number; its file is named after {symbol}");
    Some(Diagnostic::warning(FILE_NAME, None, message).hint("compare with the printed page"))
}

/// Gives the symbol of a document that prints its number without the letter of its part the letter of the symbol that its file is named after, if
/// that is the same but for the letter. The number stays as it is printed.
pub(crate) fn letter_after_file(source: &Source, document: &mut Document) -> Option<Diagnostic> {
    let named = Symbol::of_file_name(file_name(source))?;
    let (organ, (kind, number)) = (named.first().organ()?, named.first().number()?);
    let letters = number.part()?;
    let whole = Symbol::of_number(organ, kind, &number.whole()).to_string();
    // A cover that prints the symbol says by itself that it has no letter.
    let derived = |symbol: &&Value<String>| symbol.basis == Basis::Derived && symbol.value == whole;
    document.meta.symbol.as_ref().filter(derived)?;
    if !part_letters(document).iter().all(|letter| letters.contains(*letter)) {
        return None;
    }
    document.meta.symbol = Some(Value::derived(named.to_string()));
    let message = format!("the number is printed without the letter of a part; the file is named after {named}");
    Some(Diagnostic::warning(FILE_NAME, None, message).hint("compare with the printed page"))
}

/// The letters that a language prints in the number of a document itself, which names no range of parts.
pub(crate) fn letters(pack: &LangPack) -> Letters<'_> {
    Letters {
        sessions: pack.session_letters(),
        parts: pack.part_letters(),
        brackets: pack.bracket_letters(),
        ranges: &[],
    }
}

fn number(pack: &LangPack, document: &Document) -> Option<DocumentNumber> {
    let printed = document.facts(FactRole::Number).next()?;
    DocumentNumber::scan(&printed.text.text, letters(pack)).map(|(number, _)| number)
}

/// The symbol that the cover prints.
fn symbol(document: &Document) -> Option<Symbol> {
    let printed = document.facts(FactRole::Symbol).next()?;
    Symbol::scan(&printed.text.text).map(|(symbol, _)| symbol)
}

/// The letters of the parts under one number, `A-B`.
fn parts(document: &Document) -> Option<String> {
    let letters = part_letters(document);
    let (first, last) = (letters.first()?, letters.last()?);
    (letters.len() > 1).then(|| format!("{first}-{last}"))
}

/// The letters of sections with capital letters that each hold an enacting formula.
fn part_letters(document: &Document) -> Vec<char> {
    let mut letters: Vec<char> = Vec::new();
    let mut open = None;
    for block in &document.blocks {
        let capital = block.number.as_ref().filter(|number| number.style == NumberStyle::UpperAlpha);
        match (block.kind, capital) {
            (BlockKind::Section, Some(number)) if block.depth == 0 => {
                open = number.ordinal.checked_sub(1).and_then(|letter| (b'A'..=b'Z').nth(letter as usize));
            }
            (BlockKind::EnactingFormula, _) => letters.extend(open.take().map(char::from)),
            _ => {}
        }
    }
    letters
}

/// The session that the number names; printed where a line of the cover names it too, or where it alone does.
fn session(pack: &LangPack, document: &Document, number: Option<&DocumentNumber>) -> Option<Value<String>> {
    let named = number.and_then(DocumentNumber::session);
    let printed = document.facts(FactRole::Session).find_map(|fact| pack.session_line(&fact.text.text)?.number);
    let printed = printed.map(|session| session.to_string());
    match (named, printed) {
        (Some(named), Some(printed)) if named == printed => Some(Value::printed(printed)),
        (Some(named), _) => Some(Value::derived(named.to_owned())),
        (None, printed) => printed.map(Value::printed),
    }
}

/// The organ that the enacting formula names.
fn organ(pack: &LangPack, document: &Document) -> Option<Organ> {
    let formula = document.blocks.iter().find(|block| block.kind == BlockKind::EnactingFormula)?;
    Organ::from_code(pack.formula(&plain_text(&formula.content))?.organ)
}

/// The organ whose numbers look so. A decision has no formula that names it.
fn derived_organ(number: &DocumentNumber) -> Option<Organ> {
    number.organ().or_else(|| number.is_assembly_decision().then_some(Organ::GeneralAssembly))
}

fn kind(
    pack: &LangPack,
    document: &Document,
    number: Option<&DocumentNumber>,
    symbol: Option<&str>,
    formula: Option<Organ>,
) -> Option<DocumentKind> {
    let texts = || document.blocks.iter().map(|block| plain_text(&block.content));
    let sponsored = document.facts(FactRole::Sponsors).next().is_some();
    let draft = || sponsored.then(|| texts().find_map(|text| pack.draft_line(&text))).flatten();
    if let Some((of, _)) = draft() {
        return Some(match of {
            DraftOf::Resolution => DocumentKind::DraftResolution,
            DraftOf::Decision => DocumentKind::DraftDecision,
        });
    }
    let in_series = |series: &str| symbol.is_some_and(|symbol| symbol.split('/').any(|part| part == series));
    let is_statement = || {
        document
            .blocks
            .iter()
            .any(|block| block.kind == BlockKind::Title && pack.heads_statement(&plain_text(&block.content)))
    };
    if in_series("PRST") || is_statement() {
        return Some(DocumentKind::PresidentialStatement);
    }
    let decision = number.is_some_and(DocumentNumber::is_assembly_decision);
    match decision {
        true if formula.is_none_or(|organ| organ == Organ::GeneralAssembly) => Some(DocumentKind::Decision),
        _ if in_series("DEC") => Some(DocumentKind::Decision),
        _ if number.is_some() || formula.is_some() => Some(DocumentKind::Resolution),
        _ => {
            let placed = document.blocks.iter().any(|block| block.kind != BlockKind::Unplaced);
            placed.then_some(DocumentKind::Resolution)
        }
    }
}

/// Who proposes a draft.
fn sponsors(pack: &LangPack, document: &Document) -> Vec<String> {
    let lists = document.facts(FactRole::Sponsors).map(|fact| fact.text.text.as_str());
    lists.flat_map(|list| pack.names(list)).map(str::to_owned).collect()
}

/// The vote that lists in the text record.
fn votes(pack: &LangPack, document: &Document) -> Vec<Vote> {
    let mut vote = Vote::default();
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::VoteList) {
        let text = plain_text(&block.content);
        let Some((word, names)) = pack.vote_line(&text) else { continue };
        match word {
            VoteWord::WithoutVote | VoteWord::RecordedVote => vote.outcome = Some(vote_name(word).to_owned()),
            VoteWord::InFavour | VoteWord::Against | VoteWord::Abstaining => {
                let voters: Vec<String> =
                    pack.names(text.get(names).unwrap_or_default()).into_iter().map(str::to_owned).collect();
                let count = u32::try_from(voters.len()).ok();
                vote.counts.push(VoteCount { choice: vote_name(word).to_owned(), count, voters });
            }
        }
    }
    if vote == Vote::default() { Vec::new() } else { vec![vote] }
}

fn adoption_date(document: &Document) -> Option<Date> {
    document.facts(FactRole::AdoptionDate).find_map(|fact| fact.date)
}

/// The number of the meeting, read again from the words that name it.
fn meeting(pack: &LangPack, document: &Document) -> Option<u32> {
    document.facts(FactRole::Meeting).find_map(|fact| {
        let words = fact.text.text.as_str();
        let digits = words.find(|c| pack.digit(c).is_some()).unwrap_or(0);
        pack.meeting_number(words.get(digits..)?).map(|(number, _)| number)
    })
}
