#!/usr/bin/python3
"""Tests of the command line as a user sees it: each test_*.py here, with unittest.

A pattern selects tests by their name, as -k of unittest does.
"""
import argparse
import sys
import unittest
from pathlib import Path

from program import CommandTest


def main():
    parser = argparse.ArgumentParser(description="Tests of the command line of tagproof.")
    parser.add_argument("--tagproof", type=Path, required=True, help="the program of the tree")
    parser.add_argument("pattern", nargs="*", help="only tests whose name contains one of these")
    options = parser.parse_args()
    CommandTest.tagproof = options.tagproof.resolve()
    loader = unittest.TestLoader()
    if options.pattern:
        loader.testNamePatterns = [f"*{pattern}*" for pattern in options.pattern]
    suite = loader.discover(str(Path(__file__).resolve().parent))
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    return 0 if result.wasSuccessful() and result.testsRun > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
