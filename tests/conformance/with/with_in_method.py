# with self, with self.attribute, and managers made by methods.
class Lock:
    def __init__(self):
        self.held = 0
        self.acquired = 0

    def __enter__(self):
        self.held += 1
        self.acquired += 1
        return self

    def __exit__(self, *exc):
        self.held -= 1


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = Lock()

    def locked(self):
        return self.lock

    def __enter__(self):
        return self.balance

    def __exit__(self, exc_type, *rest):
        return exc_type is ValueError

    def withdraw(self, amount):
        with self as balance, self.lock as lock, self.locked():
            if amount > balance:
                raise ValueError(lock.held)
            self.balance -= amount
        return self.balance, self.lock.held, self.lock.acquired


account = Account(100)
for amount in (10, 20, 1000, 0.5, 2 ** 64, 5):
    print(account.withdraw(amount))
