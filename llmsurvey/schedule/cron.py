"""Plans as lines of a crontab (crontab(5)), each with a mark at its end by which it is found again. No I/O."""

import shlex

from llmsurvey.errors import Stop
from llmsurvey.schedule.launch import Launch
from llmsurvey.schedule.plan import Plan, Timing

MARK = "# llmsurvey"
_LONGEST_COMMAND = 998
"""Signs of a command in Vixie cron, which Debian and the BSDs have (MAX_COMMAND in its cron.h)."""


def crontab_line(plan: Plan, launch: Launch, when: Timing) -> str:
    """Return a plan's line without its line end; `Stop` where cron would not take it.

    `env` sets what cron's bare environment lacks; behind `nice` a path with an equals sign is no assignment.
    """
    environment = " ".join(f"{name}={shlex.quote(value)}" for name, value in launch.environment_for(plan.name).items())
    arguments = shlex.join(launch.arguments(plan.command))
    command = f"cd {shlex.quote(str(launch.folder))} && env {environment} nice {arguments} >/dev/null"
    text = f"{command} {MARK} {plan.name} {launch.survey_id}".replace("%", r"\%")  # cron ends a command at a bare %
    if len(text.encode()) > _LONGEST_COMMAND:
        raise Stop(
            f"the crontab line of the {plan.name} plan has {len(text.encode())} signs, cron takes {_LONGEST_COMMAND}",
            hint="move settings from the environment into llmsurvey.toml, or see `llmsurvey schedule show --systemd`",
        )
    return f"{fields(when)} {text}"


def fields(when: Timing) -> str:
    """Return a time as crontab's five fields; Sunday is 0."""
    day = "*" if when.day is None else when.day
    weekday = "*" if when.weekday is None else when.weekday % 7
    return f"{when.minute} {when.hour} {day} * {weekday}"


def crontab_text(lines: list[str], remarks: list[str]) -> str:
    """Return the lines with what a reader of the crontab should know."""
    head = [
        "# Lines for a crontab: `llmsurvey schedule install` puts them there, `schedule remove` takes them out.",
        "# Nothing is said when all is well; whatever goes wrong is one paragraph, which cron mails to you.",
        *(f"# {remark}" for remark in remarks),
    ]
    return "\n".join([*head, *lines])
