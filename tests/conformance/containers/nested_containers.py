# Tables of tables: matrices, grids, adjacency lists, built and changed hot.
def multiply(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


m = [[1, 1], [1, 0]]
power = [[1, 0], [0, 1]]
for i in range(70):
    power = multiply(power, m)
print(power)
print(multiply([[0.5, 2]], [[1], [0.25]]))
grid = [[0] * 4 for _ in range(3)]
for i in range(3):
    for j in range(4):
        grid[i][j] += i * j
    grid[i][-1] = grid[i][0] or "."
print(grid)
graph = {}
for a, b in ((1, 2), (2, 3), (1, 3), (3, 1)):
    graph.setdefault(a, []).append(b)
    graph.setdefault(b, [])
print(graph)
shared = [[]] * 3
shared[0].append(1)
print(shared, [list(x) for x in zip([1, 2], "ab")], {"a": [{"b": (1, {2})}]})
