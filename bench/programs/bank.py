"""A bank's day as an event simulation: customers, clerks, a vault, and an alarm.

What happens to somebody is a generator that yields how long the next thing takes, or a request for
a resource, which comes as a context manager: `with (yield bank.clerks.request()):`. Some customers
go when the queue does not move; the alarm sends away all who wait. Money only moves in transactions
that are undone when they fail.

    bank.py [DAYS]
"""
import math
import sys

MASK = 0xFFFFFFFF
DAY = 480.0  # minutes


class Chance:
    """Numbers from a linear congruential generator, in several distributions."""

    __slots__ = ("state",)

    def __init__(self, seed):
        self.state = seed & MASK

    def number(self):
        """At least 0 and less than 1."""
        self.state = (22695477 * self.state + 1) & MASK
        return (self.state >> 4) / 268435456.0

    def between(self, low, high):
        return low + int(self.number() * (high - low + 1))

    def exponential(self, mean):
        return -mean * math.log(1.0 - self.number())


class PriorityQueue:
    """A binary heap; equal items leave it in the order in which they came."""

    def __init__(self):
        self._heap = []
        self._pushed = 0

    def __len__(self):
        return len(self._heap)

    def __bool__(self):
        return bool(self._heap)

    def push(self, item):
        heap = self._heap
        item.order = self._pushed
        self._pushed += 1
        place = len(heap)
        heap.append(item)
        while place:
            above = (place - 1) >> 1
            if not item < heap[above]:
                break
            heap[place] = heap[above]
            place = above
        heap[place] = item

    def pop(self):
        heap = self._heap
        first, item = heap[0], heap.pop()
        if heap:
            self._sift(item)
        return first

    def _sift(self, item):
        """Puts the item where the first one was, and what is less above it."""
        heap = self._heap
        place, below = 0, 1
        while below < len(heap):
            if below + 1 < len(heap) and heap[below + 1] < heap[below]:
                below += 1
            if not heap[below] < item:
                break
            heap[place] = heap[below]
            place, below = below, 2 * below + 1
        heap[place] = item


class Tally:
    """A descriptor: what is assigned to the attribute is counted and summed up, by object."""

    class Figures:
        __slots__ = ("count", "total", "greatest")

        def __init__(self):
            self.count = 0
            self.total = self.greatest = 0.0

        def __format__(self, spec):
            mean = self.total / self.count if self.count else 0.0
            return f"{mean:{spec}} on average, {self.greatest:{spec}} at most"

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, holder, owner=None):
        if holder is None:
            return self
        try:
            return holder.__dict__[self.name]
        except KeyError:
            figures = holder.__dict__[self.name] = self.Figures()
            return figures

    def __set__(self, holder, value):
        figures = self.__get__(holder)
        figures.count += 1
        figures.total += value
        if value > figures.greatest:
            figures.greatest = value


# --- the simulation -------------------------------------------------------------------------------


class Interrupted(Exception):
    """Thrown into an activity; what it holds is given back on the way out."""


class Activity:
    """Something that goes on: a generator, and what it waits for."""

    __slots__ = ("steps", "event", "request")

    def __init__(self, steps):
        self.steps = steps
        self.event = None
        self.request = None


class Event:
    """An activity goes on at a time."""

    __slots__ = ("time", "order", "activity", "value")

    def __init__(self, time, activity, value):
        self.time = time
        self.activity = activity
        self.value = value

    def __lt__(self, other):
        if self.time != other.time:
            return self.time < other.time
        return self.order < other.order

    @property
    def is_void(self):
        return self.activity.event is not self


class Simulation:
    def __init__(self):
        self.now = 0.0
        self.events = PriorityQueue()
        self.happened = 0

    def start(self, steps, delay=0.0):
        activity = Activity(steps)
        self.schedule(activity, delay)
        return activity

    def schedule(self, activity, delay, value=None):
        activity.event = Event(self.now + delay, activity, value)
        self.events.push(activity.event)

    def run(self):
        while self.events:
            event = self.events.pop()
            if not event.is_void:
                self.now = event.time
                self.happened += 1
                self.proceed(event.activity, event.activity.steps.send, event.value)

    def proceed(self, activity, resume, value):
        """Goes on to what the activity waits for next: a time, or a request."""
        activity.event = None
        try:
            wanted = resume(value)
        except (StopIteration, Interrupted):
            return
        if isinstance(wanted, Request):
            wanted.submit(activity)
        else:
            self.schedule(activity, wanted)

    def interrupt(self, activity):
        if activity.request is not None:
            activity.request.withdraw()
        self.proceed(activity, activity.steps.throw, Interrupted())


class Request:
    """For one of a resource's units: waits in its queue, then holds the unit until `with` ends."""

    __slots__ = ("resource", "patience", "activity", "since", "is_granted")

    def __init__(self, resource, patience):
        self.resource = resource
        self.patience = patience
        self.activity = None
        self.is_granted = False

    def __enter__(self):
        return self.is_granted

    def __exit__(self, kind, error, traceback):
        if self.is_granted:
            self.resource.release()
        return False

    def submit(self, activity):
        self.activity = activity
        self.since = self.resource.simulation.now
        if self.resource.free:
            self.grant()
        else:
            activity.request = self
            self.resource.queue.append(self)
            if self.patience is not None:
                self.resource.simulation.start(self.give_up())

    def grant(self):
        self.resource.free -= 1
        self.is_granted = True
        self.resource.wait = self.resource.simulation.now - self.since
        self.go_on()

    def go_on(self):
        self.activity.request = None
        self.resource.simulation.schedule(self.activity, 0.0, self)

    def give_up(self):
        """An activity: ends the waiting, if it has not ended by then."""
        yield self.patience
        if self.activity.request is self:
            self.resource.queue.remove(self)
            self.go_on()

    def withdraw(self):
        self.resource.queue.remove(self)
        self.activity.request = None


class Resource:
    """Some units of one kind, and the requests that wait for one."""

    wait = Tally()

    def __init__(self, simulation, name, units):
        self.simulation = simulation
        self.name = name
        self.free = units
        self.queue = []

    def request(self, patience=None):
        return Request(self, patience)

    def release(self):
        self.free += 1
        if self.queue:
            self.queue.pop(0).grant()


# --- the bank -------------------------------------------------------------------------------------


class NotEnough(Exception):
    """The account does not hold so much."""


class Account:
    fee = 0

    def __init__(self, number, balance):
        self.number = number
        self._balance = balance

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        if value < -self.credit:
            raise NotEnough(self.number)
        self._balance = value

    @property
    def credit(self):
        return 0


class Business(Account):
    """May be overdrawn, for a fee."""

    fee = 1

    @property
    def credit(self):
        return 500


class Transaction:
    """The context manager of changes that all happen, or none."""

    def __init__(self, *accounts):
        self.accounts = accounts

    def __enter__(self):
        self.before = [account.balance for account in self.accounts]
        return self

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            for account, balance in zip(self.accounts, self.before):
                account._balance = balance
        return kind is NotEnough


class Bank:
    service = Tally()

    def __init__(self, seed):
        self.simulation = Simulation()
        self.chance = Chance(seed)
        self.clerks = Resource(self.simulation, "clerk", 3)
        self.vault = Resource(self.simulation, "vault", 1)
        self.accounts = [(Business if k % 3 == 0 else Account)(k, 200 + 10 * k) for k in range(24)]
        self.earned = 0
        self.served = self.gone = self.refused = self.sent_away = 0
        self.inside = []

    def transfer(self, source, target, amount):
        """Whether the money was there."""
        with Transaction(source, target):
            target.balance += amount
            source.balance -= amount + source.fee
            self.earned += source.fee
            return True
        return False

    def customer(self):
        chance = self.chance
        arrived = self.simulation.now
        with (yield self.clerks.request(patience=chance.exponential(30.0))) as has_clerk:
            if not has_clerk:
                self.gone += 1
                return
            source, target = (self.accounts[chance.between(0, 23)] for _ in range(2))
            amount = chance.between(1, 150)
            yield chance.exponential(5.0)
            if amount > 100:
                with (yield self.vault.request()):
                    yield 2.0
            if self.transfer(source, target, amount):
                self.served += 1
            else:
                self.refused += 1
        self.service = self.simulation.now - arrived

    def guarded(self, steps):
        """A customer whom the alarm may send away."""
        try:
            yield from steps
        except Interrupted:
            self.sent_away += 1
            raise

    def arrivals(self):
        while self.simulation.now < DAY:
            self.inside.append(self.simulation.start(self.guarded(self.customer())))
            yield self.chance.exponential(1.9)

    def alarm(self):
        """Sends away everybody who waits, twice a day."""
        for time in (200.0, 170.0):
            yield time
            for activity in self.inside:
                if activity.request is not None:
                    self.simulation.interrupt(activity)
            self.inside.clear()

    def open(self):
        self.simulation.start(self.arrivals())
        self.simulation.start(self.alarm())
        self.simulation.run()
        return self

    def checksum(self):
        total = self.simulation.happened
        for account in self.accounts:
            total = (total * 31 + account.balance) & MASK
        return (total * 31 + int(self.clerks.wait.total * 1e6)) & MASK


def run(days):
    checksum = 0
    for day in range(days):
        bank = Bank(2024 + day).open()
        money = sum(account.balance for account in bank.accounts) + bank.earned
        assert money == sum(200 + 10 * k for k in range(24)), money
        assert (bank.clerks.free, bank.vault.free) == (3, 1)
        checksum = (checksum * 17 + bank.checksum()) & MASK
    print(f"the last of {days} days: {bank.simulation.happened} events, {bank.served} served, "
          f"{bank.refused} refused, {bank.gone} went, {bank.sent_away} sent away")
    print(f"minutes at the bank: {bank.service:.1f}")
    for resource in (bank.clerks, bank.vault):
        print(f"minutes of waiting for the {resource.name}: {resource.wait:.1f}")
    return checksum


def main(arguments):
    print("checksum", run(int(arguments[0]) if arguments else 220))


if __name__ == "__main__":
    main(sys.argv[1:])
