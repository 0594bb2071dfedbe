"""--perf-map and --jitdump: what perf is told of compiled code."""

import struct
import time
from dataclasses import dataclass, field
from pathlib import Path

from program import CommandTest

PROGRAM = """\
class Point:
    def __init__(self, x):
        self.x = x
    def move(self, dx):
        self.x = (
            self.x
            + dx)
        return self.x
def work(n):
    p = Point(1)
    for i in range(n):
        p.move(i)
    return p.x
print(work(10))
"""

WAITING = "import time\nprint('ready', flush=True)\ntime.sleep(600)\n"

HEADER = struct.Struct("<IIIIIIQQ")  # magic version size machine pad pid time flags
RECORD = struct.Struct("<IIQ")       # kind size time
CODE = struct.Struct("<IIQQQQ")      # pid tid address address size index
LOAD, LINES, CLOSE = 0, 2, 3


@dataclass
class Code:
    name: str
    address: int
    content: bytes
    index: int
    lines: list = field(default_factory=list)  # (offset, line, file)


def text_at(data, offset):
    end = data.index(b"\0", offset)
    return data[offset:end].decode(), end + 1


def parse_lines(body):
    address, count = struct.unpack_from("<QQ", body)
    rows, offset = [], 16
    for _ in range(count):
        place, line, discriminator = struct.unpack_from("<QII", body, offset)
        file, offset = text_at(body, offset + 16)
        assert discriminator == 0
        rows.append((place - address, line, file))
    assert offset == len(body)
    return address, rows


def parse_code(body, pid):
    owner, thread, address, same, size, index = CODE.unpack_from(body)
    name, offset = text_at(body, CODE.size)
    assert owner == pid and thread != 0 and address == same
    assert len(body) - offset == size
    return Code(name, address, body[offset:], index)


def parse(path):
    """The code records of a dump, each with the lines that stood in front of it."""
    data = path.read_bytes()
    magic, version, size, machine, _, pid, begin, flags = HEADER.unpack_from(data)
    assert (magic, version, size, machine, flags) == (0x4A695444, 1, HEADER.size, 62, 0)
    assert path.name == f"jit-{pid}.dump"
    codes, pending, kinds, last = [], {}, [], begin
    offset = size
    while offset < len(data):
        kind, size, moment = RECORD.unpack_from(data, offset)
        body = data[offset + RECORD.size:offset + size]
        assert moment >= last
        kinds.append(kind)
        last = moment
        if kind == LINES:
            address, rows = parse_lines(body)
            pending[address] = rows
        elif kind == LOAD:
            code = parse_code(body, pid)
            code.lines = pending.pop(code.address, [])
            codes.append(code)
        offset += size
    assert offset == len(data) and not pending
    assert kinds[-1] == CLOSE and kinds.count(CLOSE) == 1
    return codes


class JitDump(CommandTest):
    def dump(self, *options):
        script = self.write("script.py", PROGRAM)
        before = time.monotonic_ns()
        self.succeed("run", "--jitdump", *options, script)
        found = list(self.folder.glob("jit-*.dump"))
        self.assertEqual(len(found), 1)
        self.assertGreater(HEADER.unpack_from(found[0].read_bytes())[6], before)
        codes = parse(found[0])
        found[0].unlink()
        return script, codes

    def test_every_unit_is_recorded(self):
        for options in (["--jit=always"], ["--jit=always", "--cpu=baseline"],
                        ["--jit-threshold=3"]):
            _, codes = self.dump(*options)
            names = {code.name for code in codes}
            self.assertIn("tagproof::Point.move", names)
            self.assertEqual([code.index for code in codes], list(range(len(codes))))
            for code in codes:
                self.assertEqual(code.content[0] & 0xF8, 0x50, "push")

    def test_lines(self):
        script, codes = self.dump("--jit=always")
        move = next(code for code in codes if code.name == "tagproof::Point.move")
        self.assertEqual({file for _, _, file in move.lines}, {script})
        lines = {line for _, line, _ in move.lines}
        self.assertTrue({6, 8} <= lines <= {5, 6, 7, 8}, lines)
        offsets = [offset for offset, _, _ in move.lines]
        self.assertEqual(offsets, sorted(set(offsets)))
        self.assertLess(offsets[-1], len(move.content))

    def test_the_code_is_what_the_verifier_saw(self):
        script, codes = self.dump("--jit=always")
        report = self.succeed("verify", "--json", script).json()
        sizes = sorted((f"tagproof::{row['function']}", row["bytes"])
                       for row in report["functions"])
        self.assertEqual(sorted((code.name, len(code.content)) for code in codes), sizes)

    def test_the_file_is_mapped_executable_so_that_perf_finds_it(self):
        with self.started("run", "--jitdump", "-c", WAITING) as process:
            maps = Path(f"/proc/{process.pid}/maps").read_text()
            self.assertRegex(maps, rf"r-xp .*/jit-{process.pid}\.dump")

    def test_a_folder_that_cannot_be_written(self):
        done = self.succeed("run", "--jitdump", "-c", "print(1)", folder=Path("/proc"))
        self.assertEqual(done.stdout, "1\n")
        self.assertRegex(done.stderr, r"^tagproof: no jitdump: \./jit-\d+\.dump: \S")

    def test_without_the_compiler_there_is_no_file(self):
        self.succeed("run", "--jitdump", "--jit=off", "-c", "print(1)")
        self.assertEqual(list(self.folder.glob("*.dump")), [])


class PerfMap(CommandTest):
    def test_names(self):
        with self.started("run", "--perf-map", "--jit=always", "-c", PROGRAM + WAITING) as process:
            path = Path(f"/tmp/perf-{process.pid}.map")
            self.addCleanup(path.unlink)
            lines = path.read_text().splitlines()
        self.assertTrue(any(line.endswith(" tagproof::Point.move") for line in lines), lines)
        for line in lines:
            self.assertRegex(line, r"^[0-9a-f]+ [0-9a-f]+ tagproof::\S")
