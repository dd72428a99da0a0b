"""Child processes that never outlive us: each with its own process group, log file, way to be stopped and way to be started again."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from local.places import CHECKOUT
from local.say import step, stop

PLACE_VARIABLE = "LOCAL_PLACE"  # marks our children, so that a later start knows the ones that were left behind
LONGEST_LOG = 5_000_000
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)


def die_with_parent(number: int) -> Callable[[], None]:
    """What a child runs before its program: ask Linux for this signal on the day its parent is gone, even by kill -9."""
    parent = os.getpid()

    def ask() -> None:
        if sys.platform == "linux":
            libc.prctl(PR_SET_PDEATHSIG, number)
            if os.getppid() != parent:
                os._exit(1)

    return ask


@dataclass
class Process:
    """One program that runs until it is told to stop."""

    name: str
    command: list[str]
    variables: dict[str, str]
    log: Path
    stop_with: signal.Signals = signal.SIGTERM
    orphaned_with: signal.Signals = signal.SIGTERM
    patience: float = 5.0
    user: int | None = None
    directory: Path = CHECKOUT
    child: "subprocess.Popen[bytes] | None" = None
    started_at: float = field(default=0.0)
    failures: int = 0
    retry_at: float | None = None

    def start(self) -> None:
        """Start it; what it prints goes to its log."""
        with self.log.open("ab") as log:
            if log.tell() > LONGEST_LOG:
                self.log.replace(self.log.with_suffix(".old.log"))
            self.child = subprocess.Popen(
                self.command,
                env=self.variables,
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(self.orphaned_with),
                user=self.user,
                extra_groups=[] if self.user is not None else None,
                umask=0o077,
            )
        self.started_at, self.retry_at = time.monotonic(), None

    @property
    def is_running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self.child is not None and self.child.poll() is None

    def ask_to_stop(self) -> None:
        """Send its stop signal."""
        if self.child is not None and self.child.poll() is None:
            self.child.send_signal(self.stop_with)

    def end(self, deadline: float) -> None:
        """Wait for it until the deadline, then kill it and all that it started."""
        if self.child is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def await_ready(self, is_ready: Callable[[], bool], seconds: float = 120.0) -> None:
        """Wait until it answers; end with its last words when it dies or does not answer in time."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if not self.is_running or time.monotonic() > deadline:
                stop(f"{self.name} did not start. The end of {self.log}:\n\n{self.last_words()}")
            time.sleep(0.05)


class Terminated(KeyboardInterrupt):
    """Somebody other than the keyboard asked us to stop."""


def listen() -> None:
    """From here on SIGTERM, and a closed terminal unless the caller made us deaf to that, stop us like Ctrl-C does."""
    signal.signal(signal.SIGTERM, _terminate)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _terminate)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def be_deaf() -> None:
    """While stopping: it takes seconds, and a second Ctrl-C must not leave half of it behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def attend(command: list[str], variables: dict[str, str]) -> int:
    """Run a command at this terminal and return its exit status. Ctrl-C is the command's business; SIGTERM is passed on to it."""
    with subprocess.Popen(command, env=variables, preexec_fn=die_with_parent(signal.SIGTERM)) as child:
        while True:
            try:
                return child.wait()
            except Terminated:
                child.terminate()
            except KeyboardInterrupt:
                continue


def end_all(processes: Iterable[Process]) -> None:
    """Stop these at the same time, each with its own patience."""
    running = [process for process in processes if process.child is not None]
    for process in running:
        process.ask_to_stop()
    begun = time.monotonic()
    for process in running:
        process.end(begun + process.patience)


def keep_running(processes: list[Process]) -> None:
    """Start again what dies, after a pause that doubles each time, until a KeyboardInterrupt."""
    while True:
        for process in processes:
            _look_after(process, time.monotonic())
        time.sleep(0.2)


def _look_after(process: Process, now: float) -> None:
    if process.is_running:
        if now - process.started_at > 60:
            process.failures = 0
        return
    if process.retry_at is None and process.child is not None:
        pause = min(30, 2**process.failures)
        process.failures += 1
        process.retry_at = now + pause
        step(f"{process.name} ended ({_outcome(process.child.returncode)}); starting it again in {pause} s. Its log: {process.log}")
    elif process.retry_at is not None and now >= process.retry_at:
        process.start()


def _outcome(status: int) -> str:
    return f"exit status {status}" if status >= 0 else signal.Signals(-status).name
