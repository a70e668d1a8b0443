"""The manual pages of both programs, written from the parsers of their command lines: man(7) with the macros of groff.

python -m installers.linux.manual FOLDER
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

# The parsers have no public names; nothing else tells what the command lines take.
from linepaint.trainer.cli import _parser as _trainer_parser

from linepaint.cli import _application_parser, _colorize_parser, _lines_parser

from ..product import PRODUCT, Program
from .moment import moment

Parser = argparse.ArgumentParser
STATUS = (
    ("0", "Everything was done."),
    ("2", "Something was refused or failed; one line on the standard error output says what and why."),
    ("130", "It was stopped by Ctrl\u2011C."),
)
SAID_OF_JOBS = "It does one job at a time, each with options of its own."
FILES: dict[str, tuple[tuple[str, str], ...]] = {
    "linepaint": (
        ("~/.config/linepaint/", "Settings."),
        ("~/.local/share/linepaint/autosave/", "Copies of drawings that were not saved yet."),
    ),
    "linepaint-train": (),
}


def write_pages(folder: Path) -> list[Path]:
    """Write a page for each program into `folder`, which is made if need be; their paths. Raises BuildError."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for program in PRODUCT.programs:
        path = folder / f"{program.name}.1"
        path.write_text(page(program, moment()), "utf-8", newline="\n")
        paths.append(path)
    return paths


def page(program: Program, written: datetime) -> str:
    """The page of a program, in roff."""
    parser, jobs = _parsers(program)
    others = [other for other in PRODUCT.programs if other != program]
    description = PRODUCT.description if program.windowed else f"{parser.description} {SAID_OF_JOBS}"
    source = f"{PRODUCT.title} {PRODUCT.version}"
    parts = [
        f".TH {program.name.upper()} 1 {written:%Y-%m-%d} {_quoted(source)} {_quoted('User Commands')}",
        ".SH NAME",
        f"{_roff(program.name)} \\- {_roff(program.summary)}",
        ".SH SYNOPSIS",
        *(line for each in (parser, *jobs) if not _subparsers(each) for line in _synopsis(each)),
        ".SH DESCRIPTION",
        _roff(description),
        ".SH OPTIONS",
        *_options(parser),
    ]
    if jobs:
        parts.append(".SH COMMANDS")
    for job, said in jobs.items():
        parts += [f".SS {_quoted(job.prog)}", _roff(_sentence(job.description or said)), *_options(job)]
    parts += [".SH EXIT STATUS", *(line for term, said in STATUS for line in _term(_bold(term), said))]
    if FILES[program.name]:
        parts += [".SH FILES", *(line for term, said in FILES[program.name] for line in _term(_italic(term), said))]
    parts += [".SH SEE ALSO", ", ".join(f"{_bold(other.name)}(1)" for other in others)]
    return "\n".join(parts) + "\n"


def _parsers(program: Program) -> tuple[Parser, dict[Parser, str]]:
    """The parser of the program, and those of its jobs with what the list of jobs says of them."""
    if program.windowed:
        return _application_parser(), {_colorize_parser(): "", _lines_parser(): ""}
    parser = _trainer_parser()
    jobs: dict[Parser, str] = {}
    for action in _subparsers(parser):
        said = {each.dest: each.help or "" for each in action._choices_actions}
        jobs.update({job: said[name] for name, job in action.choices.items()})
    return parser, jobs


def _subparsers(parser: Parser) -> list[argparse._SubParsersAction[Parser]]:
    return [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]


def _synopsis(parser: Parser) -> Iterator[str]:
    formatter = argparse.HelpFormatter(parser.prog, width=100_000)
    formatter.add_usage(parser.usage, parser._actions, parser._mutually_exclusive_groups, prefix="")
    arguments = formatter.format_help().strip().removeprefix(parser.prog).strip()
    yield f".SY {_quoted(parser.prog)}"
    # Long lists of choices may be broken after a comma.
    yield _roff(arguments).replace(",", ",\\:")
    yield ".YS"


def _options(parser: Parser) -> Iterator[str]:
    """What a parser takes, first what stands for itself."""
    formatter = argparse.HelpFormatter(parser.prog)
    taken = [action for action in parser._actions if not isinstance(action, argparse._SubParsersAction)]
    for action in sorted(taken, key=lambda action: bool(action.option_strings)):
        if action.help != argparse.SUPPRESS:
            # argparse alone knows how to fill %(default)s and its like in.
            said = formatter._expand_help(action) if action.help else ""
            yield from _term(_invocation(action, formatter), _sentence(said))


def _invocation(action: argparse.Action, formatter: argparse.HelpFormatter) -> str:
    if not action.option_strings:
        return _italic(formatter._metavar_formatter(action, action.dest)(1)[0])
    value = "" if action.nargs == 0 else " " + _italic(formatter._format_args(action, action.dest.upper()))
    return ", ".join(f"{_bold(option)}{value}" for option in action.option_strings)


def _sentence(text: str) -> str:
    """With a capital letter and a full stop, where a word stands first and no stop last."""
    text = " ".join(text.split())
    if text[:1].islower() and not text.startswith(("auto,", "auto:")):
        text = text[0].upper() + text[1:]
    return text if not text or text.endswith((".", ";")) else f"{text}."


def _term(term: str, said: str) -> Iterable[str]:
    return (".TP", term, _roff(said)) if said else (".TP", term)


def _bold(text: str) -> str:
    return f"\\fB{_escaped(text)}\\fR"


def _italic(text: str) -> str:
    return f"\\fI{_escaped(text)}\\fR"


def _roff(text: str) -> str:
    """A paragraph that cannot be taken for a request, which a dot or an apostrophe begins."""
    text = _escaped(" ".join(text.split()))
    return f"\\&{text}" if text.startswith((".", "'")) else text


def _quoted(text: str) -> str:
    """An argument of a request; none of ours holds a quotation mark."""
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """With a hyphen that can be copied, and a backslash and other letters as roff writes them."""
    named = {
        "\\": "\\e",
        "-": "\\-",
        "\u2011": "\\-",
        "×": "\\(mu",
        "²": "\\(S2",
        "λ": "\\(*l",
        "·": "\\(pc",
        "'": "\\(aq",
    }
    return "".join(named.get(letter, letter if letter.isascii() else f"\\[u{ord(letter):04X}]") for letter in text)


if __name__ == "__main__":
    for written in write_pages(Path(sys.argv[1])):
        print(written)
