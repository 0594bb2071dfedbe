# Containers that contain themselves: shown, compared, hashed, freed.
# status: 1
# stdout: ^\[\[\.\.\.\]\] \{'k': \{\.\.\.\}\} \(\[\(\.\.\.\)\],\)$
# place: 15
# stderr: RecursionError: maximum recursion depth exceeded
a = []
a.append(a)
d = {}
d["k"] = d
t = ([],)
t[0].append(t)
print(a, d, t)
b = []
b.append(b)
a == b
