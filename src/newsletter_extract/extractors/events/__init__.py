"""Events: headings of dates and places, and the text that belongs to them.

`find` is the way in. `headings` tells them by their `items`, their `leads` and `words`, or by the user's `patterns`;
`bodies` says which blocks follow, and `kinds` what sort of event it is.
"""
