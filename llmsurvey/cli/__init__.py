"""The command line: it parses, calls one function of the library, and prints what comes back."""

import gc
import os
import signal
import sys
from typing import NoReturn

_INTERRUPTED = 130
"""`errors.ExitCode.INTERRUPTED`, before any module of the program is loaded."""

_OBJECTS = 200_000
"""New objects after which cycles among them are looked for: more than loading the largest library makes."""


def main() -> NoReturn:
    """Run the command line of this process and end it."""
    asked = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not where Ctrl-C is ignored, as by nohup
    if asked:
        signal.signal(signal.SIGINT, _leave)
    gc.set_threshold(_OBJECTS)
    # A process that multiprocessing starts imports the module that was started first, and so this one, to no use.
    from llmsurvey.cli import run  # noqa: PLC0415 - as said

    if asked:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    code = run.run(sys.argv[1:])
    if asked:
        signal.signal(signal.SIGINT, _leave)
    if code == _INTERRUPTED:
        exec("")  # noqa: S102 - where Ctrl-C met an `exec` of a library, Python would end as if nobody had answered it
    gc.freeze()  # the end of a process looks for cycles once more, which takes as long as a short command
    sys.exit(code)


def _leave(*_: object) -> NoReturn:
    """End at once: while the modules load nothing is begun, and after the command nothing is left to do."""
    os.write(2, b"llmsurvey: interrupted\n")
    os._exit(_INTERRUPTED)
