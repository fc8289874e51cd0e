//! Chunks: the lines that are one paragraph, heading or closing line in print.

use crate::evidence;
use unres_source::{CellPlace, Source, Span};

/// The pieces of one printed paragraph, in order; or the cells of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chunk {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) cells: Vec<CellChunk>,
    /// It was found to be a table by its figures; nothing says where its cells are.
    pub(crate) is_loose: bool,
    /// The number of the table in which it is a row, as its columns show.
    pub(crate) grid: Option<usize>,
}

/// The pieces of a cell.
#[derive(Clone, Debug)]
pub(crate) struct CellChunk {
    pub(crate) place: CellPlace,
    pub(crate) pieces: Vec<Piece>,
}

/// A line, as far as it belongs to a chunk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) kind: PieceKind,
    /// Index of the line in the source.
    pub(crate) line: usize,
    pub(crate) span: Span,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    Text,
    Call,
    Superscript,
}

impl Chunk {
    /// A paragraph of some pieces.
    pub(crate) fn of(pieces: Vec<Piece>) -> Self {
        Self { pieces, ..Self::default() }
    }

    /// Forgets all pieces but the first, which says where the chunk begins: a long text has many of them.
    pub(crate) fn keep_head(&mut self) {
        self.pieces.truncate(1);
        self.pieces.shrink_to_fit();
    }

    /// Adds a line that stands in a cell of the table that the chunk is. False when it is another table.
    pub(crate) fn add_to_table(&mut self, place: CellPlace, pieces: &[Piece]) -> bool {
        let Some(last) = self.cells.last_mut().filter(|last| last.place.table == place.table) else { return false };
        let row = last.place.row;
        // A row that the end of a page cuts goes on in some of its cells.
        let mut cells = self.cells.iter_mut().rev().take_while(|cell| cell.place.row == row);
        match cells.find(|cell| (cell.place.row, cell.place.column) == (place.row, place.column)) {
            Some(cell) => cell.pieces.extend_from_slice(pieces),
            None => self.cells.push(CellChunk { place, pieces: pieces.to_vec() }),
        }
        true
    }

    /// Where its text stands, line by line; a table has none of its own.
    pub(crate) fn texts(&self) -> impl Iterator<Item = Span> {
        self.pieces.iter().filter(|piece| piece.kind == PieceKind::Text).map(|piece| piece.span)
    }

    /// Whether all its text is in bold letters.
    pub(crate) fn is_bold(&self, source: &Source) -> bool {
        self.texts().next().is_some() && self.texts().all(|span| evidence::is_bold(source, span))
    }

    /// Index of the first line.
    pub(crate) fn first_line(&self) -> usize {
        self.all_pieces().next().map_or(0, |piece| piece.line)
    }

    /// Index of the last line.
    pub(crate) fn last_line(&self) -> usize {
        self.all_pieces().map(|piece| piece.line).max().unwrap_or(0)
    }

    fn all_pieces(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().chain(self.cells.iter().flat_map(|cell| &cell.pieces))
    }
}
