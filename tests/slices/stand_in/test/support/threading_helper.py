"""Threads of tests."""


def requires_working_threading(*, module=False):
    return lambda item: item


def reap_threads(function):
    return function


class start_threads:
    def __init__(self, threads, unlock=None):
        self.threads = list(threads)
        self.unlock = unlock

    def __enter__(self):
        for thread in self.threads:
            thread.start()

    def __exit__(self, *error):
        if self.unlock:
            self.unlock()
        for thread in self.threads:
            thread.join()


def join_thread(thread, timeout=None):
    thread.join(timeout)
