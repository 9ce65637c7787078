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
    def __init__(self, element):
        self.text = "".join(element.itertext())
        self.x, self.y = float(element.get("x")), float(element.get("y"))
        self.size = float(element.get("font-size"))
        self.bold = element.get("font-weight") == "bold"
        self.fill = element.get("fill")
        width = self.size * FONTS[self.bold].width(self.text)
        left = self.x - width * {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor"), 0.0)
        self.middle = self.y - 0.325 * self.size  # gnuplot draws the baseline so much below what it is given
        self.box = (left, self.y - 0.74 * self.size, left + width, self.y + 0.2 * self.size)


class Chart:
    def __init__(self, path):
        self.name = path.name
        self.source = path.read_text(encoding="utf-8")
        self.root = ElementTree.fromstring(self.source)
        self.width, self.height = float(self.root.get("width")), float(self.root.get("height"))
        self.title = self.root.findtext(f"{SVG}title")
        self.description = self.root.findtext(f"{SVG}desc")
        self.texts = [Text(element) for element in self.root.iter(f"{SVG}text")]
        self.words = [text.text for text in self.texts]
        self.areas = [(element.get("fill"), points(element.get("points"))) for element in self.root.iter(f"{SVG}polygon")]
        self.lines = [(colour(element.get("stroke")), line)
                      for element in self.root.iter(f"{SVG}path") for line in subpaths(element.get("d"))]

    def line(self, wanted, n):
        """The one line of a colour with n points."""
        found = [line for stroke, line in self.lines if stroke == wanted and len(line) == n]
        assert len(found) == 1, f"{self.name}: {len(found)} lines of {wanted} with {n} points"
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


def colour(text):
    parts = [int(part) for part in NUMBER.findall(text or "")]
    return "#%02x%02x%02x" % tuple(parts) if len(parts) == 3 else text


def points(text):
    numbers = [float(number) for number in NUMBER.findall(text)]
    return list(zip(numbers[::2], numbers[1::2]))


def subpaths(text):
    return [points(part) for part in text.split("M") if part.strip()]
