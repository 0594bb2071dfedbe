"""A program on a pseudo-terminal, typed at as a person would, one step after the other."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time

CTRL_C = "\x03"
PROMPTS = (">>> ", "... ")
COLUMNS = 200
WAIT_S = 0.02
# Between its prompt and its read python3 notices Ctrl-C only with the next line.
THOUGHT_S = 0.1
TIMEOUT_S = 30.0


class Silence(Exception):
    pass


class Step:
    """What is typed, and how to know that the program has taken it."""

    def __init__(self, typed, until=None, last_lines=None):
        self.typed = typed
        self.until = until  # text at the end of the output, instead of a prompt
        self.last_lines = last_lines  # only so many lines of the output count


def enter(text):
    return Step(text + "\n")


class Terminal:
    def __init__(self, command, environment, folder):
        self.master, self.slave = os.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
        self.modes = termios.tcgetattr(self.slave)
        self.process = subprocess.Popen(command, stdin=self.slave, stdout=self.slave,
                                        stderr=self.slave, env=environment, cwd=folder,
                                        preexec_fn=self._take_terminal)
        self.prompts = list(PROMPTS)

    def _take_terminal(self):
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def _read(self, is_done):
        """Text until is_done(text), or the program has ended."""
        text = b""
        end = time.monotonic() + TIMEOUT_S
        while time.monotonic() < end:
            has_ended = self.process.poll() is not None
            readable, _, _ = select.select([self.master], [], [], WAIT_S)
            if readable:
                text += os.read(self.master, 1 << 16)
            if is_done(plain(text)) or (has_ended and not readable):
                return plain(text)
        raise Silence(f"the program does not answer; it wrote {plain(text)!r}")

    def start(self):
        return self._read(lambda text: text.endswith(tuple(self.prompts)))

    def take(self, step):
        """The output of a step: what comes behind the line of its echo, with the prompt."""
        if CTRL_C in step.typed:
            time.sleep(THOUGHT_S)
        os.write(self.master, step.typed.encode())
        if step.until is not None:
            text = self._read(lambda text: text.endswith(step.until))
        else:
            ends = tuple("\n" + prompt for prompt in self.prompts)
            text = self._read(lambda text: text.endswith(ends))
        lines = text.split("\n")[1:]
        if step.last_lines is not None:
            lines = lines[-step.last_lines:]
        return "\n".join(lines)

    def signal(self, number):
        """Sends a signal to the program, which ends; what it wrote."""
        self.process.send_signal(number)
        return self._read(lambda text: False)

    def finish(self):
        """(status, the modes of the terminal are those of the start)."""
        try:
            status = self.process.wait(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            status = "did not end"
        same_modes = termios.tcgetattr(self.slave) == self.modes
        os.close(self.slave)
        os.close(self.master)
        return status, same_modes


def plain(output):
    """Bytes of a terminal as text: without carriage returns and the control sequences of editors."""
    text = output.decode("utf-8", "replace")
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|[\r\x07]", "", text)
