"""Dates: from the words of a text to spans of days.

`find` is the way in. `readers` asks those for each form: `digits`, `runs` of days, months and years (`tokens`,
`folding`), `periods` and `relatives`; `words` knows the languages, `mentions` is what a reader hands on,
`context` supplies what a date leaves unsaid, and `calendar_spans` does the arithmetic.
"""
