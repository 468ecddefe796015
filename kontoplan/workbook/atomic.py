"""Skriver en fil helt eller ikke i det hele tatt: først en midlertidig fil ved siden av, så et bytte."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable


def check_target(path: Path, *, overskriv: bool) -> Path:
    """Kontrollerer at filen kan skrives, før noe tungt gjøres, og gir målet med symbolske lenker fulgt.

    Raises:
        UserError: mappen mangler, stien er en mappe, eller filen finnes og ``overskriv`` er usann.
    """
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise UserError(f"Mappen {target.parent} finnes ikke; opprett den eller velg en annen.", code="mangler-mappe")
    if target.is_dir():
        raise UserError(f"{path} er en mappe; gi navnet på en fil i den.", code="er-mappe")
    if target.exists() and not overskriv:
        raise UserError(
            f"Filen {path} finnes fra før; bruk --overskriv eller velg et annet navn.", code="finnes-fra-for"
        )
    return target


def write_bytes(path: Path, content: bytes, *, overskriv: bool = False) -> None:
    """Skriver ``content`` slik at enten den gamle eller den hele nye filen finnes, også ved avbrudd.

    Raises:
        UserError: filen finnes fra før, er åpen i Excel, disken er full, eller mappen kan ikke skrives i.
    """
    write_with(path, lambda temporary: _write_and_flush(temporary, content), overskriv=overskriv)


def write_with(path: Path, fill: Callable[[Path], None], *, overskriv: bool = False) -> None:
    """Som ``write_bytes``, for det som er for stort til å ligge i minnet: ``fill`` skriver filen den får navnet på.

    Raises:
        UserError: som ``write_bytes``.
    """
    target = check_target(path, overskriv=overskriv)
    temporary = target.parent / f".kontoplan-{secrets.token_hex(6)}.tmp"
    try:
        fill(temporary)
        _replace(temporary, target)
    except OSError as error:
        raise _explained(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_and_flush(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _replace(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except PermissionError as error:
        raise UserError(
            f"Kan ikke erstatte {target}; lukk filen hvis den er åpen i Excel, og prøv igjen.", code="fil-i-bruk"
        ) from error


def _explained(error: OSError, path: Path) -> UserError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return UserError(
            f"Det er ikke plass på disken til {path}; frigjør plass eller velg et annet sted.", code="full-disk"
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserError(
            f"Du har ikke lov til å skrive i mappen {path.parent}; velg en annen mappe.", code="ingen-skrivetilgang"
        )
    return UserError(f"Klarte ikke å skrive {path}; velg et annet navn eller sted.", code="kan-ikke-skrive")
