# A subclass on the right with its own reflected method is asked first.
class A:
    def __add__(self, o): return "A.add"
    def __radd__(self, o): return "A.radd"
    def __eq__(self, o): return "A.eq"
    def __lt__(self, o): return "A.lt"


class B(A):
    def __radd__(self, o): return "B.radd"
    def __eq__(self, o): return "B.eq"
    def __gt__(self, o): return "B.gt"


class C(A):
    pass


for _ in range(3):
    for left in (A(), B(), C(), 1):
        for right in (A(), B(), C(), 1):
            try:
                print(type(left).__name__, type(right).__name__, left + right, left == right,
                      end=" ")
                print(left < right)
            except TypeError as error:
                print(error)
