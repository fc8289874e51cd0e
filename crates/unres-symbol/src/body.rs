//! The bodies whose documents have symbols of their own.

/// A body, by what the symbols of its documents begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Body {
    /// The first pieces of its symbols. `#` stands for a number.
    prefix: &'static str,
    /// The code that an Akoma Ntoso IRI has for it. `un-ga`, `un-ga-gc` stand in the guidelines, the others follow their pattern.
    actor: &'static str,
    name: &'static str,
}

impl Body {
    /// The English name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The body that an actor of an Akoma Ntoso IRI is: `un-ga-c3`.
    pub fn of_actor(actor: &str) -> Option<&'static Self> {
        BODIES.iter().find(|body| body.actor == actor)
    }

    /// The first pieces of its symbols, `#` for a number: `A/C.#`.
    pub fn prefix(&self) -> &'static str {
        self.prefix
    }

    /// Whether a body has its documents from States: pieces of their symbols are codes of countries.
    pub(crate) fn is_of_treaty(&self) -> bool {
        self.prefix.ends_with("/C")
    }

    /// The actor in an Akoma Ntoso IRI, with the numbers of the symbol in their places: `un-ga-c3`.
    pub(crate) fn actor<'a>(&self, pieces: impl Iterator<Item = &'a str>) -> String {
        let number = |(pattern, piece): (&'a str, &'a str)| piece.strip_prefix(pattern.strip_suffix('#')?);
        let numbers = self.prefix.split('/').zip(pieces).filter_map(number).collect::<String>();
        self.actor.replace('#', &numbers)
    }

    /// How many pieces a symbol begins with that are of this body; none when it is not.
    fn covers(&self, pieces: &[&str]) -> Option<usize> {
        let mut len = 0;
        for pattern in self.prefix.split('/') {
            pieces.get(len).filter(|piece| matches(pattern, piece))?;
            len += 1;
        }
        Some(len)
    }

    /// Whether the symbols of a body with the same first letter may begin with two pieces, of the second of which the first letter is given. That tells
    /// most bodies, and costs little.
    fn may_cover(&self, first: &str, second: Option<u8>) -> bool {
        let prefix = self.prefix.as_bytes();
        let same = match prefix.strip_prefix(first.as_bytes()) {
            Some([]) => true,
            Some([b'/', next, ..]) => Some(*next) == second,
            _ => false,
        };
        same || self.prefix.ends_with('#')
    }

    /// The body of a symbol, and how many of its pieces name it.
    pub(crate) fn of(pieces: &[&str]) -> Option<(&'static Self, usize)> {
        let first = pieces.first()?;
        let second = pieces.get(1).and_then(|second| second.as_bytes().first()).copied();
        let letter = first.as_bytes().first();
        let bodies = BODIES.iter().skip(BODIES.partition_point(|body| body.prefix.as_bytes().first() < letter));
        let bodies = bodies.take_while(|body| body.prefix.as_bytes().first() == letter);
        let bodies = bodies.filter(|body| body.may_cover(first, second));
        bodies.filter_map(|body| Some((body, body.covers(pieces)?))).max_by_key(|(_, len)| *len)
    }

    /// Whether a word is the first piece of some body's symbols.
    pub(crate) fn begins(word: &str) -> bool {
        BODIES.iter().any(|body| body.covers_first(word))
    }

    fn covers_first(&self, word: &str) -> bool {
        self.prefix.split('/').next().is_some_and(|first| matches(first, word))
    }
}

/// Whether a piece is that of a pattern, in which a final `#` stands for a number.
fn matches(pattern: &str, piece: &str) -> bool {
    match pattern.strip_suffix('#') {
        Some(stem) => piece.strip_prefix(stem).is_some_and(is_number),
        None => pattern == piece,
    }
}

pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

const fn body(prefix: &'static str, actor: &'static str, name: &'static str) -> Body {
    Body { prefix, actor, name }
}

/// All bodies, in the order of their first letters; of those that cover a symbol the longest is its body.
static BODIES: &[Body] = &[
    body("A", "un-ga", "General Assembly"),
    body("A/AC.#", "un-ga-ac#", "ad hoc committee of the General Assembly"),
    body("A/BUR", "un-ga-gc", "General Committee of the General Assembly"),
    body("A/C.1", "un-ga-c1", "First Committee of the General Assembly"),
    body("A/C.2", "un-ga-c2", "Second Committee of the General Assembly"),
    body("A/C.3", "un-ga-c3", "Third Committee of the General Assembly"),
    body("A/C.4", "un-ga-c4", "Special Political and Decolonization Committee of the General Assembly"),
    body("A/C.5", "un-ga-c5", "Fifth Committee of the General Assembly"),
    body("A/C.6", "un-ga-c6", "Sixth Committee of the General Assembly"),
    body("A/CN.#", "un-ga-cn#", "commission of the General Assembly"),
    body("A/CONF.#", "un-ga-conf#", "conference convened by the General Assembly"),
    body("A/HRC", "un-hrc", "Human Rights Council"),
    body("A/PFPAD", "un-pfpad", "Permanent Forum on People of African Descent"),
    body("APLC", "un-aplc", "Anti-Personnel Mine Ban Convention"),
    body("BWC", "un-bwc", "Biological Weapons Convention"),
    body("CAC", "un-cac", "United Nations Convention against Corruption"),
    body("CAT/C", "un-cat-c", "Committee against Torture"),
    body("CBD", "un-cbd", "Convention on Biological Diversity"),
    body("CCM", "un-ccm", "Convention on Cluster Munitions"),
    body("CCPR/C", "un-ccpr-c", "Human Rights Committee"),
    body("CCW", "un-ccw", "Convention on Certain Conventional Weapons"),
    body("CD", "un-cd", "Conference on Disarmament"),
    body("CEB", "un-ceb", "United Nations System Chief Executives Board for Coordination"),
    body("CED", "un-ced", "Convention on Enforced Disappearance"),
    body("CED/C", "un-ced-c", "Committee on Enforced Disappearances"),
    body("CEDAW/C", "un-cedaw-c", "Committee on the Elimination of Discrimination against Women"),
    body(
        "CEDAW/SP",
        "un-cedaw-sp",
        "States parties to the Convention on the Elimination of Discrimination against Women",
    ),
    body("CERD/C", "un-cerd-c", "Committee on the Elimination of Racial Discrimination"),
    body("CERD/SP", "un-cerd-sp", "States parties to the Convention on the Elimination of Racial Discrimination"),
    body("CLCS", "un-clcs", "Commission on the Limits of the Continental Shelf"),
    body("CMW/C", "un-cmw-c", "Committee on Migrant Workers"),
    body("CRC/C", "un-crc-c", "Committee on the Rights of the Child"),
    body("CRPD/C", "un-crpd-c", "Committee on the Rights of Persons with Disabilities"),
    body("CRPD/CSP", "un-crpd-csp", "States parties to the Convention on the Rights of Persons with Disabilities"),
    body("CTOC", "un-ctoc", "United Nations Convention against Transnational Organized Crime"),
    body("DP", "un-dp", "Executive Board of the United Nations Development Programme"),
    body("E", "un-ecosoc", "Economic and Social Council"),
    body("E/AC.#", "un-ecosoc-ac#", "committee of the Economic and Social Council"),
    body("E/C.#", "un-ecosoc-c#", "committee of the Economic and Social Council"),
    body("E/CN.#", "un-ecosoc-cn#", "commission of the Economic and Social Council"),
    body("E/CONF.#", "un-ecosoc-conf#", "conference convened by the Economic and Social Council"),
    body("E/ECA", "un-eca", "Economic Commission for Africa"),
    body("E/ECE", "un-ece", "Economic Commission for Europe"),
    body("E/ESCAP", "un-escap", "Economic and Social Commission for Asia and the Pacific"),
    body("E/ESCWA", "un-escwa", "Economic and Social Commission for Western Asia"),
    body("E/FFDF", "un-ecosoc-ffdf", "forum on financing for development follow-up"),
    body("E/HLPF", "un-ecosoc-hlpf", "high-level political forum on sustainable development"),
    body("E/HLS", "un-ecosoc-hls", "high-level segment of the Economic and Social Council"),
    body("E/ICEF", "un-icef", "Executive Board of the United Nations Children's Fund"),
    body("E/INCB", "un-incb", "International Narcotics Control Board"),
    body("ECE", "un-ece", "Economic Commission for Europe"),
    body("ESCAP", "un-escap", "Economic and Social Commission for Asia and the Pacific"),
    body("FCCC", "un-fccc", "United Nations Framework Convention on Climate Change"),
    body("FCCC/CP", "un-fccc-cp", "Conference of the Parties to the Framework Convention on Climate Change"),
    body("FCCC/KP/CMP", "un-fccc-cmp", "Meeting of the Parties to the Kyoto Protocol"),
    body("FCCC/PA/CMA", "un-fccc-cma", "Meeting of the Parties to the Paris Agreement"),
    body("GC.#", "unido-gc#", "General Conference of the United Nations Industrial Development Organization"),
    body("HRI", "un-hri", "international human rights instruments"),
    body("HSP", "un-hsp", "United Nations Human Settlements Programme"),
    body("ICCD", "un-iccd", "United Nations Convention to Combat Desertification"),
    body("IDB.#", "unido-idb#", "Industrial Development Board"),
    body("ISBA", "isba", "International Seabed Authority"),
    body("JIU", "un-jiu", "Joint Inspection Unit"),
    body("NPT", "un-npt", "Treaty on the Non-Proliferation of Nuclear Weapons"),
    body("S", "un-sc", "Security Council"),
    body("S/AC.#", "un-sc-ac#", "committee of the Security Council"),
    body("S/C.#", "un-sc-c#", "committee of the Security Council"),
    body("SPLOS", "un-splos", "Meeting of States Parties to the Convention on the Law of the Sea"),
    body("ST", "un-secretariat", "Secretariat"),
    body("T", "un-tc", "Trusteeship Council"),
    body("TD", "un-td", "United Nations Conference on Trade and Development"),
    body("TD/B", "un-td-b", "Trade and Development Board"),
    body("TPNW", "un-tpnw", "Treaty on the Prohibition of Nuclear Weapons"),
    body("UNEP", "un-unep", "United Nations Environment Programme"),
    body("UNEP/CBD", "un-cbd", "Convention on Biological Diversity"),
    body("UNEP/EA.#", "un-unea", "United Nations Environment Assembly"),
    body("UNEP/GC.#", "un-unep-gc", "Governing Council of the United Nations Environment Programme"),
    body("UNEP/OzL.Pro.#", "un-ozl-pro", "Montreal Protocol"),
    body("UNW", "un-women", "Executive Board of UN-Women"),
    body("WHO", "who", "World Health Organization"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_stand_in_the_order_of_their_first_letters() {
        assert!(BODIES.is_sorted_by_key(|body| body.prefix.as_bytes().first()));
    }
}
