"""Åpner en hovedbok: innholdet avgjør formatet, og midlertidige filer blir borte når den lukkes."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kontoplan.chart import sniff
from kontoplan.errors import UserError
from kontoplan.ledger.limits import MAX_FILE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kontoplan.ledger.hovedbok import Hovedbok

ENDINGS = ".xlsx, .csv, .parquet eller SAF-T (.xml)"
_HEAD = 65536


@contextmanager
def open_ledger(
    path: Path,
    *,
    kolonner: str | Mapping[str, str] | None = None,
    ark: Sequence[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Iterator[Hovedbok]:
    """Åpner hovedboken, saldobalansen eller SAF-T-filen for lesing.

    Args:
        path: Filen; ``.xlsx .xlsm .xls .ods .csv .tsv .txt .parquet``, eller SAF-T Financial som ``.xml`` eller pakket i ``.zip``.
        kolonner: Overstyrer gjenkjenningen, f.eks. ``"konto=A,ansvar=B,funksjon=C,belop=D"``; bokstaver eller overskrifter.
        ark: Bare disse arkene i et regneark.
        progress: Kalles med en kort norsk setning for hvert steg.

    Yields:
        Hovedboken; rammen i den gjelder bare til blokken er ferdig.

    Raises:
        UserError: filen kan ikke leses, er for stor, eller mangler konto eller beløp.
    """
    path = Path(path)
    head = _start(path)
    with TemporaryDirectory(prefix="kontoplan-", ignore_cleanup_errors=True) as folder:
        yield _open(path, head, kolonner, ark, Path(folder), progress)


def _open(  # noqa: PLR0913, PLR0917 - det som trengs for å åpne én fil
    path: Path,
    head: bytes,
    kolonner: str | Mapping[str, str] | None,
    ark: Sequence[str] | None,
    folder: Path,
    progress: Callable[[str], None] | None,
) -> Hovedbok:
    # Leserne lastes når de trengs: en CSV-fil trenger verken calamine eller XML.
    from kontoplan.ledger import parquet, saft, sheets, textfile  # noqa: PLC0415

    if progress:
        progress(f"Åpner {path.name}")
    if head.startswith(b"PAR1"):
        return parquet.open_parquet(path, kolonner)
    if saft.is_saft(path, head):
        return saft.open_saft(path, kolonner, progress)
    if sniff.is_zip(head) or sniff.is_ole(head):
        return sheets.open_sheets(path, kolonner, ark, progress)
    foreign = sniff.foreign_kind(head) or ("en binærfil" if sniff.is_binary(head) else None)
    if foreign:
        raise UserError(
            f"{path.name} er ikke en hovedbok, men {foreign}; eksporter hovedboken som {ENDINGS}.", code="ikke-hovedbok"
        )
    return textfile.open_text(path, kolonner, folder, progress)


def _start(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError(f"{path} er en mappe; oppgi selve filen med hovedboken ({ENDINGS}).", code="er-mappe")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError(
                f"{path.name} er på over {MAX_FILE_BYTES / 1e9:.0f} GB; del hovedboken opp etter periode.",
                code="for-stor-fil",
            )
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError:
        raise UserError(f"Finner ikke filen {path}; kontroller navnet og mappen.", code="finnes-ikke") from None
    except PermissionError:
        raise UserError(
            f"Får ikke lese {path}; gi deg selv lesetilgang eller kopier filen til din egen mappe.",
            code="ingen-tilgang",
        ) from None
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UserError(f"{path.name} er tom; eksporter hovedboken på nytt.", code="tom-fil")
    return head
