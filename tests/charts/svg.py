"""Reading charts back: texts with their boxes, lines and areas of an SVG."""

import pathlib
import re
import struct
import subprocess
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Font:
    """Advance widths of a TrueType font; 0.6 of the size where it is not installed."""

    def __init__(self, style):
        self.glyphs, self.advances = {}, []
        try:
            name = subprocess.run(["fc-match", "-f", "%{file}", f"DejaVu Sans:style={style}"], check=True,
                                  capture_output=True, text=True).stdout
        except (OSError, subprocess.CalledProcessError):
            return
        if "DejaVu" in name:
            self.read(pathlib.Path(name).read_bytes())

    def read(self, data):
        count = struct.unpack(">H", data[4:6])[0]
        records = [struct.unpack(">4sIII", data[12 + 16 * i:28 + 16 * i]) for i in range(count)]
        table = {tag.decode(): offset for tag, _, offset, _ in records}
        per_em = struct.unpack(">H", data[table["head"] + 18:table["head"] + 20])[0]
        n = struct.unpack(">H", data[table["hhea"] + 34:table["hhea"] + 36])[0]
        self.advances = [struct.unpack(">H", data[table["hmtx"] + 4 * i:table["hmtx"] + 4 * i + 2])[0] / per_em
                         for i in range(n)]
        maps = table["cmap"]
        for i in range(struct.unpack(">H", data[maps + 2:maps + 4])[0]):
            start = maps + struct.unpack(">HHI", data[maps + 4 + 8 * i:maps + 12 + 8 * i])[2]
            if struct.unpack(">H", data[start:start + 2])[0] != 12:
                continue
            for g in range(struct.unpack(">I", data[start + 12:start + 16])[0]):
                first, last, glyph = struct.unpack(">III", data[start + 16 + 12 * g:start + 28 + 12 * g])
                self.glyphs.update((point, glyph + point - first) for point in range(first, last + 1))

    def width(self, text):
        def one(letter):
            glyph = self.glyphs.get(ord(letter))
            return self.advances[min(glyph, len(self.advances) - 1)] if glyph is not None else 0.6
        return sum(map(one, text))


FONTS = {False: Font("Book"), True: Font("Bold")}


class Text:
    def __init__(self, element, style):
        self.text = "".join(element.itertext())
        self.x, self.y = float(style["x"]), float(style["y"])
        self.size = float(style["font-size"])
        self.bold = style.get("font-weight") == "bold"
        self.fill = style["fill"]
        width = self.size * FONTS[self.bold].width(self.text)
        left = self.x - width * {"middle": 0.5, "end": 1.0}.get(style.get("text-anchor"), 0.0)
        self.middle = self.y - 0.36 * self.size  # half of a capital's height
        self.box = (left, self.y - 0.74 * self.size, left + width, self.y + 0.2 * self.size)


class Series:
    """What a chart shows under one name: lines as lists of points, areas as (colour, points)."""

    def __init__(self, name):
        self.name, self.lines, self.areas = name, [], []


class Chart:
    def __init__(self, path):
        self.name = path.name
        self.source = path.read_text(encoding="utf-8")
        self.root = ElementTree.fromstring(self.source)
        self.width, self.height = float(self.root.get("width")), float(self.root.get("height"))
        self.title = self.root.findtext(f"{SVG}title")
        self.description = self.root.findtext(f"{SVG}desc")
        self.texts, self.lines, self.areas, self.series = [], [], [], []
        self.read(self.root, {}, None)
        self.words = [text.text for text in self.texts]

    def read(self, element, style, series):
        """Takes an element's texts, lines and areas; what it does not say itself is said by those around it."""
        style = {**style, **element.attrib}
        if element.get("class") == "series":
            series = Series(element.findtext(f"{SVG}title"))
            self.series.append(series)
        if element.tag == f"{SVG}text":
            self.texts.append(Text(element, style))
        elif element.tag in (f"{SVG}polyline", f"{SVG}polygon"):
            at = points(style["points"])
            if element.tag == f"{SVG}polyline":
                self.lines.append((style["stroke"], at))
                if series is not None:
                    series.lines.append(at)
            else:
                self.areas.append((style["fill"], at))
                if series is not None:
                    series.areas.append((style["fill"], at))
        for child in element:
            self.read(child, style, series)

    def named(self, name):
        """What the chart shows under a name, in all its places."""
        found = Series(name)
        for series in self.series:
            if series.name == name:
                found.lines += series.lines
                found.areas += series.areas
        return found

    def line(self, name, n):
        """The one line of a name, which has n points."""
        found = self.named(name).lines
        assert len(found) == 1 and len(found[0]) == n, \
            f"{self.name}: {name!r} has {[len(line) for line in found]} points, not {n}; there are {[s.name for s in self.series]}"
        return found[0]

    def misplaced(self):
        """Texts that leave the canvas or run into each other."""
        for text in self.texts:
            left, top, right, bottom = text.box
            if left < 0 or top < 0 or right > self.width or bottom > self.height:
                yield f"{self.name}: {text.text!r} is cut at the edge: {text.box}"
        for i, a in enumerate(self.texts):
            for b in self.texts[i + 1:]:
                across = min(a.box[2], b.box[2]) - max(a.box[0], b.box[0])
                down = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
                if across > 0.5 and down > 0.5:
                    yield f"{self.name}: {a.text!r} runs into {b.text!r}"


def points(text):
    return [tuple(float(number) for number in pair.split(",")) for pair in text.split()]
