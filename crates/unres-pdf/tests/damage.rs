//! Damaged files: whatever is broken, the reader answers, soon and with little memory.

mod common;

use common::{file, text};
use std::time::{Duration, Instant};
use unres_pdf::Pdf;
use unres_source::{Budget, Input, Reader};

/// Numbers that look random and are the same on each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % limit.max(1)
    }
}

fn sample() -> Vec<u8> {
    let full = "Recalling that the bells of the coast are rung by hand in all of the towns that have one";
    let mut pages: Vec<String> =
        (0..3).map(|_| (0..6).map(|line| text('R', 10, 72, 700 - 12 * line, full)).collect()).collect();
    pages[0] +=
        "70 300 m 420 300 l S /Span<</ActualText(bells)>>BDC BT /R 10 Tf 72 280 Td [(xy)-400(z)] TJ ET EMC /X Do\n";
    pages[1] +=
        "BT /A 12 Tf 400 200 Td (98/2 \\)d\\( eba) Tj 3 Tr (unseen) Tj ET q 0 1 -1 0 0 0 cm BT (turned) Tj ET Q\n";
    file(&[&pages[0], &pages[1], &pages[2]], &[([88, 695, 140, 712], "https://example.org/98/1")])
}

#[test]
fn five_hundred_damaged_copies_are_read_or_refused() {
    let sample = sample();
    let mut numbers = Numbers(0x5eed_0001);
    let begin = Instant::now();
    for copy in 0..500 {
        let damaged = damage(&sample, copy % 4, &mut numbers);
        let one = Instant::now();
        let source = Pdf.read(&Input { name: "x.pdf", bytes: &damaged }, &Budget::default(), &mut Vec::new());
        let letters = source.map_or(0, |source| source.text().len());
        assert!(letters < 40 * sample.len(), "copy {copy} gives {letters} bytes");
        assert!(one.elapsed() < Duration::from_secs(20), "copy {copy} takes too long");
    }
    assert!(begin.elapsed() < Duration::from_mins(10));
    if let Some(most) = most_memory() {
        assert!(most < 300 << 20, "{most} bytes of memory");
    }
}

/// One kind of damage.
fn damage(sample: &[u8], kind: usize, numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    match kind {
        0 => bytes.truncate(numbers.below(sample.len())),
        1 => {
            for _ in 0..=numbers.below(40) {
                let at = numbers.below(bytes.len());
                bytes[at] ^= 1 << numbers.below(8);
            }
        }
        2 => falsify(&mut bytes, numbers),
        _ => swap_streams(&mut bytes, numbers),
    }
    bytes
}

/// Writes other digits into a few numbers: lengths, counts, offsets, references, places.
fn falsify(bytes: &mut [u8], numbers: &mut Numbers) {
    let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
    for _ in 0..=numbers.below(12) {
        let mut at = digits[numbers.below(digits.len())];
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            bytes[at] = b'0' + u8::try_from(numbers.below(10)).unwrap_or(0);
            at += 1;
        }
    }
}

/// Puts the content of a stream in the place of another's.
fn swap_streams(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    let starts: Vec<usize> =
        bytes.windows(8).enumerate().filter(|(_, word)| word == b"\nstream\n").map(|(at, _)| at + 8).collect();
    let end =
        |bytes: &[u8], from: usize| from + bytes[from..].windows(9).position(|word| word == b"endstream").unwrap_or(0);
    let (one, other) = (starts[numbers.below(starts.len())], starts[numbers.below(starts.len())]);
    let content = bytes[other..end(bytes, other)].to_vec();
    let old = one..end(bytes, one);
    bytes.splice(old, content);
}

/// The most memory that this process has held, where the system tells.
fn most_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<usize>().ok().map(|kilobytes| kilobytes << 10)
}
