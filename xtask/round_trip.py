"""Compares files of Akoma Ntoso with what they became: round_trip.py TOOLS SOURCE STRICT PUBLISHED.

Each file of SOURCE has one of the same name in STRICT and in PUBLISHED. Prints one line of JSON a file. Units are read by
units.py of the shared scorer, in TOOLS, on both sides.
"""
import json
import os
import re
import sys
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

from lxml import etree

TOOLS, SOURCE, STRICT, PUBLISHED = map(Path, sys.argv[1:5])
sys.path.insert(0, str(TOOLS))
import score
import units

BLOCKS = set("""akomaNtoso statement doc documentCollection collectionBody components component documentRef coverPage preface
preamble formula container blockList listIntroduction item mainBody section subsection part division hcontainer paragraph alinea num
heading subheading crossHeading content intro wrapUp list sublist point p block table tr th td conclusions attachments attachment
authorialNote""".split())


def tree(path):
    return etree.parse(str(path), etree.XMLParser(recover=True)).getroot()


def second_calls(root):
    """A raised mark of a note that was called before calls it again; units.py takes it for text."""
    seen = set()
    for element in list(root.iter()):
        name = units.q(element)
        if name == "authorialNote":
            seen.add(element.get("marker"))
        elif name == "sup" and not len(element) and not any(units.q(a) == "authorialNote" for a in element.iterancestors()):
            mark = (element.text or "").strip().strip("()")
            if mark in seen:
                element.tag = element.tag.replace("}sup", "}noteRef")
                element.set("marker", mark)
                element.text = None


def keys(root):
    found = units.Reader(root).read()
    return [(u["kind"], score.norm_label(u["label"]), score.norm(u["text"])) for u in found]


def shared(a, b):
    a, b = Counter(a), Counter(b)
    return [sum((a & b).values()), sum(a.values()), sum(b.values())]


def characters(root):
    """What is printed. Brackets round a call belong to its mark, and blanks are layout."""
    text = []
    for element in root.iter():
        if units.q(element) == "meta" or any(units.q(above) == "meta" for above in element.iterancestors()):
            continue
        if isinstance(element.tag, str):
            text.append(element.text or "")
        text.append(element.tail or "")
    return re.sub(r"[\s()\u200e\u200f]", "", "".join(text))


def shape(element, out, path=()):
    """The blocks of a file, each with its two ancestors: names and nesting."""
    for child in element:
        name = units.q(child)
        if name in ("meta", "#"):
            continue
        if name == "p" and not "".join(child.itertext()).strip():
            continue                        # an empty paragraph is layout: it prints nothing
        if name in BLOCKS:
            here = path + (name,)
            out.append("/".join(here[-3:]))
            shape(child, out, here)
        else:
            shape(child, out, path)
    return out


def compare(name):
    source, strict, published = tree(SOURCE / name), tree(STRICT / name), tree(PUBLISHED / name)
    result = {"name": str(name), "language": name.parent.name}
    result["plain"] = shared(keys(tree(SOURCE / name)), keys(strict))
    result["characters"] = None
    second_calls(source)
    gold = keys(source)
    result["units"] = shared(gold, keys(strict))
    result["characters"] = shared(characters(source), characters(strict))
    second_calls(published)
    result["published"] = shared(gold, keys(published))
    a, b = shape(source, []), shape(published, [])
    result["same"] = a == b
    lost, more = Counter(a) - Counter(b), Counter(b) - Counter(a)
    result["differences"] = {**{"- " + k: n for k, n in lost.items()}, **{"+ " + k: n for k, n in more.items()}}
    if not (lost or more) and a != b:
        result["differences"] = {"order": 1}
    return result


if __name__ == "__main__":
    names = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.xml"))
    with Pool(os.cpu_count()) as pool:
        for result in pool.imap(compare, names, chunksize=4):
            print(json.dumps(result, ensure_ascii=False))
