"""The review page: an extraction beside the pages it came from, and the corrections that a person makes there.

`making` finds an extraction and its document; `page` and `html` build its page, with `pictures` of its sheets, the
boxes of broken `lines` and the `form` that edits facts; `summary` and `archive` make the overview of many documents.
`corrections` applies what was decided, with its `consequences`; `serve` saves it from the browser.
"""

from __future__ import annotations
