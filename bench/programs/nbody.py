"""Bodies that attract one another: a star, planets, moons of the planets, and a comet.

Two ways to go on in time are tried on equal systems, whose energies must hardly change; a body that
comes too close to a greater one is swallowed.

    nbody.py [STEPS]
"""
import math
import sys

GRAVITY = 4.0 * math.pi * math.pi  # lengths in Earth's orbits, years, masses in suns


class Collision(Exception):
    """Two bodies have met; `args` are both."""


class Body:
    __slots__ = ("name", "mass", "radius", "x", "y", "z", "vx", "vy", "vz", "ax", "ay", "az")

    def __init__(self, name, mass, radius, place, velocity):
        self.name = name
        self.mass = mass
        self.radius = radius
        self.x, self.y, self.z = place
        self.vx, self.vy, self.vz = velocity
        self.ax = self.ay = self.az = 0.0

    def __repr__(self):
        return f"{self.name} at ({self.x:.6f}, {self.y:.6f}, {self.z:.6f})"

    @classmethod
    def around(cls, centre, name, mass, distance, angle, tilt=0.0, speed=1.0):
        """A body on an orbit about another one, a circle if its speed is 1."""
        cosine, sine = math.cos(angle), math.sin(angle)
        velocity = speed * math.sqrt(GRAVITY * (centre.mass + mass) / distance)
        place = (centre.x + distance * cosine, centre.y + distance * sine, centre.z)
        return cls(name, mass, 1e-4, place,
                   (centre.vx - velocity * sine, centre.vy + velocity * cosine * math.cos(tilt),
                    centre.vz + velocity * cosine * math.sin(tilt)))

    @property
    def kinetic_energy(self):
        return 0.5 * self.mass * (self.vx * self.vx + self.vy * self.vy + self.vz * self.vz)

    def move(self, time):
        self.x += self.vx * time
        self.y += self.vy * time
        self.z += self.vz * time

    def accelerate(self, time):
        self.vx += self.ax * time
        self.vy += self.ay * time
        self.vz += self.az * time

    def swallow(self, other):
        """Takes the other one's mass and momentum."""
        mass = self.mass + other.mass
        mine, its = self.mass / mass, other.mass / mass
        self.x, self.y, self.z = (self.x * mine + other.x * its, self.y * mine + other.y * its,
                                  self.z * mine + other.z * its)
        self.vx, self.vy, self.vz = (self.vx * mine + other.vx * its,
                                     self.vy * mine + other.vy * its,
                                     self.vz * mine + other.vz * its)
        self.mass = mass


class System:
    """Bodies, and the pairs of them."""

    def __init__(self, bodies):
        self.bodies = list(bodies)
        self.swallowed = []
        self.pair_up()

    def pair_up(self):
        bodies = self.bodies
        self.pairs = [(a, b) for k, a in enumerate(bodies) for b in bodies[k + 1:]]

    def attract(self):
        """Computes all accelerations."""
        for body in self.bodies:
            body.ax = body.ay = body.az = 0.0
        for a, b in self.pairs:
            dx = b.x - a.x
            dy = b.y - a.y
            dz = b.z - a.z
            square = dx * dx + dy * dy + dz * dz
            near = a.radius + b.radius
            if square < near * near:
                raise Collision(a, b)
            pull = GRAVITY / (square * math.sqrt(square))
            to_a = b.mass * pull
            to_b = a.mass * pull
            a.ax += dx * to_a
            a.ay += dy * to_a
            a.az += dz * to_a
            b.ax -= dx * to_b
            b.ay -= dy * to_b
            b.az -= dz * to_b

    def settle(self):
        """The accelerations, once nothing touches anything."""
        while True:
            try:
                return self.attract()
            except Collision as collision:
                greater, lesser = sorted(collision.args, key=lambda body: -body.mass)
                greater.swallow(lesser)
                self.bodies.remove(lesser)
                self.swallowed.append(lesser.name)
                self.pair_up()

    @property
    def energy(self):
        total = sum(body.kinetic_energy for body in self.bodies)
        for a, b in self.pairs:
            distance = math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2)
            total -= GRAVITY * a.mass * b.mass / distance
        return total

    @property
    def momentum(self):
        return tuple(sum(body.mass * getattr(body, name) for body in self.bodies)
                     for name in ("vx", "vy", "vz"))

    def rest(self):
        """Takes the motion of the whole out of it."""
        mass = sum(body.mass for body in self.bodies)
        px, py, pz = self.momentum
        for body in self.bodies:
            body.vx -= px / mass
            body.vy -= py / mass
            body.vz -= pz / mass
        return self


# --- how to go on in time -------------------------------------------------------------------------


class Integrator:
    """Moves a system by steps of equal time."""

    def __init__(self, system, time):
        self.system = system
        self.time = time
        self.steps = 0

    def step(self):
        raise NotImplementedError(type(self).__name__)

    def run(self, steps):
        for _ in range(steps):
            self.step()
        self.steps += steps


class Leapfrog(Integrator):
    """Half a step of motion before and after a step of acceleration."""

    def step(self):
        half = 0.5 * self.time
        system = self.system
        for body in system.bodies:
            body.move(half)
        system.settle()
        for body in system.bodies:
            body.accelerate(self.time)
            body.move(half)


class Forest(Leapfrog):
    """Three leaps, the middle one backwards, so that errors of third order cancel."""

    OUTER = 1.0 / (2.0 - 2.0 ** (1.0 / 3.0))

    def __init__(self, system, time):
        super().__init__(system, time)
        self.leaps = [self.OUTER * time, (1.0 - 2.0 * self.OUTER) * time, self.OUTER * time]

    def step(self):
        whole = self.time
        for self.time in self.leaps:
            super().step()
        self.time = whole


def make_system():
    star = Body("star", 1.0, 5e-3, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    bodies = [star]
    for k in range(4):
        planet = Body.around(star, f"planet {k}", 10.0 ** -(3 + k % 3), 0.8 * 1.7 ** k, 1.3 * k)
        bodies.append(planet)
    bodies.append(Body.around(bodies[1], "moon", 1e-8, 0.01, 0.5, tilt=0.1))
    bodies.append(Body.around(star, "comet", 1e-9, 4.0, 4.0, tilt=0.4, speed=0.25))
    bodies.append(Body.around(star, "stone", 1e-9, 0.3, 2.0, speed=0.05))
    return System(bodies).rest()


def run(steps):
    checksum = 0
    for integrator in (Leapfrog(make_system(), 2e-4), Forest(make_system(), 2e-4)):
        system = integrator.system
        before = system.energy
        integrator.run(steps if type(integrator) is Leapfrog else steps // 3)
        error = abs(system.energy / before - 1.0)
        print(f"{type(integrator).__name__}: {integrator.steps} steps, energy changed by "
              f"{error:.1e} to {system.energy:.12f}; swallowed: {', '.join(system.swallowed)}")
        print("   ", system.bodies[1])
        for body in system.bodies:
            for value in (body.x, body.y, body.z, body.vx, body.vy, body.vz):
                checksum = (checksum * 31 + int(value * 1e12)) & 0xFFFFFFFF
    return checksum


def main(arguments):
    print("checksum", run(int(arguments[0]) if arguments else 50000))


if __name__ == "__main__":
    main(sys.argv[1:])
