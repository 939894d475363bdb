"""Amounts: numbers and number words, quantities with their units, sums of money with their currencies."""
