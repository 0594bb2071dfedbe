# Submodule without imports.
value = "second value"
