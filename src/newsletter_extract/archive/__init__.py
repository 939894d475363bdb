"""Archives: many documents read in processes of their own, under limits, with a record of what is done."""
