"""try, with, and raised exceptions."""

OPERATIONS = 8

class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        return False


class Failure(Exception):
    pass


def try_except(n):
    t = total = 0
    for i in range(n):
        try:
            t = i
        except Failure:
            t = 0
        try:
            t = i
        except Failure:
            t = 0
        try:
            t = i
        except Failure:
            t = 0
        try:
            t = i
        except Failure:
            t = 0
        try:
            t = i
        except Failure:
            t = 0
        try:
            t = i
        except Failure:
            t = 0
        try:
            t = i
        except Failure:
            t = 0
        try:
            t = i
        except Failure:
            t = 0
        total = (total + t) & 0xFFFFFFFF
    return total


def try_finally(n):
    t = total = 0
    for i in range(n):
        try:
            t = i
        finally:
            u = i
        try:
            t = i
        finally:
            u = i
        try:
            t = i
        finally:
            u = i
        try:
            t = i
        finally:
            u = i
        try:
            t = i
        finally:
            u = i
        try:
            t = i
        finally:
            u = i
        try:
            t = i
        finally:
            u = i
        try:
            t = i
        finally:
            u = i
        total = (total + t) & 0xFFFFFFFF
    return total


def with_manager(n):
    manager = Manager()
    t = total = 0
    for i in range(n):
        with manager:
            t = i
        with manager:
            t = i
        with manager:
            t = i
        with manager:
            t = i
        with manager:
            t = i
        with manager:
            t = i
        with manager:
            t = i
        with manager:
            t = i
        total = (total + t) & 0xFFFFFFFF
    return total


def raise_and_catch(n):
    t = total = 0
    for i in range(n):
        try:
            raise Failure
        except Failure:
            t = i
        try:
            raise Failure
        except Failure:
            t = i
        try:
            raise Failure
        except Failure:
            t = i
        try:
            raise Failure
        except Failure:
            t = i
        try:
            raise Failure
        except Failure:
            t = i
        try:
            raise Failure
        except Failure:
            t = i
        try:
            raise Failure
        except Failure:
            t = i
        try:
            raise Failure
        except Failure:
            t = i
        total = (total + t) & 0xFFFFFFFF
    return total
