//! What stands in a line: notes, their calls, and elements that name a fact of the document.

use super::{Build, Element as E, NOTE, OpenLine, Role, UNCALLED, place, untabbed};
use crate::read::element::cover_fact;
use crate::read::frame::{Frame, Zone};
use crate::read::line::Line;
use crate::read::metadata;
use crate::xml::{Events, Tag};
use unres_model::{FactRole, Note, NoteId};

impl<'a> Build<'a> {
    pub(super) fn open_note(&mut self, events: &mut Events<'a>) {
        self.open_line(events);
        self.inner += 1;
        let begin = events.line();
        self.push_line(self.frames.len(), begin);
    }

    pub(super) fn close_note(&mut self, events: &mut Events<'a>) {
        let Some(OpenLine { mut line, begin, .. }) = self.lines.pop() else { return };
        self.inner = self.inner.saturating_sub(1);
        let Some(eid) = self.frames.last().map(|frame| frame.eid.clone()) else { return };
        let marker = self.frames.last_mut().and_then(|frame| frame.titled.take());
        let uncalled = self.frames.iter().any(|frame| frame.eid.as_deref().is_some_and(|eid| eid.ends_with(UNCALLED)));
        if !self.is_strict() {
            line.drop_empty_brackets();
        }
        let content = untabbed(self.finished(line).content);
        let place = Some(place(begin, events.line()));
        let is_strict = self.is_strict();
        let Some(draft) = &mut self.draft else { return };
        let highest = draft.note_ids.last().map_or(0, |id| id.0);
        let named = eid.as_deref().and_then(|eid| eid.strip_prefix("authorialNote_")).and_then(|id| id.parse().ok());
        let named = named.filter(|id| is_strict && !draft.note_ids.contains(&NoteId(*id)));
        let id = NoteId(named.unwrap_or(highest.saturating_add(1)));
        let mark = marker.map_or_else(|| id.0.to_string(), |marker| marker.trim().to_owned());
        draft.note_ids.insert(id);
        draft.by_mark.insert(mark.clone(), id);
        draft.notes.push(Note { id, mark, mark_spans: Vec::new(), content, rule: NOTE, place });
        if !uncalled {
            self.open_line(events).call(id);
        }
    }

    pub(super) fn note_ref(&mut self, tag: &Tag<'a>, events: &mut Events<'a>) {
        let href = tag.stated("href");
        let named = href.and_then(|href| href.strip_prefix("#authorialNote_"));
        let named = named.and_then(|id| id.parse().ok()).map(NoteId).filter(|_| self.is_strict());
        let marked = || {
            let mark = tag.stated("marker")?;
            self.draft.as_ref()?.by_mark.get(mark.trim()).copied()
        };
        match named.or_else(marked) {
            Some(id) => self.open_line(events).call(id),
            None => self.lost_calls += 1,
        }
    }

    /// A raised number that is the mark of a note calls that note again, as the files of session 74 show second calls.
    pub(super) fn end_sup(&mut self, frame: &Frame<'a>) {
        if self.is_strict() || self.is_in(E::Note) {
            return;
        }
        let open = self.lines.last_mut().filter(|open| open.serial == frame.line);
        let (Some(OpenLine { line, .. }), Some(draft)) = (open, &self.draft) else { return };
        let raised = line.since(frame.mark);
        let mark = raised.trim();
        let mark = mark.strip_prefix('(').and_then(|mark| mark.strip_suffix(')')).unwrap_or(mark);
        if let Some(id) = draft.by_mark.get(mark).copied() {
            line.take_back(frame.mark);
            line.call(id);
        }
    }

    /// The end of an element that names a fact.
    pub(super) fn end_fact(&mut self, frame: &Frame<'a>) {
        let strict = self.is_strict();
        // Clauses and tables that stand in an `hcontainer` name organs too.
        let holds_more = |frame: &Frame<'_>| matches!(frame.named.as_deref(), Some("preamble" | "table"));
        let states_formula = |frame: &Frame<'_>| frame.element == E::Hcontainer && !holds_more(frame);
        let in_formula = self.is_in(E::Formula) || self.frames.iter().any(states_formula);
        let zone = self.zone;
        let refers_to = frame.refers_to.as_deref();
        let in_head = matches!(zone, Zone::Cover | Zone::Preface);
        let open = self.lines.last_mut().filter(|open| open.serial == frame.line);
        let Some((OpenLine { line, .. }, draft)) = open.zip(self.draft.as_mut()) else { return };
        let fact = |line: &mut Line, role| {
            let done = line.has_fact(frame.mark);
            if !done {
                line.fact(frame.mark, role, None);
            }
        };
        match frame.element {
            E::DocNumber if refers_to == Some("symbol") => {
                draft.printed.symbol =
                    Some(line.since(frame.mark).trim().to_owned()).filter(|symbol| !symbol.is_empty());
                fact(line, FactRole::Symbol);
            }
            E::DocNumber if in_head => {
                line.fact(frame.mark, FactRole::Number, None);
                draft.printed.number = true;
                self.role = Some(Role::Title);
            }
            E::DocTitle => match (zone, refers_to) {
                (Zone::Cover, Some("resolutionNumber")) => {
                    draft.printed.number = true;
                    self.role = Some(Role::NumberLine);
                }
                (Zone::Cover, Some("adoption")) => self.role = Some(Role::Adoption),
                (Zone::Preface | Zone::Body, _) => {
                    line.fact(frame.mark, FactRole::Title, None);
                    self.role = Some(Role::Title);
                }
                _ => {}
            },
            E::DocType if in_head => line.fact(frame.mark, FactRole::Kind, None),
            E::DocAuthority if refers_to == Some("issuingBody") => {
                draft.printed.organ = true;
                fact(line, FactRole::Organ);
            }
            E::Organization if in_formula => {
                draft.printed.organ = true;
                fact(line, FactRole::Organ);
            }
            E::DocDate if refers_to == Some("adoptionDate") => {
                let date = frame.date.as_deref().and_then(metadata::date);
                draft.printed.adopted |= date.is_some();
                line.fact(frame.mark, FactRole::AdoptionDate, date);
            }
            E::DocDate if in_head && refers_to == Some("dateOfIssuance") => {
                let date = frame.date.as_deref().and_then(metadata::date);
                line.fact(frame.mark, FactRole::IssueDate, date);
            }
            E::Inline if cover_fact(frame.name, frame.named.as_deref()).is_some() => {
                let role = cover_fact(frame.name, frame.named.as_deref()).filter(|_| in_head);
                if let Some(role) = role {
                    line.fact(frame.mark, role, None);
                }
            }
            E::Location | E::Event | E::Inline if strict || refers_to != Some("adoption") => {
                let in_ref = refers_to.and_then(|id| id.strip_prefix("meeting"));
                let words = line.since(frame.mark);
                let number = frame.titled.as_deref().and_then(first_number).or_else(|| in_ref.and_then(first_number));
                let number = number.or_else(|| first_number(&words));
                draft.printed.meeting = draft.printed.meeting.or(number);
                fact(line, FactRole::Meeting);
            }
            _ => {}
        }
    }
}

/// The first number in a text: of `47th`, of `第47次`.
fn first_number(text: &str) -> Option<u32> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = text.get(start..)?;
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}
