//! Text in process: read and written as Akoma Ntoso, beside the check that the same bytes are UTF-8; and one document of growing length.

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use std::sync::LazyLock;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

static TEXTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(benches::texts);

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn utf8_check(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::new(benches::total(&TEXTS))).bench(|| {
        for text in &*TEXTS {
            black_box(benches::check_utf8(black_box(text)));
        }
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn text_to_akn(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::new(benches::total(&TEXTS))).bench(|| {
        for text in &*TEXTS {
            let _ = black_box(benches::convert("bench.txt", black_box(text), "akn"));
        }
    });
}

/// Time and memory grow with the length of one document, and not faster.
#[divan::bench(sample_count = 3, sample_size = 1, args = [1, 4, 16])]
fn one_document_of_megabytes(bencher: Bencher<'_, '_>, megabytes: usize) {
    let text = benches::long_text(megabytes << 20);
    bencher.counter(BytesCount::new(text.len())).bench(|| benches::convert("bench.txt", black_box(&text), "akn"));
}
