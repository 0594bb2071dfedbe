# __del__ that raises and recurses while the program is torn down.
# status: 0
# stdout: ^end$
class Loop:
    def __del__(self): self.again()
    def again(self): return self.again()


class Bad:
    def __del__(self): raise ValueError("late")


loop, bad = Loop(), Bad()
cycle = [loop, bad]
cycle.append(cycle)
print("end")
