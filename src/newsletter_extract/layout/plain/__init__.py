"""Layout of plain text: no boxes, only lines and the words in them.

`arrange` is the way in; `untangle` parts lines that run across two columns, `columns` and `tables` find what white sets
apart.
"""
