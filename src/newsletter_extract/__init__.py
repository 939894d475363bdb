"""Facts from the bulletins of police, customs and border bodies."""
