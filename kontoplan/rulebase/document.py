"""YAML med linjenumre: hvert oppslag vet hvilken linje nøklene sine står på."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import yaml


class Block(dict[str, Any]):
    """Et oppslag (nøkler og verdier) med linjen det begynner på og linjen til hver nøkkel."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}
        self.doubled: list[tuple[str, int]] = []


class DocumentError(Exception):
    """Filen er ikke YAML; ``line`` er linjen det går galt på."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def load(path: Path) -> object:
    """Innholdet i en YAML-fil: lister, tekst, tall og ``Block``.

    Raises:
        DocumentError: filen er ikke gyldig YAML i UTF-8.
    """
    import yaml  # noqa: PLC0415 - lastes bare når reglene leses fra kilden

    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DocumentError(str(error.problem or "ikke gyldig YAML"), mark.line + 1 if mark else 1) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DocumentError("ikke gyldig YAML i UTF-8", 1) from error
    return _value(node) if node is not None else []


def _value(node: yaml.Node) -> object:
    match getattr(node, "id", ""):
        case "mapping":
            return _block(node)
        case "sequence":
            return [_value(item) for item in node.value]
    return _scalar(node)


def _scalar(node: yaml.Node) -> object:
    """Tekst forblir tekst, så koden ``010`` ikke blir et tall; bare årstall og ja/nei-verdier står uten anførselstegn."""
    return None if node.tag.endswith(":null") else str(node.value)


def _block(node: yaml.Node) -> Block:
    block = Block(node.start_mark.line + 1)
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in block:
            block.doubled.append((name, line))
        block[name] = _value(value)
        block.lines[name] = line
    return block
