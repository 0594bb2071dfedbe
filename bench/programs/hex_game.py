"""The game of Hex, played by Monte-Carlo tree search against simpler players.

Two players put stones on a rhombus of hexagons. One connects top and bottom, the other left and
right; there is no draw. Who searches plays a game in memory to its end, at random, counts who won
in the tree of the moves tried so far, and begins anew, first with the moves that did well.

    hex_game.py [PLAYOUTS]       playouts that the search may play a move
"""
import math
import sys

MASK = 0xFFFFFFFF
EMPTY, FIRST, SECOND = 0, 1, 2
SIGNS = ".XO"


class IllegalMove(ValueError):
    """The cell is taken, or none of the board's."""


class Random:
    """A generator of 32-bit numbers: Marsaglia's xorshift."""

    __slots__ = ("state",)

    def __init__(self, seed):
        self.state = (seed * 2654435761 + 1) & MASK or 1

    def number(self):
        x = self.state
        x ^= x << 13 & MASK
        x ^= x >> 17
        x ^= x << 5 & MASK
        self.state = x
        return x

    def below(self, limit):
        return self.number() * limit >> 32

    def choice(self, items):
        return items[self.below(len(items))]

    def shuffle(self, items):
        for k in range(len(items) - 1, 0, -1):
            j = self.below(k + 1)
            items[k], items[j] = items[j], items[k]


class Trial:
    """The context manager of moves that are taken back."""

    __slots__ = ("board", "played")

    def __init__(self, board):
        self.board = board

    def __enter__(self):
        self.played = len(self.board.moves)
        return self.board

    def __exit__(self, kind, error, traceback):
        while len(self.board.moves) > self.played:
            self.board.take_back()
        return False


class Board:
    """Cells in rows, each shifted by half a cell against the one above; a border all around."""

    def __init__(self, size):
        self.size = size
        self.width = size + 2
        self.cells = [EMPTY] * (self.width * self.width)
        self.moves = []
        self.steps = (-1, 1, -self.width, self.width, 1 - self.width, self.width - 1)
        self.inner = [row * self.width + column for row in range(1, size + 1)
                      for column in range(1, size + 1)]
        self.sources = {FIRST: range(self.width + 1, self.width + 1 + size),
                        SECOND: self.inner[::size]}

    def __str__(self):
        lines = []
        for row in range(1, self.size + 1):
            cells = self.cells[row * self.width + 1:row * self.width + 1 + self.size]
            lines.append("  " * 2 + " " * row + " ".join(SIGNS[cell] for cell in cells))
        return "\n".join(lines)

    @property
    def to_move(self):
        return SECOND if len(self.moves) & 1 else FIRST

    @property
    def free(self):
        return [cell for cell in self.inner if self.cells[cell] == EMPTY]

    def trial(self):
        return Trial(self)

    def play(self, cell):
        if cell not in self.inner or self.cells[cell] != EMPTY:
            raise IllegalMove(self.name(cell))
        self.put(cell)

    def put(self, cell):
        """A move that is known to be legal."""
        self.cells[cell] = SECOND if len(self.moves) & 1 else FIRST
        self.moves.append(cell)

    def take_back(self):
        self.cells[self.moves.pop()] = EMPTY

    def name(self, cell):
        row, column = divmod(cell, self.width)
        return f"{chr(96 + column)}{row}"

    def connects(self, player):
        """Has the player a chain from side to side?"""
        cells, steps = self.cells, self.steps
        goal = self.size
        width = self.width
        seen = [False] * len(cells)
        ways = [cell for cell in self.sources[player] if cells[cell] == player]
        for cell in ways:
            seen[cell] = True
        while ways:
            cell = ways.pop()
            row, column = divmod(cell, width)
            if (row if player == FIRST else column) == goal:
                return True
            for step in steps:
                near = cell + step
                if cells[near] == player and not seen[near]:
                    seen[near] = True
                    ways.append(near)
        return False

    @property
    def winner(self):
        for player in (FIRST, SECOND):
            if self.connects(player):
                return player
        return EMPTY


# --- the players ----------------------------------------------------------------------------------


class Player:
    """Chooses a move."""

    def __init__(self, seed):
        self.random = Random(seed)

    def __str__(self):
        return type(self).__name__

    def choose(self, board):
        raise NotImplementedError(str(self))


class Anywhere(Player):
    def choose(self, board):
        return self.random.choice(board.free)


class Central(Player):
    """Takes what lies nearest to the middle."""

    def choose(self, board):
        middle = (board.size + 1) / 2

        def distance(cell):
            row, column = divmod(cell, board.width)
            return max(abs(row - middle), abs(column - middle), abs(row + column - 2 * middle))

        return min(board.free, key=distance)


class Node:
    """A position in the search: what its playouts won, for the player who moved into it."""

    __slots__ = ("move", "parent", "visits", "wins", "children", "untried")

    def __init__(self, move=None, parent=None):
        self.move = move
        self.parent = parent
        self.visits = 0
        self.wins = 0
        self.children = []
        self.untried = None  # moves without a child; None before the first visit

    def value(self, log_of_visits):
        """What it won, and the more, the less it was tried."""
        return self.wins / self.visits + math.sqrt(0.8 * log_of_visits / self.visits)

    def best(self):
        log_of_visits = math.log(self.visits)
        best, greatest = None, -1.0
        for child in self.children:
            value = child.value(log_of_visits)
            if value > greatest:
                best, greatest = child, value
        return best

    def path(self):
        """The node and all above it."""
        node = self
        while node is not None:
            yield node
            node = node.parent


class Searcher(Player):
    def __init__(self, seed, playouts):
        super().__init__(seed)
        self.playouts = playouts
        self.played = 0

    def choose(self, board):
        root = Node()
        for _ in range(self.playouts):
            with board.trial():
                leaf = self.descend(root, board)
                mover = FIRST if board.to_move == SECOND else SECOND
                winner = self.playout(board)
            for node in leaf.path():
                node.visits += 1
                if winner == mover:
                    node.wins += 1
                mover = FIRST + SECOND - mover
        return max(root.children, key=lambda child: child.visits).move

    def descend(self, node, board):
        """Plays down the tree to a node that is new to it."""
        while True:
            if node.untried is None:
                node.untried = board.free
                self.random.shuffle(node.untried)
            if node.untried:
                move = node.untried.pop()
                board.put(move)
                child = Node(move, node)
                node.children.append(child)
                return child
            if not node.children:
                return node  # a full board
            node = node.best()
            board.put(node.move)

    def playout(self, board):
        """Fills the board at random; on a full one, exactly one player is connected."""
        self.played += 1
        rest = board.free
        self.random.shuffle(rest)
        for cell in rest:
            board.put(cell)
        return FIRST if board.connects(FIRST) else SECOND


def play(board, first, second):
    """One game; the winner's number."""
    players = (first, second)
    while True:
        player = players[len(board.moves) & 1]
        board.play(player.choose(board))
        if board.connects(FIRST if player is first else SECOND):
            return FIRST if player is first else SECOND


def run(playouts):
    checksum = 0
    searcher = Searcher(5, playouts)
    games = [(Central(1), searcher), (searcher, Anywhere(2)), (Anywhere(3), Central(4)),
             (searcher, Searcher(7, playouts // 2 + 1))]
    for size, (first, second) in enumerate(games, 5):
        board = Board(size)
        winner = play(board, first, second)
        assert winner == board.winner
        print(f"{first} against {second}: {SIGNS[winner]} wins with move {len(board.moves)}, "
              f"{board.name(board.moves[-1])}")
        for move in board.moves:
            checksum = (checksum * 31 + move) & MASK
    print(board)
    try:
        board.play(board.moves[0])
    except IllegalMove as error:
        print("illegal:", error)
    print(searcher.played, "playouts of the first searcher")
    return (checksum + searcher.random.number()) & MASK


def main(arguments):
    print("checksum", run(int(arguments[0]) if arguments else 550))


if __name__ == "__main__":
    main(sys.argv[1:])
