"""Plans as user units of systemd: a service and a timer each (systemd.service(5), systemd.timer(5)). No I/O."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from llmsurvey.schedule.launch import Launch
from llmsurvey.schedule.plan import PLANS, SPREAD_MINUTES, Plan, Timing

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FOLDER = "~/.config/systemd/user"
_SECRETS = (
    "# What holds a secret may stand in this file of yours, as NAME=value, for your eyes only.",
    "EnvironmentFile=-%h/.config/llmsurvey/secrets.env",
)
_QUOTES = set("\"'\\")
_BARE = re.compile(r"[A-Za-z0-9_./:=@,+-]+")


@dataclass(frozen=True, slots=True)
class UnitFile:
    """One file of units."""

    name: str
    text: str


def unit_files(launch: Launch, times: dict[str, Timing], remarks: list[str]) -> tuple[UnitFile, ...]:
    """Return the files of all plans; `times` are in UTC, by the plan's name."""
    return tuple(file for plan in PLANS for file in _pair(plan, launch, times[plan.name], remarks))


def systemd_text(files: tuple[UnitFile, ...]) -> str:
    """Return the files behind one another, each under its path, and how they are put to work."""
    timers = " ".join(file.name for file in files if file.name.endswith(".timer"))
    head = (
        f"# Put each part below into the file it names, then:\n"
        f"#   systemctl --user daemon-reload && systemctl --user enable --now {timers}\n"
        f"#   loginctl enable-linger   (so that the timers run while you are logged out)\n"
        f"# `systemctl --user list-timers` tells the next run, `journalctl --user -u 'llmsurvey-*'` what was said.\n"
    )
    return head + "\n".join(f"\n# ---- {_FOLDER}/{file.name}\n{file.text}".rstrip() for file in files)


def calendar(when: Timing) -> str:
    """Return a time in UTC as systemd.time(7) writes it."""
    weekday = f"{_WEEKDAYS[when.weekday - 1]} " if when.weekday else ""
    day = f"{when.day:02}" if when.day else "*"
    return f"{weekday}*-*-{day} {when.hour:02}:{when.minute:02}:00 UTC"


def _pair(plan: Plan, launch: Launch, when: Timing, remarks: list[str]) -> Iterator[UnitFile]:
    name = f"llmsurvey-{launch.survey_id}-{plan.name}"
    yield UnitFile(f"{name}.service", _service(plan, launch, remarks))
    yield UnitFile(f"{name}.timer", _timer(plan, when))


def _service(plan: Plan, launch: Launch, remarks: list[str]) -> str:
    program, *rest = _startable(launch.arguments(plan.command))
    # systemd puts variables into the arguments, but not into the path of the program itself.
    command = " ".join([_word(program), *(_word(part.replace("$", "$$")) for part in rest)])
    environment = launch.environment_for(plan.name)
    lines = [
        "[Unit]",
        f"Description=llmsurvey, {plan.name}: {plan.meaning}",
        "",
        "[Service]",
        "Type=oneshot",
        f"WorkingDirectory={_specifiers(str(launch.folder))}",
        *(f"Environment={_word(f'{name}={value}')}" for name, value in environment.items()),
        *(f"# {remark}" for remark in remarks),
        *(_SECRETS if launch.withheld else []),
        f"ExecStart={command}",
        "StandardOutput=null",
        "Nice=10",
        "# 3: done, but gaps remain, which the next run refills; 5: another run is at work.",
        "SuccessExitStatus=3 5",
    ]
    return "\n".join(lines) + "\n"


def _startable(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """Let `env` start a program whose path has quotes, which systemd takes in arguments only."""
    return ("/usr/bin/env", *arguments) if set(arguments[0]) & _QUOTES else arguments


def _timer(plan: Plan, when: Timing) -> str:
    lines = [
        "[Unit]",
        f"Description=llmsurvey, {plan.name} timer",
        "",
        "[Timer]",
        "# Not between 20:00 and 00:30 in US Eastern time, when arXiv announces.",
        f"OnCalendar={calendar(when)}",
        f"RandomizedDelaySec={SPREAD_MINUTES}min",
        "# A run that was missed, since the machine was off, is made up for.",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return "\n".join(lines) + "\n"


def _word(text: str) -> str:
    """Quote a word where it needs quotes (systemd.syntax(7), Quoting)."""
    text = _specifiers(text)
    if _BARE.fullmatch(text.replace("%%", "").replace("$", "")):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _specifiers(text: str) -> str:
    """Keep percent signs from being read as specifiers."""
    return text.replace("%", "%%")
