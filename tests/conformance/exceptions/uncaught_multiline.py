# A message of several lines is printed as it is.
raise ValueError("line one\nline two\n  line three")
