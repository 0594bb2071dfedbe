"""An incremental constraint solver over finite domains.

A domain is a set of small integers in the bits of an int. Constraints come and go: those that are
posted within `with solver.assumption():` are gone behind it, and with them everything that followed
from them, for each narrowing of a domain is on a trail. A search is a stack of assumptions.

    constraints.py [ROUNDS]      each round solves a magic square, queens, and a growing map
"""
import sys

MASK = 0xFFFFFFFF


class Inconsistent(Exception):
    """A variable has no value left."""


class Domain:
    """A data descriptor: an attribute whose changes are written to the solver's trail."""

    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, variable, owner=None):
        return self if variable is None else variable._bits

    def __set__(self, variable, bits):
        if bits == variable._bits:
            return
        if not bits:
            raise Inconsistent(variable.name)
        solver = variable.solver
        solver.trail.append((variable, variable._bits))
        variable._bits = bits
        solver.wake(variable)


class Variable:
    __slots__ = ("solver", "name", "_bits", "watchers")

    domain = Domain()

    def __init__(self, solver, name, bits):
        self.solver = solver
        self.name = name
        self._bits = bits
        self.watchers = []  # constraints to be looked at when the domain narrows

    def __repr__(self):
        return f"{self.name} in {list(self)}"

    def __iter__(self):
        bits = self._bits
        value = 0
        while bits:
            if bits & 1:
                yield value
            bits >>= 1
            value += 1

    def __len__(self):
        bits = self._bits
        count = 0
        while bits:
            bits &= bits - 1
            count += 1
        return count

    @property
    def is_fixed(self):
        return not self._bits & (self._bits - 1)

    @property
    def least(self):
        return (self._bits & -self._bits).bit_length() - 1

    @property
    def greatest(self):
        return self._bits.bit_length() - 1

    def remove(self, value):
        self.domain = self._bits & ~(1 << value)

    def fix(self, value):
        self.domain = self._bits & (1 << value)

    def at_least(self, value):
        if value > 0:
            self.domain = self._bits >> value << value

    def at_most(self, value):
        self.domain = self._bits & ((1 << (value + 1)) - 1) if value >= 0 else 0


# --- constraints ----------------------------------------------------------------------------------


class Constraint:
    """Relates variables; `narrow` takes from their domains what cannot be."""

    __slots__ = ("variables", "is_waiting")

    def __init__(self, *variables):
        self.variables = variables
        self.is_waiting = False

    def narrow(self):
        raise NotImplementedError(type(self).__name__)


class Offset(Constraint):
    """a + distance != b"""

    __slots__ = ("distance",)

    def __init__(self, a, b, distance=0):
        super().__init__(a, b)
        self.distance = distance

    def narrow(self):
        a, b = self.variables
        if a.is_fixed:
            value = a.least + self.distance
            if value >= 0:
                b.remove(value)
        if b.is_fixed:
            value = b.least - self.distance
            if value >= 0:
                a.remove(value)


class Less(Constraint):
    """a < b"""

    __slots__ = ()

    def narrow(self):
        a, b = self.variables
        b.at_least(a.least + 1)
        a.at_most(b.greatest - 1)


class AllDifferent(Constraint):
    """No value twice; a value that only one variable still has is its own."""

    __slots__ = ()

    def narrow(self):
        for variable in self.variables:
            if variable.is_fixed:
                taken = variable.domain
                for other in self.variables:
                    if other is not variable:
                        other.domain &= ~taken
        once = more = 0
        for variable in self.variables:
            more |= once & variable.domain
            once |= variable.domain
        if len(bin(once)) - 3 < len(self.variables) - 1:
            raise Inconsistent("fewer values than variables")


class Sum(Constraint):
    """The sum of the variables is `total`."""

    __slots__ = ("total",)

    def __init__(self, total, *variables):
        super().__init__(*variables)
        self.total = total

    def narrow(self):
        least = greatest = 0
        for variable in self.variables:
            least += variable.least
            greatest += variable.greatest
        for variable in self.variables:
            low, high = variable.least, variable.greatest
            variable.at_most(self.total - (least - low))
            variable.at_least(self.total - (greatest - high))


# --- the solver -----------------------------------------------------------------------------------


class Assumption:
    """The context manager of constraints that hold for a while."""

    __slots__ = ("solver", "trail_length", "posted_length")

    def __init__(self, solver):
        self.solver = solver

    def __enter__(self):
        self.trail_length = len(self.solver.trail)
        self.posted_length = len(self.solver.posted)
        return self.solver

    def __exit__(self, kind, error, traceback):
        self.solver.undo(self.trail_length, self.posted_length)
        return kind is Inconsistent


class Solver:
    def __init__(self):
        self.variables = []
        self.posted = []
        self.trail = []  # (variable, bits before), oldest first
        self.agenda = []
        self.narrowings = 0
        self.failures = 0

    def variable(self, name, first, last):
        made = Variable(self, name, (1 << (last + 1)) - (1 << first))
        self.variables.append(made)
        return made

    def assumption(self):
        return Assumption(self)

    def wake(self, variable):
        for constraint in variable.watchers:
            if not constraint.is_waiting:
                constraint.is_waiting = True
                self.agenda.append(constraint)

    def post(self, *constraints):
        """Adds constraints, and draws what follows from them."""
        for constraint in constraints:
            self.posted.append(constraint)
            for variable in constraint.variables:
                variable.watchers.append(constraint)
            constraint.is_waiting = True
            self.agenda.append(constraint)
        self.propagate()

    def propagate(self):
        agenda = self.agenda
        try:
            while agenda:
                constraint = agenda.pop()
                constraint.is_waiting = False
                self.narrowings += 1
                constraint.narrow()
        except Inconsistent:
            self.failures += 1
            for constraint in agenda:
                constraint.is_waiting = False
            agenda.clear()
            raise

    def undo(self, trail_length, posted_length):
        trail = self.trail
        while len(trail) > trail_length:
            variable, bits = trail.pop()
            variable._bits = bits
        while len(self.posted) > posted_length:
            constraint = self.posted.pop()
            for variable in constraint.variables:
                variable.watchers.remove(constraint)

    def choose(self):
        """The variable with the fewest values of those that have several, or None."""
        best, fewest = None, 1 << 30
        for variable in self.variables:
            if not variable.is_fixed:
                count = len(variable)
                if count < fewest:
                    best, fewest = variable, count
        return best

    def solutions(self):
        """Yields the values of all variables, solution by solution."""
        variable = self.choose()
        if variable is None:
            yield [each.least for each in self.variables]
            return
        for value in list(variable):
            with self.assumption():
                variable.fix(value)
                self.propagate()
                yield from self.solutions()


# --- the puzzles ----------------------------------------------------------------------------------


def magic_square():
    """Three by three; rotations and reflections are taken out by the corners' order."""
    solver = Solver()
    cells = [solver.variable(f"cell {k}", 1, 9) for k in range(9)]
    lines = [cells[k:k + 3] for k in (0, 3, 6)] + [cells[k::3] for k in range(3)]
    lines += [cells[0::4], cells[2:7:2]]
    solver.post(AllDifferent(*cells), *(Sum(15, *line) for line in lines))
    solver.post(Less(cells[0], cells[2]), Less(cells[0], cells[6]), Less(cells[0], cells[8]),
                Less(cells[2], cells[6]))
    return solver


def queens(count):
    solver = Solver()
    rows = [solver.variable(f"row {k}", 0, count - 1) for k in range(count)]
    for k, a in enumerate(rows):
        for j in range(k + 1, count):
            b = rows[j]
            solver.post(Offset(a, b), Offset(a, b, j - k), Offset(a, b, k - j))
    return solver


def growing_colouring(countries, colours):
    """A border more at a time, as long as the map can be coloured; yields each first colouring."""
    solver = Solver()
    areas = [solver.variable(f"area {k}", 0, colours - 1) for k in range(countries)]
    areas[0].fix(0)
    for distance in range(1, countries):
        for k in range(countries - distance):
            if (k * 7 + distance * 5) % 3:
                continue
            border = Offset(areas[k], areas[k + distance])
            found = None
            with solver.assumption():
                solver.post(border)
                found = next(solver.solutions(), None)
            if found is not None:
                solver.post(border)
                yield found, solver


def mixed(checksum, values):
    for value in values:
        checksum = (checksum * 31 + value) & MASK
    return checksum


def run(rounds):
    checksum = 0
    for number in range(rounds):
        square, board = magic_square(), queens(6 + number % 2)
        for solver in (square, board):
            count = 0
            for count, values in enumerate(solver.solutions(), 1):
                checksum = mixed(checksum, values)
            checksum = mixed(checksum, (count, solver.narrowings, solver.failures))
        borders = 0
        for borders, (colours, colouring) in enumerate(growing_colouring(8, 3), 1):
            checksum = mixed(checksum, colours)
        checksum = mixed(checksum, (borders, colouring.narrowings, len(colouring.posted)))
    print("magic square:", *next(square.solutions()))
    print(f"{len(board.variables)} queens:", *next(board.solutions()))
    print(f"{borders} borders between 8 areas, coloured", *colours)
    print(f"last queens: {board.narrowings} narrowings, {board.failures} dead ends")
    return checksum


def main(arguments):
    print("checksum", run(int(arguments[0]) if arguments else 120))


if __name__ == "__main__":
    main(sys.argv[1:])
