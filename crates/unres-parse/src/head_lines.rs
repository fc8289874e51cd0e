//! Lines of a page above the title, whose words tell where each ends when nothing else does.

use crate::tree::{head_pieces, title_begins};
use unres_lang::LangPack;

/// How many lines a line of adoption or a report may take.
const MOST_LINES: usize = 8;

/// The paragraph of the head that is being read.
#[derive(Default)]
pub(crate) struct HeadLines {
    paragraph: String,
    lines: usize,
}

impl HeadLines {
    /// Takes note of a line.
    pub(crate) fn note(&mut self, text: &str, begins: bool) {
        if begins {
            self.paragraph.clear();
            self.lines = 0;
        }
        if self.lines < MOST_LINES {
            self.paragraph.push(' ');
            self.paragraph.push_str(text);
        }
        self.lines += 1;
    }

    /// Whether a line goes on the paragraph; none where its words do not tell.
    pub(crate) fn goes_on(&self, pack: &LangPack, text: &str) -> Option<bool> {
        let paragraph = self.paragraph.trim();
        if paragraph.is_empty() || self.lines >= MOST_LINES {
            return None;
        }
        // The words behind the form of a line of adoption may be any.
        if title_begins(pack, text) || pack.vote_line(text).is_some() {
            return Some(false);
        }
        let whole = format!("{paragraph} {text}");
        let is_head = |text: &str| head_pieces(pack, text).is_some();
        // Old covers set "General" below "Distr.", and break names of organs.
        if is_complete(pack, &whole) || (is_head(&whole) && !is_head(paragraph)) {
            return Some(true);
        }
        if begins(pack, text) || is_complete(pack, paragraph) || pack.agenda_item(paragraph).is_some() {
            return Some(false);
        }
        let opened = pack.opens_proponent(paragraph) || pack.opens_adoption(paragraph);
        opened.then_some(true)
    }
}

/// Whether a paragraph is a whole line of a fixed form, which nothing goes on.
fn is_complete(pack: &LangPack, paragraph: &str) -> bool {
    pack.cover_adoption(paragraph).is_some()
        || pack.proponent(paragraph).is_some()
        || pack.adoption_line(paragraph).is_some()
}

/// Whether a line of the head can only begin a paragraph.
fn begins(pack: &LangPack, text: &str) -> bool {
    head_pieces(pack, text).is_some()
        || pack.session_line(text).is_some()
        || pack.agenda_item(text).is_some()
        || pack.formula(text).is_some()
        || pack.opens_proponent(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], text: &str, expected: Option<bool>) {
        let pack = LangPack::builtin("en").expect("en");
        let mut head = HeadLines::default();
        for (index, line) in lines.iter().enumerate() {
            head.note(line, index == 0);
        }
        assert_eq!(head.goes_on(&pack, text), expected, "{lines:?} {text}");
    }

    #[test]
    fn lines_of_the_head_end_where_their_words_do() {
        check(&["Resolution adopted by the General Assembly on 16"], "December 2043", Some(true));
        check(&["Resolution adopted by the General Assembly on 16", "December 2043"], "98/301. Bells", Some(false));
        check(&["[on the report of the Third Committee"], "(A/98/458, para. 15)]", Some(true));
        let noted = "Adopted at the 82nd plenary meeting, on 17 May 2043, on the recommendation";
        check(&[noted], "of the Committee (A/98/458), by a recorded vote:", Some(true));
        check(&[noted], "In favour: Atlantis, Utopia", Some(false));
        check(&[noted], "98/301. Bells", Some(false));
        check(&["98/301. Bells of"], "The General Assembly,", Some(false));
        check(&["Bells of"], "the old towers", None);
        check(&["Distr."], "GENERAL", Some(true));
        check(&["UNITED"], "NATIONS", Some(true));
    }
}
