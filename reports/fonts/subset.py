"""Makes Hearth Sans from Source Sans 3: python subset.py <folder with the TTF files> <folder to write to>."""

import sys

from fontTools import subset

LATIN = (
    "0020-007E,00A0-017F,0218-021B,2007,2009,202F,2010-2015,2018-201E,2020-2022,2026,2030,2032,2033,2039,203A,"
    "20AC,2190-2193,2212,2248,2260,2264,2265"
)
source, target = sys.argv[1:]
for weight in ("Regular", "Semibold"):
    options = subset.Options()
    options.layout_features = ["kern", "tnum", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = subset.load_font(f"{source}/SourceSans3-{weight}.ttf", options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=subset.parse_unicodes(LATIN))
    cut.subset(font)

    # Ascent and descent of 1.24 em: see README.md.
    lines, os2, names = font["hhea"], font["OS/2"], font["name"]
    lines.ascent, lines.descent, lines.lineGap = 984, -256, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = 984, -256, 0
    os2.usWinAscent, os2.usWinDescent = 984, 256

    # "Source" is a reserved name.
    renamed = {1: "Hearth Sans", 16: "Hearth Sans", 2: weight, 17: weight, 4: f"Hearth Sans {weight}"}
    renamed |= {3: f"HearthSans-{weight}", 6: f"HearthSans-{weight}"}
    for name in list(names.names):
        if name.nameID in renamed:
            names.setName(renamed[name.nameID], name.nameID, name.platformID, name.platEncID, name.langID)
        elif name.nameID not in (0, 5, 9, 11, 13, 14):
            names.removeNames(nameID=name.nameID)
    font.save(f"{target}/hearth-sans-{weight.lower()}.ttf")
    font.flavor = "woff2"
    font.save(f"{target}/hearth-sans-{weight.lower()}.woff2")
