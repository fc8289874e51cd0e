//! Akoma Ntoso in process: read, read and written as a table, checked against the schema, beside a bare scan of the same bytes.

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use std::sync::LazyLock;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(benches::akn);

fn main() {
    divan::main();
}

fn each<T>(bencher: Bencher<'_, '_>, work: impl Fn(&[u8]) -> T + Sync) {
    let files = &*FILES;
    bencher.counter(BytesCount::new(benches::total(files))).bench(|| {
        for file in files {
            black_box(work(black_box(file)));
        }
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn bare_scan(bencher: Bencher<'_, '_>) {
    each(bencher, benches::scan);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn reading(bencher: Bencher<'_, '_>) {
    each(bencher, |file| benches::documents("bench.xml", file));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn table_of_paragraphs(bencher: Bencher<'_, '_>) {
    each(bencher, |file| benches::convert("bench.xml", file, "csv"));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn schema_check(bencher: Bencher<'_, '_>) {
    each(bencher, benches::check_schema);
}
