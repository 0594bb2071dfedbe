# Module that fails while it is imported.
value = 1
raise ValueError("while importing")
