# Locks in a program of one thread.
import threading

lock = threading.Lock()
for _ in range(6):
    with lock:
        held = lock.locked(), lock.acquire(False), lock.acquire(timeout=0)
print(held, lock.locked())
try:
    lock.release()
except RuntimeError as error:
    print(error)
again = threading.RLock()
with again, again:
    print(again._is_owned())
try:
    again.release()
except RuntimeError as error:
    print(error)
condition = threading.Condition()
with condition:
    condition.notify_all()
    print(condition.wait(0), condition.wait_for(lambda: 3))
try:
    condition.notify()
except RuntimeError as error:
    print(error)
for make in (threading.Semaphore, threading.BoundedSemaphore):
    semaphore = make(2)
    with semaphore, semaphore:
        print(semaphore.acquire(False))
    try:
        semaphore.release()
        print("released")
    except ValueError as error:
        print(error)
event = threading.Event()
print(event.is_set(), event.wait(0))
event.set()
print(event.wait(), threading.current_thread() is threading.main_thread())
