//! The tokens of a page: tags and text.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token as Raw, TokenSink, TokenSinkResult, Tokenizer};
use std::cell::RefCell;

/// A token.
pub(crate) enum Token {
    Start(Start),
    End(String),
    Text(StrTendril),
}

/// A start tag.
pub(crate) struct Start {
    pub(crate) name: String,
    attributes: Vec<(String, StrTendril)>,
}

impl Start {
    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }
}

/// Cuts a text into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let buffer = BufferQueue::default();
    buffer.push_back(StrTendril::from_slice(text));
    let tokenizer = Tokenizer::new(Collector::default(), html5ever::tokenizer::TokenizerOpts::default());
    // A script would stop the tokenizer; nothing of it is run.
    while let html5ever::TokenizerResult::Script(()) = tokenizer.feed(&buffer) {}
    tokenizer.end();
    tokenizer.sink.tokens.into_inner()
}

#[derive(Default)]
struct Collector {
    tokens: RefCell<Vec<Token>>,
}

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Raw, _line: u64) -> TokenSinkResult<()> {
        match token {
            Raw::TagToken(tag) => return self.tag(tag),
            Raw::CharacterTokens(text) => self.tokens.borrow_mut().push(Token::Text(text)),
            Raw::DoctypeToken(_)
            | Raw::CommentToken(_)
            | Raw::NullCharacterToken
            | Raw::EOFToken
            | Raw::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl Collector {
    fn tag(&self, tag: Tag) -> TokenSinkResult<()> {
        let name = tag.name.to_string();
        if tag.kind == TagKind::EndTag {
            self.tokens.borrow_mut().push(Token::End(name));
            return TokenSinkResult::Continue;
        }
        // What stands in these elements is no markup.
        let raw = match name.as_str() {
            "script" => Some(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
            "textarea" | "title" => Some(RawKind::Rcdata),
            _ => None,
        };
        let attributes = tag.attrs.into_iter().map(|attribute| (attribute.name.local.to_string(), attribute.value));
        self.tokens.borrow_mut().push(Token::Start(Start { name, attributes: attributes.collect() }));
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }
}
