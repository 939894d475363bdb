"""Tables on a page: ruled (`ruled`, `grids`), in bands of rows (`bands`, `band_rows`, `heads`) or aligned, as `cells`.

`tabular` tells tables from text in columns, and `block` makes the block of one.
"""
