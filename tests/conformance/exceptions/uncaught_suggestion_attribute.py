# A missing attribute whose name is close to an existing one.
class Box:
    def __init__(self):
        self.value = 1


box = Box()
print(box.value)
box.valeu
