"""The chaos game: a point that jumps by maps chosen by chance draws a fractal.

A fractal is a few maps with weights; some have a variation, a function that bends the plane after
the map. A picture counts how often the point came by each of its cells.

    chaos_game.py [POINTS]       jumps for each fractal
"""
import math
import sys

MASK = 0xFFFFFFFF
SHADES = " .:-=+*#%@"


class Chance:
    """A linear congruential generator; an iterator of numbers from 0 to 1."""

    def __init__(self, seed):
        self.state = seed & MASK

    def __iter__(self):
        return self

    def __next__(self):
        self.state = (1664525 * self.state + 1013904223) & MASK
        return self.state / 4294967296.0


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"({self.x:.4f}, {self.y:.4f})"

    def __mul__(self, factor):
        return Point(self.x * factor, self.y * factor)


# --- maps -----------------------------------------------------------------------------------------


class Map:
    """Takes a point to another one: x' = a x + b y + c, y' = d x + e y + f."""

    __slots__ = ("a", "b", "c", "d", "e", "f")

    def __init__(self, a, b, c, d, e, f):
        self.a, self.b, self.c = a, b, c
        self.d, self.e, self.f = d, e, f

    def __call__(self, point):
        x, y = point.x, point.y
        return Point(self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f)

    @property
    def area(self):
        """What it makes of a unit of area."""
        return abs(self.a * self.e - self.b * self.d)

    @classmethod
    def shrinking_to(cls, x, y, factor):
        """Takes a point nearer to (x, y)."""
        rest = 1.0 - factor
        return cls(factor, 0.0, rest * x, 0.0, factor, rest * y)

    @classmethod
    def turning(cls, angle, factor, x, y):
        cosine, sine = factor * math.cos(angle), factor * math.sin(angle)
        return cls(cosine, -sine, x, sine, cosine, y)


class Bent(Map):
    """A map with a variation behind it."""

    __slots__ = ("variation",)

    def __init__(self, variation, *coefficients):
        super().__init__(*coefficients)
        self.variation = variation

    def __call__(self, point):
        return self.variation(super().__call__(point))


def swirl(strength):
    """A variation: turns a point the more, the farther it is from the middle."""
    def bend(point):
        square = strength * (point.x * point.x + point.y * point.y)
        sine, cosine = math.sin(square), math.cos(square)
        return Point(point.x * sine - point.y * cosine, point.x * cosine + point.y * sine)
    return bend


def bubble(point):
    """A variation: draws the far nearer."""
    square = point.x * point.x + point.y * point.y
    return point * (4.0 / (square + 4.0))


# --- fractals -------------------------------------------------------------------------------------


class Fractal:
    def __init__(self, name, maps, weights=None):
        self.name = name
        self.maps = maps
        weights = weights or [max(each.area, 0.01) for each in maps]
        total = sum(weights)
        self.bounds = []  # of the shares of chance, the last is 1
        share = 0.0
        for weight in weights:
            share += weight / total
            self.bounds.append(share)
        self.bounds[-1] = 1.0

    def choose(self, number):
        for bound, each in zip(self.bounds, self.maps):
            if number < bound:
                return each
        return self.maps[-1]

    def orbit(self, chance, count):
        """Yields the points that are met, without the first ones, which lead there."""
        point = Point(0.1, 0.1)
        for k, number in zip(range(count + 20), chance):
            point = self.choose(number)(point)
            if k >= 20:
                yield point


def polygon(corners, factor):
    """The fractal of jumps towards the corners of a regular polygon."""
    angles = [2.0 * math.pi * k / corners + math.pi / 2.0 for k in range(corners)]
    return Fractal(f"{corners} corners", [Map.shrinking_to(math.cos(angle), math.sin(angle), factor)
                                          for angle in angles])


def plant():
    """A stem, and a smaller plant to each side and on top of it."""
    return Fractal("plant", [Map(0.02, 0.0, 0.0, 0.0, 0.3, 0.0),
                             Map.turning(0.05, 0.8, 0.0, 0.4),
                             Map.turning(0.9, 0.35, 0.0, 0.3),
                             Map.turning(-0.8, 0.38, 0.0, 0.2)], [1, 14, 3, 3])


def galaxy():
    return Fractal("galaxy", [Bent(swirl(1.3), 0.7, -0.3, 0.2, 0.3, 0.7, 0.1),
                              Bent(bubble, -0.5, 0.2, 0.6, -0.3, -0.6, -0.4),
                              Map.shrinking_to(-0.8, 0.5, 0.4)])


class Picture:
    """Counts points by cell; what lies outside is counted by itself."""

    def __init__(self, columns, lines, left, top, right, bottom):
        self.columns = columns
        self.lines = lines
        self.left = left
        self.top = top
        self.across = columns / (right - left)
        self.down = lines / (top - bottom)
        self.counts = [[0] * columns for _ in range(lines)]
        self.outside = 0

    def __getitem__(self, place):
        column, line = place
        return self.counts[line][column]

    def __setitem__(self, place, count):
        column, line = place
        self.counts[line][column] = count

    def place(self, point):
        """The cell of a point."""
        column = int((point.x - self.left) * self.across)
        line = int((self.top - point.y) * self.down)
        if 0 <= column < self.columns and 0 <= line < self.lines:
            return column, line
        raise LookupError(point)

    def draw(self, points):
        for point in points:
            try:
                self[self.place(point)] += 1
            except LookupError:
                self.outside += 1
        return self

    @property
    def drawn(self):
        return sum(count > 0 for line in self.counts for count in line)

    def __str__(self):
        most = max(max(line) for line in self.counts) or 1

        def shade(count):
            return SHADES[min(9, int(math.sqrt(count / most) * 12.0))]

        return "\n".join("".join(map(shade, line)).rstrip() for line in self.counts)

    def checksum(self):
        total = self.outside
        for line in self.counts:
            for count in line:
                total = (total * 31 + count) & MASK
        return total


def run(points):
    chance = Chance(2718)
    frame = (48, 20, -1.2, 1.2, 1.2, -1.2)
    fractals = [(polygon(3, 0.5), frame), (polygon(5, 0.38), frame),
                (plant(), (48, 20, -1.2, 2.2, 1.2, 0.0)),
                (galaxy(), (48, 20, -1.6, 1.6, 1.6, -1.6))]
    checksum = 0
    for fractal, frame in fractals:
        picture = Picture(*frame).draw(fractal.orbit(chance, points))
        checksum = (checksum * 17 + picture.checksum()) & MASK
        print(f"{fractal.name}: {len(fractal.maps)} maps, {picture.drawn} cells, "
              f"{picture.outside} points outside")
        if fractal.name == "plant":
            print(picture)
    return checksum


def main(arguments):
    print("checksum", run(int(arguments[0]) if arguments else 230000))


if __name__ == "__main__":
    main(sys.argv[1:])
