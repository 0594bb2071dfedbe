# Module that says when it is executed.
print("loud is executed")
value = 10
