# A bare except that is not the last.
# status: 1
# place: 7
# stderr: SyntaxError: default 'except:' must be last
try:
    pass
except:
    pass
except ValueError:
    pass
