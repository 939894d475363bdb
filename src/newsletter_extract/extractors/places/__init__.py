"""Places: names in a text, whether they are places, and which.

`find` is the way in. `names` finds candidates, `evidence` weighs what stands around them in the `text`, and `choice`
settles which of several places of one name is meant.
"""
