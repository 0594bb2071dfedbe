"""A ray tracer over vector objects: spheres and a chequered floor, shadows and mirrors.

    raytracer.py [SIZE]          pictures of 2 * SIZE by SIZE points, from three places
"""
import math
import sys

MASK = 0xFFFFFFFF
FAR = 1e30
NEAR = 1e-6
SHADES = " .:-=+*#%@"


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __repr__(self):
        return f"({self.x:g}, {self.y:g}, {self.z:g})"

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __neg__(self):
        return Vector(-self.x, -self.y, -self.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    __rmul__ = __mul__

    def __matmul__(self, other):
        """The scalar product."""
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other):
        return Vector(self.y * other.z - self.z * other.y,
                      self.z * other.x - self.x * other.z,
                      self.x * other.y - self.y * other.x)

    @property
    def length(self):
        return math.sqrt(self @ self)

    def unit(self):
        return self * (1.0 / self.length)

    def mirrored(self, normal):
        return self - normal * (2.0 * (self @ normal))


class Ray:
    __slots__ = ("origin", "direction")

    def __init__(self, origin, direction):
        self.origin = origin
        self.direction = direction

    def at(self, distance):
        return self.origin + self.direction * distance


# --- what there is to see -------------------------------------------------------------------------


class Surface:
    """What a ray may hit; light comes from it in part as from paper, in part as from a mirror."""

    def __init__(self, brightness, mirror=0.0):
        self.brightness = brightness
        self.mirror = mirror

    def distance(self, ray):
        """How far along the ray it is hit; FAR if it is not."""
        raise NotImplementedError(type(self).__name__)

    def normal(self, point):
        raise NotImplementedError(type(self).__name__)

    def brightness_at(self, point):
        return self.brightness


class Sphere(Surface):
    def __init__(self, centre, radius, brightness, mirror=0.0):
        super().__init__(brightness, mirror)
        self.centre = centre
        self.radius = radius

    def distance(self, ray):
        to_centre = self.centre - ray.origin
        along = to_centre @ ray.direction
        inside = self.radius * self.radius - to_centre @ to_centre + along * along
        if inside < 0.0:
            return FAR
        half = math.sqrt(inside)
        for distance in (along - half, along + half):
            if distance > NEAR:
                return distance
        return FAR

    def normal(self, point):
        return (point - self.centre) * (1.0 / self.radius)


class Plane(Surface):
    def __init__(self, point, normal, brightness, mirror=0.0):
        super().__init__(brightness, mirror)
        self.point = point
        self.up = normal.unit()

    def distance(self, ray):
        slope = self.up @ ray.direction
        if -NEAR < slope < NEAR:
            return FAR
        distance = self.up @ (self.point - ray.origin) / slope
        return distance if distance > NEAR else FAR

    def normal(self, point):
        return self.up


class Chequered(Plane):
    """Its squares are of two kinds."""

    def __init__(self, point, normal, brightness, other_brightness, mirror=0.0):
        super().__init__(point, normal, brightness, mirror)
        self.other_brightness = other_brightness

    def brightness_at(self, point):
        if (math.floor(point.x) + math.floor(point.z)) & 1:
            return self.other_brightness
        return self.brightness


class Hit:
    """Where a ray meets a surface."""

    __slots__ = ("surface", "point", "normal")

    def __init__(self, surface, ray, distance):
        self.surface = surface
        self.point = ray.at(distance)
        self.normal = surface.normal(self.point)


class Scene:
    DEPTH = 4

    def __init__(self, ambient):
        self.ambient = ambient
        self.surfaces = []
        self.lamps = []
        self.rays = 0

    def add(self, *surfaces):
        self.surfaces.extend(surfaces)
        return self

    def first_hit(self, ray):
        self.rays += 1
        nearest, found = FAR, None
        for surface in self.surfaces:
            distance = surface.distance(ray)
            if distance < nearest:
                nearest, found = distance, surface
        return Hit(found, ray, nearest) if found is not None else None

    def is_dark(self, point, direction, distance):
        ray = Ray(point, direction)
        self.rays += 1
        return any(surface.distance(ray) < distance for surface in self.surfaces)

    def light_at(self, hit):
        light = self.ambient
        for place, strength in self.lamps:
            way = place - hit.point
            distance = way.length
            direction = way * (1.0 / distance)
            slope = direction @ hit.normal
            if slope > 0.0 and not self.is_dark(hit.point, direction, distance):
                light += strength * slope
        return light

    def brightness(self, ray, depth=0):
        """What comes back along the ray, from 0 to about 1."""
        hit = self.first_hit(ray)
        if hit is None:
            return 0.3 + 0.3 * ray.direction.y  # the sky
        surface = hit.surface
        seen = surface.brightness_at(hit.point) * self.light_at(hit)
        if surface.mirror and depth < self.DEPTH:
            reflected = Ray(hit.point, ray.direction.mirrored(hit.normal))
            seen += surface.mirror * (self.brightness(reflected, depth + 1) - seen)
        return seen


class Camera:
    def __init__(self, place, target, opening):
        self.place = place
        self.forward = (target - place).unit()
        self.right = Vector(0.0, 1.0, 0.0).cross(self.forward).unit() * opening
        self.up = self.forward.cross(self.right)

    def rays(self, width, height):
        """A row of rays at a time, the uppermost first."""
        for row in range(height):
            v = 1.0 - (2 * row + 1) / height
            yield [Ray(self.place, self.towards((2 * column + 1) / width - 1.0, v))
                   for column in range(width)]

    def towards(self, u, v):
        return (self.forward + self.right * u + self.up * v).unit()


class Picture:
    """Points of 0 to 255, row by row."""

    def __init__(self, width, height):
        self.width = width
        self.height = height
        self.rows = []

    def take(self, scene, camera):
        for rays in camera.rays(self.width, self.height):
            self.rows.append([self.level(scene.brightness(ray)) for ray in rays])
        return self

    @staticmethod
    def level(brightness):
        return min(255, max(0, int(brightness * 256.0)))

    def checksum(self):
        total = 0
        for row in self.rows:
            for level in row:
                total = (total * 31 + level) & MASK
        return total

    def lines(self, columns, lines):
        """The picture as text, smaller than it is."""
        for line in range(lines):
            row = self.rows[line * self.height // lines]
            yield "".join(SHADES[row[column * self.width // columns] * len(SHADES) // 256]
                          for column in range(columns))


def make_scene():
    scene = Scene(ambient=0.15)
    scene.lamps.append((Vector(-4.0, 6.0, -3.0), 0.7))
    scene.lamps.append((Vector(5.0, 4.0, -5.0), 0.3))
    scene.add(Chequered(Vector(0.0, -1.0, 0.0), Vector(0.0, 1.0, 0.0), 0.9, 0.2, mirror=0.1))
    scene.add(Sphere(Vector(0.0, 0.2, 1.0), 1.2, 0.6, mirror=0.6))
    for k in range(6):
        angle = k * math.pi / 3.0
        centre = Vector(2.2 * math.cos(angle), -0.6, 1.0 + 2.2 * math.sin(angle))
        scene.add(Sphere(centre, 0.4, 0.4 + 0.1 * k, mirror=0.1 * (k % 2)))
    return scene


def run(size):
    scene = make_scene()
    pictures = []
    checksum = 0
    for place in (Vector(0.0, 1.0, -5.0), Vector(4.0, 2.0, -3.0), Vector(-1.0, 5.0, -4.0)):
        camera = Camera(place, Vector(0.0, 0.0, 1.0), 0.8)
        picture = Picture(2 * size, size).take(scene, camera)
        checksum = (checksum * 17 + picture.checksum()) & MASK
        pictures.append(picture)
    for line in pictures[0].lines(48, 16):
        print(line)
    print(f"{len(pictures)} pictures, {scene.rays} rays")
    return checksum


def main(arguments):
    print("checksum", run(int(arguments[0]) if arguments else 85))


if __name__ == "__main__":
    main(sys.argv[1:])
