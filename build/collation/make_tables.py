#!/usr/bin/env python3
"""Makes base/src/main/resources/io/qomo/base/type/collation.bin, the weights behind the Unicode collations.

Input: the Default Unicode Collation Element Table 13.0 (allkeys.txt) and the character data that come with Perl and
Python on Debian 12. The result is checked in; index keys on disk depend on it, so a new table is a new format version.

    python3 build/collation/make_tables.py base/src/main/resources/io/qomo/base/type/collation.bin

The layout is drawn in io.qomo.base.type.CollationData.
"""
import re
import subprocess
import sys
import unicodedata

ALLKEYS = "/usr/share/perl/5.36.0/Unicode/Collate/allkeys.txt"
GAP_BITS = 14
IMPLICIT = 0x20000
# Unicode versions behind utf8mb4_unicode_ci (UCA 4.0.0), _unicode_520_ci (5.2.0) and _0900_ai_ci (9.0.0).
AGES = ["4.0", "5.2", "9.0"]

# Letters that UCA 4.0.0 and 5.2.0 give a primary weight of their own, right after another letter's.
OWN_LEGACY = [  # (upper, lower), after
    ((0x0403, 0x0453), 0x0413), ((0x0407, 0x0457), 0x0406), ((0x040C, 0x045C), 0x041A), ((0x040E, 0x045E), 0x0423),
    ((0x0476, 0x0477), 0x0474), ((0x04D0, 0x04D1), 0x0410), ((0x04D2, 0x04D3), 0x04D0), ((0x04D6, 0x04D7), 0x0415),
    ((0x04DA, 0x04DB), 0x04D8), ((0x04DC, 0x04DD), 0x0416), ((0x04DE, 0x04DF), 0x0417), ((0x04E4, 0x04E5), 0x0418),
    ((0x04E6, 0x04E7), 0x041E), ((0x04EA, 0x04EB), 0x04E8), ((0x04EC, 0x04ED), 0x042D), ((0x04F0, 0x04F1), 0x040E),
    ((0x04F2, 0x04F3), 0x04F0), ((0x04F4, 0x04F5), 0x0427), ((0x04F8, 0x04F9), 0x042B),
    ((0x0640,), 0x0020), ((0x00AD,), 0x002D),
]
OWN_400 = [
    ((0x0110, 0x0111), 0x0044), ((0x00D0, 0x00F0), 0x0110), ((0x0126, 0x0127), 0x0048), ((0x0141, 0x0142), 0x004C),
    ((0x00D8, 0x00F8, 0x01FE, 0x01FF), 0x004F),
]
EXPANDED_400 = {0x013F: [0x004C, 0x00B7], 0x0140: [0x004C, 0x00B7]}

# utf8mb4_general_ci: pages that fold case, and among them those that fold accents.
FOLD_PAGES = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x1E, 0x1F, 0x21, 0x24, 0xFF}
ACCENT_PAGES = FOLD_PAGES - {0x21, 0x24, 0xFF}
FOLD_EXCEPTIONS = {
    0x00DF: 0x0053, 0x0344: 0x0344, 0x0385: 0x0385, 0x03F2: 0x03A3, 0x0419: 0x0419, 0x0439: 0x0419, 0x1FC1: 0x1FC1,
    0x1FCD: 0x1FCD, 0x1FCE: 0x1FCE, 0x1FCF: 0x1FCF, 0x1FDD: 0x1FDD, 0x1FDE: 0x1FDE, 0x1FDF: 0x1FDF, 0x1FED: 0x1FED,
}


def present_in(version):
    script = 'for (0..0x10FFFF){next if $_>=0xD800&&$_<0xE000; print "$_\\n" if chr($_)=~/\\p{Present_In: %s}/}' % version
    return {int(x) for x in subprocess.run(["perl", "-e", script], capture_output=True, text=True).stdout.split()}


def read_elements():
    """Collation elements of single code points: (primary, secondary, tertiary)."""
    table = {}
    for line in open(ALLKEYS):
        m = re.match(r"([0-9A-F]+)\s*;\s*((?:\[[.*][0-9A-F.]+\])+)", line)
        if m:
            elements = re.findall(r"\[[.*]([0-9A-F.]+)\]", m.group(2))
            elements = [tuple(int(x, 16) for x in e.split(".")) for e in elements]
            table[int(m.group(1), 16)] = list(join_implicit(elements))
    return table


def join_implicit(elements):
    """An ideograph's weight comes in two elements, FBxx and the low bits: one here, IMPLICIT + its code point."""
    i = 0
    while i < len(elements):
        p, s, t = elements[i]
        if 0xFB40 <= p < 0xFC00:
            base = 0xFB40 if p < 0xFB80 else 0xFB80 if p < 0xFBC0 else 0xFBC0
            cp = (p - base) << 15 | elements[i + 1][0] & 0x7FFF
            yield (IMPLICIT + cp, s, t)
            i += 2
        else:
            yield (p, s, t)
            i += 1


def weights(order, ascii_primaries):
    """order: primaries from low to high. Weight = (ASCII characters passed << GAP_BITS) + primaries since."""
    result, passed, since = {}, 0, 0
    for primary in order:
        if primary in ascii_primaries:
            passed, since = passed + 1, 0
        else:
            since += 1
        result[primary] = (passed << GAP_BITS) + since
    return result


def put(out, value, width):
    out += value.to_bytes(width, "big")


def folded(cp, old):
    def upper(c):
        u = chr(c).upper()
        return ord(u) if len(u) == 1 and ord(u) in old else c

    def base(c):
        parts = unicodedata.decomposition(chr(c)).split()
        if len(parts) < 2 or parts[0].startswith("<"):
            return c
        return base(int(parts[0], 16))

    if cp in FOLD_EXCEPTIONS:
        return FOLD_EXCEPTIONS[cp]
    if cp not in old or cp >> 8 not in FOLD_PAGES:
        return cp
    return upper(base(upper(cp))) if cp >> 8 in ACCENT_PAGES else upper(cp)


def main():
    table = read_elements()
    ages = [present_in(a) for a in AGES]
    chars = sorted(c for c in table if c in ages[2])
    primaries = sorted({e[0] for c in chars for e in table[c] if 0 < e[0] < IMPLICIT})
    ascii_primaries = {table[c][0][0] for c in range(128) if table[c][0][0]}

    def primary(c):
        return table[c][0][0]

    # The order of UCA 4 and 5: spacing accents before the underscore, and letters of their own.
    accents = [p for p in primaries if primary(0x60) <= p <= primary(0x1FDD)]
    legacy = [p for p in primaries if p not in accents]
    at = legacy.index(primary(0x5F))
    legacy[at:at] = accents
    ids = {p: i + 1 for i, p in enumerate(primaries)}
    own = {}
    for chars_of, after in OWN_LEGACY + OWN_400:
        new = 0x100000 + chars_of[0]
        legacy.insert(legacy.index(own.get(after, primary(after))) + 1, new)
        ids[new] = len(ids) + 1
        for c in chars_of:
            own[c] = new
    now = weights(primaries, ascii_primaries)
    before = weights(legacy, ascii_primaries)

    own_400 = {c for chars_of, _ in OWN_400 for c in chars_of}
    overrides = [(c, 0 if c in own_400 else 1, [ids[p]]) for c, p in own.items()]
    overrides += [(c, 0, [ids[primary(x)] for x in xs]) for c, xs in EXPANDED_400.items()]
    old = present_in("3.0")
    folds = [(c, folded(c, old)) for c in range(0x80, 0x10000) if not 0xD800 <= c < 0xE000]
    folds = [(c, f) for c, f in folds if c != f]

    out = bytearray(b"QCW1")
    for count in (len(primaries), len(ids), len(chars), len(overrides), len(folds)):
        put(out, count, 4)
    for p in primaries:
        put(out, now[p], 4)
    for p in sorted(ids, key=ids.get):
        put(out, before[p], 4)
    elements = bytearray()
    for c in chars:
        age = next(i for i, a in enumerate(ages) if c in a)
        put(out, age << 24 | c, 4)
        put(out, len(elements), 4)
        for e in table[c]:
            put(elements, e[0] if e[0] >= IMPLICIT else ids.get(e[0], 0), 3)
            put(elements, e[1], 2)
            put(elements, e[2], 1)
    put(out, 0xFFFFFFFF, 4)
    put(out, len(elements), 4)
    for c, age, of in sorted(overrides):
        put(out, age << 24 | c, 4)
        put(out, of[0], 4)
        put(out, of[1] if len(of) > 1 else 0, 4)
    for c, f in folds:
        put(out, c, 2)
        put(out, f, 2)
    out += elements
    open(sys.argv[1], "wb").write(out)
    print(len(primaries), "primaries,", len(chars), "characters,", len(folds), "folds,", len(out), "bytes")


main()
