"""Scores converted documents one by one: accuracy.py TOOLS GOLD OUT STYLE [WANTED...]

For each NAME.gold.json of GOLD it reads OUT/NAME.xml and prints one line of JSON with the measures of score.py and, where
GOLD holds the text of that style, the ceiling of ceiling.py, both in TOOLS. The facts of the cover it reads in OUT/published/NAME.xml,
since score.py knows them only by their names in published files. The links are scored a second time with the faults of the expected results that
tests/accuracy/link-faults.tsv lists put right, and the paragraphs and metadata (sound_...) without the units and fields that ERRATA.tsv of GOLD names. For a WANTED document the line also holds each unit that
was expected and not found, or found and not expected, side by side where score.py aligns them, and so each link.
"""
import json
import re
import sys
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

TOOLS, GOLD, OUT = map(Path, sys.argv[1:4])
STYLE, WANTED = sys.argv[4], set(sys.argv[5:])
sys.path.insert(0, str(TOOLS))
import ceiling
import score


def errata(table):
    """The known faults of each expected result: the unit, `meta`, or `-` for the whole, and what is wrong."""
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines()[1:]] if table.exists() else []
    found = {}
    for name, unit, what in rows:
        found.setdefault(name, []).append((unit, what))
    return found


ERRATA = errata(GOLD / "ERRATA.tsv")


def faults(name):
    """How many faults are known, those of the metadata apart."""
    return sum(unit != "meta" for unit, _ in ERRATA.get(name, []))


def faulty_units(name):
    units = set()
    for unit, what in ERRATA.get(name, []):
        if unit.isdigit():
            units.add(int(unit))
            if re.match(r"number \S+ alone", what):        # its text is the next unit
                units.add(int(unit) + 1)
    return units


def faulty_fields(name):
    """The fields of the metadata with a known fault, whose description begins with the field."""
    told = [what for unit, what in ERRATA.get(name, []) if unit == "meta"]
    return {field for field in score.META for what in told if what.startswith(field.replace("_", " "))}


def link_faults(table):
    """For each document and unit the links that are wrong in the expected result, with what is right: either may be none."""
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines()[1:]]
    found = {}
    for name, unit, words, target, right_words, right_target, _ in rows:
        found.setdefault((name, int(unit)), []).append(((words, target), (right_words, right_target)))
    return found


LINK_FAULTS = link_faults(Path(__file__).parent.parent / "tests/accuracy/link-faults.tsv")


def key(unit):
    return unit["kind"], score.norm_label(unit["label"]), score.norm(unit["text"])


def unmatched(units, others):
    """The indexes of the units that have no equal among the others, as the paragraph measure counts them."""
    left = Counter(map(key, others))
    for index, unit in enumerate(units):
        left[key(unit)] -= 1
        if left[key(unit)] < 0:
            yield index


def shown(unit):
    return {name: unit[name] for name in ("kind", "label", "text")}


def costs(gold, found):
    expected, extra = list(unmatched(gold, found)), set(unmatched(found, gold))
    pairs = score.align(gold, found)
    rows = []
    for index in expected:
        other = pairs.get(index)
        extra.discard(other)
        rows.append({"unit": index, "expected": shown(gold[index]),
                     "found": shown(found[other]) if other is not None else None})
    rows += [{"unit": None, "expected": None, "found": shown(found[index])} for index in sorted(extra)]
    return rows


def cited(unit):
    """The links of a unit as score.py compares them: their words and where they lead."""
    return [(score.norm(link["text"]), score.symbol(link["href"])) for link in unit["citations"]]


def linked(gold, found):
    """The units in which the gold links, each with its partner or none: score.py asks for links in these only."""
    pairs = score.align(gold, found)
    for index, unit in enumerate(gold):
        if unit["citations"]:
            yield index, unit, found[pairs[index]] if index in pairs else None


def mended(name, index, links):
    """The links of a unit with its known faults put right. The words * stand for any; then the target is only how it begins."""
    links = list(links)
    for (words, target), right in LINK_FAULTS.get((name, index), []):
        wrong = [link for link in links if link == (words, target) or words == "*" and link[1].startswith(target)]
        if target and not wrong:
            raise SystemExit(f"{name}, unit {index}: the expected result has no link {words} to {target}")
        if wrong:
            links.remove(wrong[0])
        if right != ("", ""):
            links.append(right)
    return links


def sound_links(name, gold, found):
    """Recall, precision and target of links with the known faults put right."""
    sides = [(mended(name, index, cited(unit)), cited(other) if other else []) for index, unit, other in linked(gold, found)]
    if not sides:
        return {}
    shares = score.prf([link for expected, _ in sides for link in expected], [link for _, links in sides for link in links])
    return {"citation_sound_r": shares["r"], "citation_sound_p": shares["p"], "citation_target_sound": same_target(sides)}


def target_of_found(gold, found):
    return same_target((cited(unit), cited(other) if other else []) for _, unit, other in linked(gold, found))


def same_target(sides):
    """Of the links whose words are linked on both sides, the share that leads to the same document."""
    words = same = 0
    for expected, links in sides:
        words += sum((Counter(text for text, _ in expected) & Counter(text for text, _ in links)).values())
        same += sum((Counter(expected) & Counter(links)).values())
    return same / words if words else None


def around(unit, text, most=60):
    at = next((link["start"] for link in unit["citations"] if score.norm(link["text"]) == text), 0)
    return unit["text"][max(at - most, 0):at + len(text) + most]


def link_costs(gold, found):
    rows = []
    for index, unit, other in linked(gold, found):
        expected, links = Counter(cited(unit)), Counter(cited(other) if other else [])
        for found_it, left, holder in ((False, expected - links, unit), (True, links - expected, other)):
            rows += [{"unit": index, "found": found_it, "aligned": other is not None, "text": text, "target": target,
                      "around": around(holder, text)} for text, target in left.elements()]
    return rows


def sound(name, gold, found):
    """The measures of paragraphs without the units that are known to be wrong and what stands in their place, and the core metadata without such fields."""
    wrong = faulty_units(name)
    pairs = score.align(gold["units"], found["units"])
    in_their_place = {pairs[index] for index in wrong if index in pairs}
    sides = ((gold["units"], wrong), (found["units"], in_their_place))
    rest = ([unit for index, unit in enumerate(units) if index not in left_out] for units, left_out in sides)
    measures = score.flat(score.score(*({"meta": {}, "units": units} for units in rest)))
    fields = score.score(*({"meta": side["meta"], "units": []} for side in (gold, found)))["meta_fields"]
    core = [right for field, right in fields.items() if field in score.CORE and field not in faulty_fields(name)]
    names = ("label", "level", "footnote_unit", "opening", "counts_hit", "counts_gold", "counts_found")
    return {f"sound_{measure}": measures[measure] for measure in names} | {"sound_meta_core": score.ratio(sum(core), len(core))}


def cover(gold, found):
    only_meta = ({"meta": side["meta"], "units": []} for side in (gold, found))
    return score.score(*only_meta)["meta_cover"]


def document(path):
    name = path.name.removesuffix(".gold.json")
    gold, found = score.load(path), score.load(OUT / f"{name}.xml")
    measures = score.flat(score.score(gold, found))
    measures["counts_faults"] = faults(name)
    measures |= sound(name, gold, found)
    measures["meta_cover"] = cover(gold, score.load(OUT / "published" / f"{name}.xml"))
    line = {"name": name, "measures": measures}
    measures["citation_target_of_found"] = target_of_found(gold["units"], found["units"])
    measures |= sound_links(name, gold["units"], found["units"])
    if (GOLD / f"{name}.{STYLE}.txt").exists():
        line["ceiling"] = ceiling.document((path, STYLE))[1]
    if name in WANTED:
        line["costs"] = costs(gold["units"], found["units"])
        line["links"] = link_costs(gold["units"], found["units"])
    return json.dumps(line)


if __name__ == "__main__":
    with Pool() as pool:
        for line in pool.imap(document, sorted(GOLD.glob("*.gold.json")), chunksize=4):
            print(line)
