#!/usr/bin/python3
"""Verifies the code of another JIT against its manifest: all good code is proven, each fault is
rejected by its rule, and under another layout the good code is rejected too.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROVEN = ("get_attribute", "set_attribute", "set_value", "count_down", "call_helper",
          "load_global")
TOUCHES_OBJECTS = ("get_attribute", "set_attribute", "set_value")
REJECTED = {
    "slot_store": "slot-store",
    "slot_clear_lsb": "slot-store",
    "slot_vector_clear": "slot-store",
    "owned_tag_load": "slot-base",
    "tag_not_tested": "slot-base",
    "index_past_values": "values-range",
    "count_half": "load-range, refcount",
    "type_store": "store-range",
    "no_guard": "base",
    "wrong_type": "store-range",
    "stale_values": "base",
    "slot_returned": "return-value",
    "call_of_unknown": "call-target",
    "cache_for_name": "argument",
    "unknown_name": "argument",
}


def verify(tagproof, code, manifest):
    """The exit status and the report."""
    done = subprocess.run([str(tagproof), "verify", "--json", "--raw", str(code), "--manifest",
                           str(manifest)], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{code.name}: {done.stderr}")
    return done.returncode, json.loads(done.stdout)


def faults_of(tagproof, folder):
    """What is not as expected, one line each."""
    names = {path.stem for path in folder.glob("*.bin")}
    known = set(PROVEN) | set(REJECTED)
    for name in sorted(names ^ known):
        yield f"{name}: in one of other_jit_main.cc and run.py only"
    for name in sorted(names & known):
        status, report = verify(tagproof, folder / f"{name}.bin", HERE / "manifest.json")
        rules = ", ".join(violation["rule"] for violation in report["violations"])
        expected = REJECTED.get(name, "")
        print(f"{name:20} {'rejected: ' + rules if rules else 'proven'}")
        if status != bool(expected) or rules != expected:
            yield f"{name}: expected {expected!r}, got {rules!r} and status {status}"
    foreign = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))
    del foreign["trusted"]["head"], foreign["trusted"]["types"][1]["fields"]
    (folder / "foreign.json").write_text(json.dumps(foreign), encoding="utf-8")
    for name in TOUCHES_OBJECTS:
        if verify(tagproof, folder / f"{name}.bin", folder / "foreign.json")[0] != 1:
            yield f"{name}: accepted under tagproof's own layout"


def main():
    parser = argparse.ArgumentParser(description="Verify another JIT's code by its manifest.")
    parser.add_argument("--tagproof", type=Path, required=True,
                        help="the program of the tree; other_jit_main lies beside it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([str(options.tagproof.resolve().parent / "other_jit_main"), folder],
                       check=True)
        faults = list(faults_of(options.tagproof.resolve(), Path(folder)))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
