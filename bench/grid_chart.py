"""The grid as a picture: one line a row, a mark an engine, nanoseconds on a logarithmic axis."""
import math
from html import escape

COLOURS = {"python3": "#3572a5", "interpreted": "#999999", "compiled": "#d1495b"}
LEFT, RIGHT, TOP, LINE, WIDTH = 230, 30, 64, 16, 640
LEAST_NS = 0.1  # what is faster stands at the left edge


def position(ns, most):
    share = math.log10(max(ns, LEAST_NS) / LEAST_NS) / math.log10(most / LEAST_NS)
    return LEFT + share * WIDTH


def axis(most, bottom):
    """A vertical line a power of ten."""
    parts = []
    for exponent in range(math.ceil(math.log10(LEAST_NS)), math.floor(math.log10(most)) + 1):
        x = position(10.0 ** exponent, most)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP - 8}" x2="{x:.1f}" y2="{bottom}" stroke="#ddd"/>'
                     f'<text x="{x:.1f}" y="{TOP - 12}" text-anchor="middle">'
                     f'{10.0 ** exponent:g} ns</text>')
    return parts


def legend():
    parts = []
    for place, (engine, colour) in enumerate(COLOURS.items()):
        x = LEFT + 110 * place
        parts.append(f'<circle cx="{x}" cy="30" r="4" fill="{colour}"/>'
                     f'<text x="{x + 8}" y="34">{engine}</text>')
    return parts


def marks(row, y, most):
    places = {engine: position(row.ns(engine), most) for engine in COLOURS}
    parts = [f'<text x="{LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(row.name)}</text>',
             f'<line x1="{min(places.values()):.1f}" y1="{y}" x2="{max(places.values()):.1f}" '
             f'y2="{y}" stroke="#bbb"/>']
    for engine, x in places.items():
        parts.append(f'<circle cx="{x:.1f}" cy="{y}" r="4" fill="{COLOURS[engine]}">'
                     f'<title>{escape(row.name)}: {engine} {row.ns(engine):.2f} ns</title>'
                     '</circle>')
    return parts


def svg(rows, description):
    """The text of an SVG document. A row has a name and ns(engine)."""
    slowest = max((row.ns(engine) for row in rows for engine in COLOURS), default=1.0)
    most = 10.0 ** math.ceil(math.log10(max(slowest, 1.0)))
    bottom = TOP + LINE * len(rows)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + RIGHT}" '
             f'height="{bottom + 10}" font-family="sans-serif" font-size="11">',
             '<rect width="100%" height="100%" fill="white"/>',
             f'<text x="10" y="14">Attribute operations. {escape(description)}</text>']
    parts += legend() + axis(most, bottom)
    for number, row in enumerate(rows):
        parts += marks(row, TOP + LINE * number + LINE // 2, most)
    return "\n".join(parts + ["</svg>", ""])
