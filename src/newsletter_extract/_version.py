"""The version of the program, kept apart so that it can be read without importing anything."""

__version__ = "0.1.0"
