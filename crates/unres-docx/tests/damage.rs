//! Damaged files: whatever comes out, nothing crashes, hangs or grows without bound.

mod word;

use std::time::{Duration, Instant};
use word::{Word, instance, item, level, list, p, r};

/// A document with some of everything.
fn whole() -> Word {
    let cell = |text: &str| format!("<w:tc><w:tcPr><w:vMerge/></w:tcPr>{}</w:tc>", p("", &r("", text)));
    let table =
        format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell("a"), cell("b"), cell("c"), cell("d"));
    let reference = "<w:r><w:footnoteReference w:id=\"1\"/></w:r>";
    let body = p("<w:pStyle w:val=\"SingleTxt\"/>", &(r("<w:i/>", "Noting") + &r("", " the bells,") + reference))
        + &item(1, 0, "Decides to ring them:")
        + &item(1, 1, "at dawn;")
        + &table
        + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p><w:sectPr><w:titlePg/></w:sectPr>";
    let levels = level(0, "decimal", "%1.", "") + &level(1, "chineseCounting", "(%2)", "");
    let note =
        "<w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> On bells.</w:t></w:r></w:p></w:footnote>";
    let style = "<w:style w:type=\"paragraph\" w:styleId=\"SingleTxt\"><w:name w:val=\"_ Single Txt\"/></w:style>";
    Word::of(body)
        .with("numbering", list(0, &levels) + &instance(1, 0, ""))
        .with("footnotes", note)
        .with("styles", style)
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }
}

fn read_in_time(bytes: &[u8]) {
    let start = Instant::now();
    let read = word::read(bytes, &mut Vec::new());
    assert!(start.elapsed() < Duration::from_secs(10));
    assert!(read.is_err() || read.is_ok_and(|source| source.text().len() < 1 << 20));
}

/// Truncated, bytes flipped, lengths and counts of the archive falsified, pieces swapped.
#[test]
fn five_hundred_damaged_archives() {
    let (good, mut dice) = (whole().bytes(), Dice(7));
    for turn in 0..500 {
        let mut bytes = good.clone();
        match turn % 4 {
            0 => bytes.truncate(dice.below(good.len())),
            1 => {
                for _ in 0..=dice.below(8) {
                    let at = dice.below(bytes.len());
                    bytes[at] ^= 1 << dice.below(8);
                }
            }
            2 => {
                let at = dice.below(bytes.len() - 4);
                let value = [0, 1, 0xffff, 0x7fff_ffff, u32::MAX][dice.below(5)];
                bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
            }
            _ => {
                let (one, other, len) = (dice.below(bytes.len() / 2), dice.below(bytes.len() / 2), dice.below(64));
                for at in 0..len {
                    bytes.swap(one + at, good.len() / 2 + other.min(good.len() / 2 - 65) + at);
                }
            }
        }
        read_in_time(&bytes);
    }
}

/// The same for the XML inside: the archive is whole, its parts are not.
#[test]
fn five_hundred_damaged_parts() {
    let (good, mut dice) = (whole(), Dice(11));
    for turn in 0..500 {
        let mut document = good.clone();
        let part = dice.below(document.parts.len() + 1);
        let text = if part == 0 { &mut document.body } else { &mut document.parts[part - 1].1 };
        let (one, other) = (dice.below(text.len()), dice.below(text.len()));
        let (from, to) = (one.min(other), one.max(other));
        let place = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (from, to) = (place(from), place(to));
        let piece = text.get(from..to).expect("boundaries").to_owned();
        match turn % 5 {
            0 => text.truncate(from),
            1 => text.replace_range(from..to, ""),
            2 => text.insert_str(to, &piece),
            3 => text.insert_str(
                from,
                ["<", ">", "&", "\"", "<w:p>", "</w:p>", "<w:tbl>", "<w:txbxContent>"][dice.below(8)],
            ),
            _ => {
                *text =
                    text.replace("w:val=\"1\"", ["w:val=\"-1\"", "w:val=\"99999999999\"", "w:val=\"\""][dice.below(3)]);
            }
        }
        read_in_time(&document.bytes());
    }
}
