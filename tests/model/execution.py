"""Runs programs under python3 and tagproof and says where they differ, sequence by sequence."""
import difflib
import os
import re
import signal
import subprocess
from dataclasses import dataclass, field

from program import END, HEADER, source

ORACLE = "/usr/bin/python3"
BATCH = 200
MODES = {
    "off": ["--jit=off"],
    "always": ["--jit=always"],
    "auto": ["--jit=auto"],
    "deopt-stress": ["--jit=always", "--deopt-stress"],
    "auto-stress": ["--jit=auto", "--deopt-stress"],
}
# Any mode, with the heap checked at the first poll behind each allocation: in short programs.
STEPS = "+steps"
STEPPED_MODES = tuple(mode + STEPS for mode in MODES)
STEPPED_BATCH = 4
TIMED_OUT = -signal.SIGXCPU
WALL_FACTOR = 30
THRESHOLDS = (2, 4, 3, 8)
ADDRESS = re.compile(r"0x[0-9a-f]+")
# How deep a program got when it went too deep is not the same.
TOO_DEEP = re.compile(r"Traceback .*\n(?:  .*\n)*RecursionError.*\n")
# Who let a generator die that fails to end is said by python3 alone.
DYING_GENERATOR = re.compile(r"(Exception ignored in: <generator .*\n)Traceback .*\n(?:  .*\n)*")
# What finalizers report while cycles are collected, in no order.
COLLECTION = re.compile(r"== collection\n(.*?)== collected\n", re.DOTALL)
# What finalizers of sequences before report as their garbage is put out of the way.
SETTLING = re.compile(r"== settling\n.*?== settled\n", re.DOTALL)
COUNT = re.compile(r"^ +(?:of them )?([a-z ]+?) +(\d+)$", re.MULTILINE)
COUNTED = ("units compiled and proven", "invalidated", "valid again later", "deopts", "rejected")


@dataclass
class Outcome:
    """What a program did: a text for each sequence that it ended, and how it ended itself."""

    status: int
    texts: dict
    stderr: str
    counts: dict = field(default_factory=dict)


@dataclass
class Difference:
    """A sequence that did something else in a mode than under python3."""

    seed: str
    first: int
    number: int
    mode: str
    text: str
    program: str = ""
    alone: bool = True


def options_of(mode, first):
    """The options of a mode; thresholds and heap checks vary from batch to batch."""
    batch = first // BATCH
    options = [*MODES[mode.removesuffix(STEPS)], "--strict", "--stats"]
    if mode.startswith("auto"):
        options.append(f"--jit-threshold={THRESHOLDS[batch % len(THRESHOLDS)]}")
    if mode.endswith(STEPS):
        return [*options, "--check-heap=1"]
    return [*options, "--check-heap=2000" if batch % 8 == 5 else "--check-heap=exit"]


def split(text):
    """The parts of an output by the number of their sequence, without addresses."""
    parts = {}
    for part in ADDRESS.sub("0x", text).split(HEADER)[1:]:
        number, _, rest = part.partition("\n")
        parts[int(number)] = rest
    return parts


def sorted_reports(collection):
    return "".join(sorted(re.split(r"^(?=Exception ignored)", collection[1], flags=re.MULTILINE)))


def execute(command, path, timeout):
    environment = dict(os.environ, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
    # The limit is one of CPU time: how busy the machine is decides nothing.
    command = ["prlimit", f"--cpu={timeout}:{timeout + 5}", *command]
    try:
        done = subprocess.run([*command, path.name], cwd=path.parent, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=WALL_FACTOR * timeout)
        status, stdout, stderr = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        status, stdout, stderr = TIMED_OUT, b"", b""
    if status == TIMED_OUT:
        return Outcome(status, {}, f"no end after {timeout} s of CPU time")
    stderr, _, statistics = stderr.decode("utf-8", "backslashreplace").partition(END)
    texts = split(stdout.decode("utf-8", "backslashreplace").partition(END)[0])
    stderr_of_sequences = SETTLING.sub("", TOO_DEEP.sub("RecursionError\n", stderr))
    stderr_of_sequences = DYING_GENERATOR.sub(r"\1", stderr_of_sequences)
    errors = split(COLLECTION.sub(sorted_reports, stderr_of_sequences))
    texts = {number: text + errors.get(number, "") for number, text in texts.items()}
    counts = {name: int(count) for name, count in COUNT.findall(statistics) if name in COUNTED}
    return Outcome(status, texts, stderr.strip() + statistics.partition("statistics")[0], counts)


def compare(expected, actual):
    lines = difflib.unified_diff(expected.splitlines(), actual.splitlines(), "python3", "tagproof",
                                 lineterm="")
    return "\n".join(lines)


class Runner:
    """One program under test and its time limit."""

    def __init__(self, tagproof, folder, timeout):
        self.tagproof = tagproof
        self.folder = folder
        self.timeout = timeout

    def write(self, sequences, name):
        path = self.folder / f"{name}.py"
        path.write_text(source(sequences), encoding="utf-8")
        return path

    def oracle(self, path):
        return execute([ORACLE], path, self.timeout)

    def tagproof_outcome(self, path, mode, first):
        command = [str(self.tagproof), "run", *options_of(mode, first)]
        return execute(command, path, self.timeout)

    def differences(self, sequences, first, mode, expected, actual):
        """Differences of all sequences; a missing one stands for a program that ended early."""
        found = []
        for sequence in sequences:
            wanted = expected.texts.get(sequence.number)
            given = actual.texts.get(sequence.number)
            if wanted is None or given is None:
                text = f"status {actual.status} ({expected.status})\n{actual.stderr[-2000:]}"
                found.append(Difference(sequence.seed, first, sequence.number, mode, text))
                break
            if wanted != given:
                found.append(Difference(sequence.seed, first, sequence.number, mode,
                                        compare(wanted, given)))
        ended_alike = actual.status == expected.status
        if not found and not ended_alike:
            text = f"status {actual.status} ({expected.status})\n{actual.stderr[-2000:]}"
            found.append(Difference(sequences[-1].seed, first, sequences[-1].number, mode, text))
        return found
