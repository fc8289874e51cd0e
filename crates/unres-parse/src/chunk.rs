//! Chunks: the lines that are one paragraph, heading or closing line in print.

use unres_source::Span;

/// The pieces of one printed paragraph, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chunk {
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
    /// Index of the first line.
    pub(crate) fn first_line(&self) -> usize {
        self.pieces.first().map_or(0, |piece| piece.line)
    }

    /// Index of the last line.
    pub(crate) fn last_line(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.line)
    }
}
