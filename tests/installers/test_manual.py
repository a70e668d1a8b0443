"""The manual pages tell all that the command lines take."""

import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from linepaint.trainer.cli import main as train
from linepaint.trainer.commands import COMMANDS

from installers.linux.manual import page, write_pages
from installers.product import PRODUCT
from linepaint.cli import main

DAY = datetime(2026, 3, 4, tzinfo=UTC)
PAINT, TRAIN = PRODUCT.programs


def plain(text):
    """A page without its escapes."""
    return re.sub(r"\\f[BIR]|\\&|\\:", "", text).replace("\\-", "-")


def options_of(run, capsys, *words):
    """The long options that --help lists."""
    with pytest.raises(SystemExit) as ended:
        run([*words, "--help"])
    assert ended.value.code == 0
    return set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", capsys.readouterr().out))


@pytest.mark.parametrize("job", [[], ["colorize"], ["lines"]])
def test_every_option_of_linepaint_is_there(job, capsys):
    assert options_of(main, capsys, *job) <= set(re.findall(r"--[a-z][a-z0-9-]*", plain(page(PAINT, DAY))))


def test_every_job_of_linepaint_train_is_there_with_its_options(capsys):
    text = plain(page(TRAIN, DAY))
    jobs = [module.__name__.rpartition(".")[2] for module in COMMANDS]
    sections = dict(re.findall(r'^\.SS "linepaint-train (\w+)"\n(.*?)(?=^\.S[SH])', text, re.MULTILINE | re.DOTALL))
    assert list(sections) == jobs
    for job in jobs:
        assert options_of(train, capsys, job) <= set(re.findall(r"--[a-z][a-z0-9-]*", sections[job])), job


def test_defaults_are_filled_in_and_nothing_is_left_of_argparse():
    for program in PRODUCT.programs:
        assert not re.search(r"%\(|==SUPPRESS==", page(program, DAY))


def test_the_pages_name_program_version_and_day(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(DAY.timestamp())))
    paths = write_pages(tmp_path / "man")
    assert [path.name for path in paths] == ["linepaint.1", "linepaint-train.1"]
    for path, program in zip(paths, PRODUCT.programs, strict=True):
        heading = path.read_text("utf-8").splitlines()[0]
        assert heading.startswith(f".TH {program.name.upper()} 1 2026-03-04 ") and PRODUCT.version in heading


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
@pytest.mark.parametrize("program", PRODUCT.programs, ids=lambda program: program.name)
def test_groff_has_nothing_to_complain_about(program):
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww"], input=page(program, DAY), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert program.summary.split()[0] in done.stdout
