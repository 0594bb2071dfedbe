"""A small method that updates attributes of its object."""
import sys

MASK = 0xFFFFFFFF


class Account:
    def __init__(self):
        self.balance = 0
        self.transactions = 0

    def deposit(self, amount):
        self.balance = (self.balance + amount) & MASK
        self.transactions += 1
        return self.balance


def run(n):
    account = Account()
    total = 0
    for i in range(n):
        total = (total + account.deposit(i)) & MASK
    return (total + account.transactions) & MASK


if __name__ == "__main__":
    print(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000000))
