"""The whole way from a file to its facts, on one screen."""
