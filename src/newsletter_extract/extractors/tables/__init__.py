"""Tables as facts.

`grid` tells what their columns hold, `amounts` and `money` what is in the cells, and `find` whether they add
up.
"""
