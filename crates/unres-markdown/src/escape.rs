//! Text as Markdown that reads as that text.

/// Appends text in which nothing is a mark of Markdown, wherever in a line it stands but at its start. Line breaks become blanks.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '&' | '#' | '~' | '|' | '$' => true,
            // Inside a word it marks nothing, and addresses of the Web stay whole.
            '_' => !(before.is_some_and(char::is_alphanumeric) && chars.peek().is_some_and(|c| c.is_alphanumeric())),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
        before = Some(c);
    }
}

/// The line with what would begin a list or a rule at its start defused. The line is escaped otherwise and begins with no blank.
pub(crate) fn guarded(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (start, rest) = line.split_at(digits);
    let is_list = if digits > 0 { rest.starts_with(['.', ')']) } else { rest.starts_with(['-', '+', '=']) };
    if is_list { format!("{start}\\{rest}") } else { line.to_owned() }
}
