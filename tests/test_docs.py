"""Dokumentasjonen skal være sann: alt en bruker kan skrive eller møte, er forklart, og lenkene finnes."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import get_args

import click
import pytest
import typer

import kontoplan
from kontoplan import judge
from kontoplan.chart import candidates, read
from kontoplan.chart.override import ROLES
from kontoplan.cli.app import app
from kontoplan.sak import Regnskap
from kontoplan.status import STATUSER

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")])
GUIDE = (ROOT / "docs/brukerveiledning.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUP = typer.main.get_command(app)
assert isinstance(GROUP, click.Group)
COMMANDS = dict(GROUP.commands)
# Underkommandoene («regler sjekk») beskrives sammen med kommandoen de hører til.
PARTS = {name: [c, *getattr(c, "commands", {}).values()] for name, c in COMMANDS.items()}
OPTIONS = [
    (name, option)
    for name, commands in PARTS.items()
    for command in commands
    for param in command.params
    if isinstance(param, click.Option)
    for option in (*param.opts, *param.secondary_opts)
]
# Satt sammen av deler, så denne filen ikke selv inneholder det den leter etter.
MACHINE_PATHS = re.compile("|".join(f"/{top}/" for top in ("work", "home", "root", "Users")))
REGISTRIES = re.compile("|".join(("py" + r"pi\.org", "python" + "hosted", "/simple" + "/")), re.IGNORECASE)


def section(text: str, heading: str) -> str:
    """Avsnittet under en overskrift på andre nivå."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"mangler avsnittet «{heading}»"
    return found[1]


def flag_ids() -> set[str]:
    """Id-ene koden kan gi et flagg, lest av kildekoden; en id satt sammen av klassen gir én per klasse."""
    found: set[str] = set()
    for path in (ROOT / "kontoplan").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Flagg":
                found |= strings(call.args[0])
    return found


def strings(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=other):
            return strings(body) | strings(other)
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), ast.FormattedValue()]):
            return {f"{start}{klasse}" for klasse in ("drift", "investering")}
    raise AssertionError(f"flagget på linje {node.lineno} har en id testen ikke kan lese: {ast.unparse(node)}")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_described(name: str) -> None:
    assert section(GUIDE, f"Kommandoen {name}")
    assert f"kontoplan {name}" in README


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_every_option_is_described_with_its_command(name: str, option: str) -> None:
    rows = [line for line in section(GUIDE, f"Kommandoen {name}").splitlines() if line.startswith("| `")]
    assert any(re.search(rf"`{re.escape(option)}[ `]", row.split("|")[1]) for row in rows)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_described_that_does_not_exist(name: str) -> None:
    written = set(re.findall(r"`(--?[a-zæøå][a-zæøå-]*)", section(GUIDE, f"Kommandoen {name}")))
    assert written <= {option for command, option in OPTIONS if command == name} | {"--help"}


@pytest.mark.parametrize("regnskap", get_args(Regnskap))
def test_every_kind_of_accounts_is_named(regnskap: str) -> None:
    takes = {name for name, option in OPTIONS if option == "--regnskap"}
    assert all(f"`{regnskap}`" in section(GUIDE, f"Kommandoen {name}") for name in takes)


@pytest.mark.parametrize("ordet", STATUSER.values(), ids=lambda o: o.status)
def test_every_status_is_explained(ordet: object) -> None:
    text = section(GUIDE, "Hva hver status betyr")
    word = STATUSER[ordet.status]  # type: ignore[attr-defined]
    assert f"| {word.merke} | `{word.status}` |" in text


def test_every_flag_is_explained_and_no_other() -> None:
    explained = set(re.findall(r"^\| `([a-z-]+)` \|", section(GUIDE, "Hva hvert flagg betyr"), re.MULTILINE))
    assert explained == flag_ids()


def test_the_flags_that_hold_back_an_account_say_so() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|(.*)$", section(GUIDE, "Hva hvert flagg betyr"), re.MULTILINE)
    assert {flag for flag, text in rows if "blir aldri «sikre»" in text} == judge._BLOCKING  # noqa: SLF001 - regelen er dommerens


@pytest.mark.parametrize("role", ROLES)
def test_every_column_role_is_explained(role: str) -> None:
    assert f"`{role}`" in section(GUIDE, "Hvordan kolonnene blir funnet")


def test_every_reason_for_skipping_rows_is_explained() -> None:
    names = ("SUM", "HEADING", "REPEATED", "FOOTER", "EMPTY", "TITLE", "HEADER")
    reasons = [*(getattr(candidates, name) for name in names), read.PROJECT, read.NO_TABLE]
    text = section(GUIDE, "Hva som blir hoppet over")
    assert [reason for reason in reasons if f"| {reason} |" not in text] == []


def test_every_direct_dependency_has_a_section() -> None:
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    for extra in PROJECT["project"].get("optional-dependencies", {}).values():
        wanted += extra
    names = {re.split(r"[<>=~!\[; ]", line)[0].lower() for line in wanted}
    text = (ROOT / "docs/avhengigheter.md").read_text(encoding="utf-8")
    assert {name.lower() for name in re.findall(r"^### (\S+)$", text, re.MULTILINE)} == names


@pytest.mark.parametrize("path", DOCS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        goal = (path.parent / file).resolve() if file else path
        if not goal.exists() or (anchor and anchor not in anchors(goal)):
            broken.append(target)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """Ankrene GitHub lager av overskriftene."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_layers_drawn_are_the_layers_checked() -> None:
    drawn = re.search(
        r"^```lag\n(.*?)^```$", (ROOT / "docs/arkitektur.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert drawn
    (contract,) = PROJECT["tool"]["importlinter"]["contracts"]
    assert drawn[1].splitlines() == contract["layers"]


def test_every_module_has_a_room_in_the_picture() -> None:
    text = section((ROOT / "docs/arkitektur.md").read_text(encoding="utf-8"), "Rommene")
    package = Path(kontoplan.__file__).parent
    rooms = {f"{p.name}/" for p in package.iterdir() if (p / "__init__.py").exists()}
    rooms |= {p.name for p in package.glob("*.py") if not p.name.startswith("__")}
    assert {room for room in rooms if f"`{room}`" not in text} == set()


def test_the_changelog_has_this_version() -> None:
    assert f"## [{kontoplan.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs/bilder").glob("*.png"))
    assert pictures
    assert all(path.stat().st_size < 300_000 for path in pictures)


def tracked_files() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("ikke et git-kodelager")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_machine_paths_or_registry_hosts_are_tracked() -> None:
    found = []
    for path in tracked_files():
        data = path.read_bytes()
        if b"\0" in data:
            continue
        for number, line in enumerate(data.decode("utf-8", errors="replace").splitlines(), 1):
            if MACHINE_PATHS.search(line) or REGISTRIES.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []
