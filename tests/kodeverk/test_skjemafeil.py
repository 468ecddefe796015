from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kontoplan.errors import UserError
from kontoplan.kodeverk import Kodeverk

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 0
APPEND = -1

# fil, linje (0 = overskriften, -1 = ny linje), ny tekst, feilkode, det meldingen må si
FEIL = [
    ("kodeverk/gyldighet.csv", APPEND, "artt,010,0A,2027,,,,k,kilde", "kodeverk-ukjent-dimensjon", "«dimensjon»: dimensjonen «artt» finnes ikke"),
    ("kodeverk/gyldighet.csv", APPEND, "art,010,0A,to,,,,k,kilde", "kodeverk-aarstall", "«aar_fra»: «to» er ikke et årstall"),
    ("kodeverk/gyldighet.csv", APPEND, "art,010,0G,2027,2026,,,k,kilde", "kodeverk-aarstall", "siste år 2026 kommer før første år 2027"),
    ("kodeverk/gyldighet.csv", APPEND, "art,010,0A,,,,,k,kilde", "kodeverk-mangler-verdi", "«aar_fra»: feltet er tomt"),
    ("kodeverk/gyldighet.csv", APPEND, "art,011,0A,2027,,,,k,kilde", "kodeverk-navn-mangler", "art 011 har ikke noe navn i navn.csv"),
    ("kodeverk/gyldighet.csv", APPEND, "art,010,0A,2027,,,,k,kilde", "kodeverk-overlapp", "overlapper et annet for samme kode på skjema 0A"),
    ("kodeverk/gyldighet.csv", APPEND, "art,010,0A,2027,,,,k,sikkert", "kodeverk-ukjent-verdi", "«sikkerhet»: «sikkert» er ikke lov"),
    ("kodeverk/gyldighet.csv", APPEND, "art,010,0A", "kodeverk-antall-felt", "linjen har 3 felt, men overskriften har 9"),
    ("kodeverk/gyldighet.csv", HEADER, "dimensjon,kode,skjema,aar_fra,aar_til,vilkar,merknad,kilde,trygghet", "kodeverk-mangler-kolonne", "«sikkerhet»: kolonnen mangler"),
    ("kodeverk/navn.csv", APPEND, "art,010,begge,Fastlønn,,,,k,kilde", "kodeverk-dobbel", "«art begge 010» står også på linje"),
    ("kodeverk/navn.csv", APPEND, "art,011,alle,Lønn,,,,k,kilde", "kodeverk-ukjent-verdi", "«gjelder»: «alle» er ikke lov"),
    ("kodeverk/navn.csv", APPEND, "art,011,begge,,,,,k,kilde", "kodeverk-mangler-verdi", "«navn»: feltet er tomt"),
    ("kodeverk/etterfolgere.csv", APPEND, "art,490,999,2020,k,antatt", "kodeverk-ukjent-kode", "«etterfolgere»: art 999 finnes ikke"),
    ("kodeverk/avledet.csv", APPEND, "art,999,510,2020,k,antatt", "kodeverk-ukjent-kode", "«kode»: art 999 finnes ikke"),
    ("kodeverk/interne.csv", APPEND, "art,999,kommune,2020,t,k,kilde", "kodeverk-ukjent-kode", "art 999 finnes ikke"),
    ("kodeverk/skjema.csv", APPEND, "0A,kommune,kommune,bevilgning,x,1,0,,k,kilde", "kodeverk-dobbel", "«0A» står også på linje 2"),
    ("kodeverk/kombinasjoner.csv", APPEND, "099,0A,drift,art,010,kanskje,,,feil,2021,,m,,k,kilde", "kodeverk-ukjent-verdi", "«krav»: «kanskje» er ikke lov"),
    ("kodeverk/kombinasjoner.csv", APPEND, "099,0A,drift,art,010,bare,art,020,feil,2021,,m,,k,kilde", "kodeverk-ukjent-verdi", "«krav_dimensjon»: «art» er ikke lov; bruk «funksjon»"),
    ("kodeverk/kombinasjoner.csv", APPEND, "099,0A,drift,art,010,forbudt,,,feil,2021,,{konto},,k,kilde", "kodeverk-melding", "bare ha feltene {funksjon} og {art}"),
    ("kodeverk/aar.csv", APPEND, "2026,k,kilde", "kodeverk-dobbel", "«2026» står også på linje"),
    ("avgrensninger/omfatter.csv", APPEND, "art,999,noe", "kodeverk-ukjent-kode", "art 999 står ikke i koder.csv"),
    ("avgrensninger/omfatter_ikke.csv", APPEND, "art,010,noe,999", "kodeverk-ukjent-kode", "«heller»: «999» er verken en kode"),
]  # fmt: skip


@pytest.mark.parametrize("feil", FEIL, ids=lambda feil: f"{feil[0]}: {feil[4]}")
def test_feil_i_filene_meldes_med_sted(rules: Path, feil: tuple[str, int, str, str, str]) -> None:
    fil, linje, tekst, code, melding = feil
    path = rules / fil
    lines = path.read_text(encoding="utf-8").splitlines()
    if linje == APPEND:
        lines.append(tekst)
    else:
        lines[linje] = tekst
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(UserError) as error:
        Kodeverk.for_aar(2026, rules=rules).avgrensning("art", "010")
    number = len(lines) if linje == APPEND else linje + 1
    assert error.value.code == code
    assert error.value.message.startswith(f"{path.name}, linje {number}, kolonnen «")
    assert melding in error.value.message


def test_fil_som_ikke_er_utf8(rules: Path) -> None:
    path = rules / "kodeverk" / "navn.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", errors="replace"))
    with pytest.raises(UserError) as error:
        Kodeverk.for_aar(2026, rules=rules)
    assert error.value.code == "kodeverk-uleselig"
