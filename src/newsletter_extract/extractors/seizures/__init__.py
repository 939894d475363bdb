"""Seizures: goods taken out of traffic, told in sentences and in tables.

`find` is the way in, and `twins` links what is told twice. `narrative` reads sentences: `triggers` say that
something was seized, `goods` (measured, counted, or `cash`) what; `phrases` and `commodities` tell where a
good's name ends and what it is. `tables` reads rows.
"""
