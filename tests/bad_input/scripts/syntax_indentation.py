# A line indented without a reason.
# status: 1
# place: 6
# stderr: IndentationError: unexpected indent
x = 1
    y = 2
