//! The series of symbols in use, the commonest first, each with a symbol of its shape.

use proptest::prelude::*;
use unres_symbol::{Mended, Symbol, mend};

#[test]
fn each_common_series_is_known() {
    let rows = include_str!("series.tsv").lines().skip(1);
    let mut count = 0;
    for row in rows {
        let [given, printed, actor, kind, slips] = row.split('\t').collect::<Vec<_>>().try_into().expect(row);
        let Mended { symbol, slips: found } = mend(given).expect(given);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(symbol.is_named(), "{given}");
        assert_eq!((symbol.to_string().as_str(), found.join("; ").as_str()), (printed, slips), "{given}");
        let first = symbol.first();
        assert_eq!((first.actor().as_deref(), first.kind().name()), (Some(actor), kind), "{given}");
        count += 1;
    }
    assert!(count >= 200, "{count} series");
}

fn symbols() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,4}",
        "[0-9]{1,3} ?[A-C]",
        "[0-9]{1,3} ?[A-C]-[D-F]",
        "(S|ES)-[0-9]{1,2}",
        "(L|PV|SR|Add|Corr|Rev)\\.[0-9]{1,3}",
        "RES",
        "DEC",
        "PRST",
        "[A-Z]{1,4}",
        "[0-9]{1,4} ?\\((19[5-9][0-9]|20[0-9]{2})\\)",
        "[0-9]{1,4} ?[A-C]? ?\\((S-)?[IVX]{1,3}\\)",
        "[0-9]{1,3} ?\\((Part|Vol\\.|Sect\\.) ?[0-9IV]{1,2}\\)",
        "COP\\([0-9]{1,2}\\)",
    ];
    let body = prop_oneof![
        Just("A"),
        Just("S"),
        Just("E"),
        Just("A/HRC"),
        Just("A/C.3"),
        Just("UNEP/EA.7"),
        Just("CRC/C"),
        Just("QQ"),
        Just("A/CONF.98")
    ];
    let single = (body, proptest::collection::vec(piece, 1..4))
        .prop_map(|(body, pieces)| format!("{body}/{}", pieces.join("/")));
    proptest::collection::vec(single, 1..3).prop_map(|singles| singles.join("-"))
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same_symbol(text in symbols()) {
        if let Some(symbol) = Symbol::parse(&text) {
            let printed = symbol.to_string();
            prop_assert_eq!(Symbol::parse(&printed), Some(symbol), "{}", printed);
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,40}") {
        if let Some((symbol, len)) = Symbol::scan(&text) {
            prop_assert!(text.is_char_boundary(len) && len <= text.len());
            prop_assert_eq!(Symbol::parse(&symbol.to_string()), Some(symbol));
        }
        let _ = mend(&text);
    }
}
