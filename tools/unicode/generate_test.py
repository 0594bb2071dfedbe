#!/usr/bin/python3
"""The committed Unicode tables are what the generator writes."""

import unicodedata
import unittest

import generate


class GeneratedFiles(unittest.TestCase):
    def test_python_has_the_version_of_the_tables(self):
        self.assertEqual(unicodedata.unidata_version, generate.VERSION)

    def test_files_are_what_the_generator_writes(self):
        self.assertEqual(generate.differing(), [])


if __name__ == "__main__":
    unittest.main()
