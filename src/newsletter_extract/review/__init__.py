"""The review page: an extraction beside the pages it came from, and the corrections that a person makes there.

`making` finds an extraction and its document and writes the files, `page` builds the HTML, `pictures` the page images,
`corrections` applies what was decided, `serve` saves it from the browser.
"""

from __future__ import annotations
