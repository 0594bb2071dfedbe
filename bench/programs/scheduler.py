"""The task scheduler of an operating system: processes are generators that yield system calls.

Producers and consumers talk through bounded pipes, workers share a lock, sleepers wait for the
clock, and a reaper kills processes in the middle of what they do: the context manager of a lock has
to leave it free. There are three priorities; who uses up its time slice sinks, who waits rises.

    scheduler.py [ROUNDS]        each round boots a machine and runs it until nothing is left to do
"""
import sys

MASK = 0xFFFFFFFF
END = None  # what closes a pipe
PRIORITIES = 3
SLICE = 8


class Killed(Exception):
    """Thrown into a process that another one ends."""


class Deadlock(Exception):
    """Processes are left, and none of them can ever go on."""


class Process:
    """A program that runs: a generator, and what the kernel knows of it."""

    __slots__ = ("pid", "name", "steps", "priority", "answer", "remaining", "ticks", "wake_at",
                 "next", "queue")

    def __init__(self, pid, name, steps, priority):
        self.pid = pid
        self.name = name
        self.steps = steps
        self.priority = priority
        self.answer = None  # of the system call it waits for
        self.remaining = 0  # ticks still to be computed
        self.ticks = 0
        self.wake_at = 0
        self.next = None
        self.queue = None  # the one that it stands in

    def __repr__(self):
        return f"{self.name}#{self.pid}"

    def resume(self):
        """Runs it to its next system call."""
        answer, self.answer = self.answer, None
        return self.steps.send(answer)

    def sink(self):
        if self.priority < PRIORITIES - 1:
            self.priority += 1

    def rise(self):
        if self.priority > 0:
            self.priority -= 1


class Queue:
    """Processes in the order in which they came, linked through themselves."""

    __slots__ = ("first", "last")

    def __init__(self):
        self.first = None
        self.last = None

    def __bool__(self):
        return self.first is not None

    def __iter__(self):
        process = self.first
        while process is not None:
            yield process
            process = process.next

    def append(self, process):
        process.queue = self
        process.next = None
        if self.first is None:
            self.first = process
        else:
            self.last.next = process
        self.last = process

    def take(self):
        process = self.first
        self.first = process.next
        process.next = process.queue = None
        return process

    def remove(self, process):
        """Takes out a process that stands anywhere in the queue."""
        before = None
        for other in self:
            if other is process:
                break
            before = other
        if before is None:
            self.first = process.next
        else:
            before.next = process.next
        if self.last is process:
            self.last = before
        process.next = process.queue = None


class Timer(Queue):
    """Sleeping processes, who wakes first stands first."""

    __slots__ = ()

    def append(self, process):
        before, after = None, self.first
        while after is not None and after.wake_at <= process.wake_at:
            before, after = after, after.next
        process.queue = self
        process.next = after
        if before is None:
            self.first = process
        else:
            before.next = process
        if after is None:
            self.last = process


class Lock:
    """A mutual exclusion, and the context manager that leaves it."""

    def __init__(self, kernel):
        self.kernel = kernel
        self.holder = None
        self.waiting = Queue()
        self.taken = 0

    def take(self, process):
        self.holder = process
        self.taken += 1
        self.kernel.make_ready(process, self)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.leave()
        return False

    def leave(self):
        self.holder = None
        if self.waiting:
            self.take(self.waiting.take())


class Pipe:
    """A bounded buffer between processes."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.items = []
        self.readers = Queue()
        self.writers = Queue()

    @property
    def is_full(self):
        return len(self.items) >= self.capacity


# --- system calls ---------------------------------------------------------------------------------


class SystemCall:
    """What a process yields. `serve` makes the process ready again, or puts it where it waits."""

    __slots__ = ()

    def serve(self, kernel, process):
        raise NotImplementedError(type(self).__name__)


class Compute(SystemCall):
    __slots__ = ("ticks",)

    def __init__(self, ticks):
        self.ticks = ticks

    def serve(self, kernel, process):
        process.remaining = self.ticks
        kernel.make_ready(process)


class Sleep(SystemCall):
    __slots__ = ("ticks",)

    def __init__(self, ticks):
        self.ticks = ticks

    def serve(self, kernel, process):
        process.rise()
        process.wake_at = kernel.clock + self.ticks
        kernel.timer.append(process)


class Acquire(SystemCall):
    """Answers the lock: `with (yield Acquire(lock)):`"""

    __slots__ = ("lock",)

    def __init__(self, lock):
        self.lock = lock

    def serve(self, kernel, process):
        if self.lock.holder is None:
            self.lock.take(process)
        else:
            self.lock.waiting.append(process)


class Send(SystemCall):
    __slots__ = ("pipe", "item")

    def __init__(self, pipe, item):
        self.pipe = pipe
        self.item = item

    def serve(self, kernel, process):
        pipe = self.pipe
        if pipe.readers:
            kernel.make_ready(pipe.readers.take(), self.item)
        elif pipe.is_full:
            process.answer = self.item  # kept until a reader makes room
            pipe.writers.append(process)
            return
        else:
            pipe.items.append(self.item)
        kernel.make_ready(process)


class Receive(SystemCall):
    __slots__ = ("pipe",)

    def __init__(self, pipe):
        self.pipe = pipe

    def serve(self, kernel, process):
        pipe = self.pipe
        if not pipe.items:
            process.rise()
            pipe.readers.append(process)
            return
        item = pipe.items.pop(0)
        if pipe.writers:
            writer = pipe.writers.take()
            pipe.items.append(writer.answer)
            kernel.make_ready(writer)
        kernel.make_ready(process, item)


class Kill(SystemCall):
    """Answers whether there was such a process."""

    __slots__ = ("pid",)

    def __init__(self, pid):
        self.pid = pid

    def serve(self, kernel, process):
        victim = kernel.processes.get(self.pid)
        if victim is not None and victim is not process:
            kernel.kill(victim)
        kernel.make_ready(process, victim is not None)


# --- the kernel -----------------------------------------------------------------------------------


class Kernel:
    def __init__(self):
        self.clock = 0
        self.processes = {}
        self.ready = [Queue() for _ in range(PRIORITIES)]
        self.timer = Timer()
        self.next_pid = 1
        self.switches = 0
        self.killed = 0
        self.trace = 0

    def spawn(self, steps, name, priority=1):
        process = Process(self.next_pid, name, steps, priority)
        self.next_pid += 1
        self.processes[process.pid] = process
        self.make_ready(process)
        return process

    def make_ready(self, process, answer=None):
        process.answer = answer
        self.ready[process.priority].append(process)

    def kill(self, process):
        """Ends it where it stands; its context managers still see to what it holds."""
        if process.queue is not None:
            process.queue.remove(process)
        if isinstance(process.answer, Lock):  # given to it, but not entered
            process.answer.leave()
        try:
            process.steps.throw(Killed(process.pid))
        except (Killed, StopIteration):
            self.killed += 1
        self.retire(process)

    def retire(self, process):
        del self.processes[process.pid]
        self.note(process.ticks)

    def note(self, value):
        self.trace = (self.trace * 31 + value) & MASK

    def wake_sleepers(self):
        timer = self.timer
        while timer and timer.first.wake_at <= self.clock:
            self.make_ready(timer.take())

    def choose(self):
        """The next process to run; if none is ready, the clock goes on to the next sleeper's."""
        while True:
            self.wake_sleepers()
            for queue in self.ready:
                if queue:
                    return queue.take()
            if not self.timer:
                raise Deadlock(list(self.processes.values()))
            self.clock = self.timer.first.wake_at

    def compute(self, process):
        """Lets it use its time slice."""
        used = min(process.remaining, SLICE)
        process.remaining -= used
        process.ticks += used
        self.clock += used
        if process.remaining:
            process.sink()
        self.ready[process.priority].append(process)

    def step(self, process):
        """Runs it to its next system call, and serves that."""
        self.clock += 1
        try:
            call = process.resume()
        except StopIteration:
            self.retire(process)
        else:
            call.serve(self, process)

    def run(self):
        while self.processes:
            process = self.choose()
            self.switches += 1
            self.note(process.pid + self.clock)
            if process.remaining:
                self.compute(process)
            else:
                self.step(process)


# --- the programs ---------------------------------------------------------------------------------


def producer(pipe, count, factor):
    for k in range(count):
        yield Compute(1 + k * factor % 5)
        yield Send(pipe, (k * factor) & MASK)
    yield Send(pipe, END)


def squarer(source, target):
    while (item := (yield Receive(source))) is not END:
        yield Compute(3)
        yield Send(target, item * item & MASK)
    yield Send(target, END)


def collector(source, totals):
    while (item := (yield Receive(source))) is not END:
        totals.append(item)


def worker(lock, shared, count, pause):
    for k in range(count):
        with (yield Acquire(lock)):
            before = shared["value"]
            yield Compute(2 + k % 3)
            shared["value"] = before + 1  # nobody else may have come in between
        yield Sleep(pause + k % 4)


def spinner():
    """Never ends by itself; says how far it came when it is killed."""
    rounds = 0
    try:
        while True:
            yield Compute(20)
            rounds += 1
    except Killed as error:
        raise Killed(*error.args, rounds) from None


def reaper(victims, pause):
    for pid in victims:
        yield Sleep(pause)
        yield Kill(pid)


def boot(number):
    """A machine with all its processes, and what they leave behind."""
    kernel = Kernel()
    totals = []
    shared = {"value": 0}
    raw, squared = Pipe(4), Pipe(2)
    lock = Lock(kernel)
    kernel.spawn(producer(raw, 40, number % 7 + 3), "producer", 0)
    kernel.spawn(squarer(raw, squared), "squarer")
    kernel.spawn(collector(squared, totals), "collector", 2)
    workers = [kernel.spawn(worker(lock, shared, 12, 3 + k), "worker") for k in range(4)]
    spinners = [kernel.spawn(spinner(), "spinner", 2) for _ in range(2)]
    victims = [workers[number % 4].pid] + [process.pid for process in spinners] + [1000]
    kernel.spawn(reaper(victims, 60 + number % 11), "reaper", 0)
    return kernel, lock, totals, shared


def show_deadlock():
    """Two processes that wait for each other."""
    kernel = Kernel()
    one, other = Pipe(1), Pipe(1)
    for source, target in ((one, other), (other, one)):
        kernel.spawn(squarer(source, target), "squarer")
    try:
        kernel.run()
    except Deadlock as error:
        print("deadlock of", *error.args[0])


def run(rounds):
    checksum = switches = ticks = killed = sections = 0
    for number in range(rounds):
        kernel, lock, totals, shared = boot(number)
        kernel.run()
        switches += kernel.switches
        ticks += kernel.clock
        killed += kernel.killed
        sections += shared["value"]
        checksum = (checksum * 17 + kernel.trace + sum(totals) + lock.taken) & MASK
    print(f"{rounds} machines, {switches} switches in {ticks} ticks")
    print(f"{sections} critical sections, {killed} processes killed")
    return checksum


def main(arguments):
    show_deadlock()
    print("checksum", run(int(arguments[0]) if arguments else 2000))


if __name__ == "__main__":
    main(sys.argv[1:])
