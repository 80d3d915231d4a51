"""The shape of the code: budgets on the tail, and nothing of this machine."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "accounts", "charter", "endorsement", "programme", "review", "steering", "training", "web", "tools",
)  # fmt: skip
MOST_LINES_OF_CODE, MOST_LINES_OF_A_FUNCTION, MOST_LINES_OF_A_TEMPLATE = 300, 40, 100
EXCEPTIONS: dict[str, str] = {}
"""Path, or path and function, to the reason why it may be longer."""

MODULES = sorted(file for name in PACKAGES for file in (ROOT / name).rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_of_code(source: str) -> int:
    lines = (line.strip() for line in source.splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))


def test_there_is_something_to_measure() -> None:
    assert len(MODULES) > 50
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_keeps_its_budget(path: Path) -> None:
    source = path.read_text()
    too_long = [
        f"{name_of(path)}: {node.name} has {length} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
        and f"{name_of(path)} {node.name}" not in EXCEPTIONS
    ]
    if name_of(path) not in EXCEPTIONS and lines_of_code(source) > MOST_LINES_OF_CODE:
        too_long.append(f"{name_of(path)} has {lines_of_code(source)} lines of code")
    assert not too_long


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_keeps_its_budget(path: Path) -> None:
    assert (
        name_of(path) in EXCEPTIONS
        or len(path.read_text().splitlines()) <= MOST_LINES_OF_A_TEMPLATE
    )


def test_an_exception_is_still_needed() -> None:
    assert all((ROOT / name.split()[0]).exists() for name in EXCEPTIONS)


def committed() -> list[Path]:
    """Every file that git has or would take.  The tests also run where there is no git."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("this is not a git clone, or git is not installed: apt install git")
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]
    assert len(files) > len(MODULES)
    return files


def test_nothing_of_this_machine_is_committed() -> None:
    home = re.compile(
        rb"/(?:home|root|Users|opt|work)/[a-z0-9_.-]+|--(?:index-url|find-links)\s+\S|https?://[^\s\"']*/simple\b"
        rb"|registry\.npmjs|files\.pythonhosted"
    )
    found = [
        f"{name_of(path)}: {match.group().decode()}"
        for path in committed()
        if path.suffix not in (".png", ".woff2") and path.name != Path(__file__).name
        if (match := home.search(path.read_bytes()))
    ]
    assert not found


def test_the_npm_lock_does_not_say_where_packages_came_from() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert '"packages"' in text
    assert '"resolved"' not in text


def test_every_template_is_used() -> None:
    """One that nothing names is dead."""
    sources = [*MODULES, *TEMPLATES, *sorted((ROOT / "templates").rglob("*.txt"))]
    text = "\n".join(path.read_text() for path in sources)
    unused = [
        name
        for path in TEMPLATES
        if (name := path.relative_to(ROOT / "templates").as_posix()) not in text
    ]
    assert not unused


def test_third_party_code_is_not_committed() -> None:
    names = {name_of(path).split("/")[0] for path in committed()}
    assert not names & {"node_modules", "static", "build", "instance", ".venv"}
