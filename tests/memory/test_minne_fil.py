"""Minnefilen: alt eller ingenting, bare tillegg, flere prosesser, og kill -9 midt i en skriving."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from avgjorelser import MAT, NAAR, avgjort
from hypothesis import given
from hypothesis import strategies as st

from kontoplan import UserError
from kontoplan.avgjorelse import Avgjorelse, Svar
from kontoplan.memory import Minne
from kontoplan.memory.transfer import from_csv, to_csv
from kontoplan.sak import Andel

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
LINUX = pytest.mark.skipif(sys.platform == "win32", reason="Windows har ikke SIGKILL")


def learn(path: Path, *decisions: Avgjorelse) -> int | None:
    return Minne(path).laer(decisions, "plan.koblet.xlsx", NAAR).runde


def test_det_som_er_lart_huskes_slik_det_ble_sagt(tmp_path: Path) -> None:
    split = Svar("fordeles", fordeling=(Andel("202", 0.6, "timer"), Andel("222", 0.4, "")))
    said = [
        avgjort(),
        avgjort(replace(MAT, lokal_kode="12"), svar=split, kommentar="Etter møte", sammenheng="ABCDEFGH"),
    ]
    learn(tmp_path / "m.db", *said)
    assert Minne(tmp_path / "m.db").avgjorelser("", "kommune") == said


def test_a_lare_det_samme_igjen_legger_ikke_til_noe(tmp_path: Path) -> None:
    store = Minne(tmp_path / "m.db")
    assert learn(store.path, avgjort()) == 1
    again = store.laer([avgjort(dager=9, fil="kopi.xlsx", rad=7)], "kopi.xlsx", NAAR)
    assert (again.nye, again.uendret, again.runde) == ((), 1, None)
    assert len(store.runder()) == 1


def test_en_endret_mening_legges_til_og_sier_hva_som_gjaldt_for(tmp_path: Path) -> None:
    store = Minne(tmp_path / "m.db")
    learn(store.path, avgjort())
    changed = store.laer([avgjort(kode="120", dager=1)], "b.xlsx", NAAR)
    assert [(ny.svar.kode, gammel.svar.kode) for ny, gammel in changed.endret] == [("120", "115")]
    back = store.laer([avgjort(dager=2)], "b.xlsx", NAAR)
    assert [d.svar.kode for d in back.nye] == ["115"]
    assert [d.svar.kode for d in store.avgjorelser()] == ["115", "120", "115"]


def test_et_nytt_ar_er_en_ny_avgjorelse(tmp_path: Path) -> None:
    learn(tmp_path / "m.db", avgjort(aar=2025))
    assert learn(tmp_path / "m.db", avgjort(aar=2026)) == 2


def test_kommuner_og_regnskap_holdes_fra_hverandre(tmp_path: Path) -> None:
    store = Minne(tmp_path / "m.db")
    learn(store.path, avgjort(kommune="Lillevik kommune"), avgjort(kommune="Storevik"), avgjort(regnskap="kirke"))
    assert [d.kommune for d in store.avgjorelser("LILLEVIK", "kommune")] == ["Lillevik kommune"]
    assert store.avgjorelser("", "kommune") == []
    assert store.kommuner() == ["", "Lillevik kommune", "Storevik"]


def test_a_angre_legger_til_at_runden_ikke_gjelder(tmp_path: Path) -> None:
    store = Minne(tmp_path / "m.db")
    learn(store.path, avgjort())
    learn(store.path, avgjort(kode="120", dager=1))
    assert store.angre(None, NAAR).nummer == 2
    assert [d.svar.kode for d in store.avgjorelser()] == ["115"]
    assert [bool(r.angret) for r in store.runder()] == [False, True]
    assert learn(store.path, avgjort(kode="120", dager=1)) == 3


@pytest.mark.parametrize(("nummer", "code"), [(2, "ukjent-runde"), (1, "alt-angret"), (None, "ingenting-a-angre")])
def test_det_som_ikke_kan_angres_sier_hvorfor(nummer: int | None, code: str, tmp_path: Path) -> None:
    store = Minne(tmp_path / "m.db")
    learn(store.path, avgjort())
    store.angre(1, NAAR)
    with pytest.raises(UserError) as error:
        store.angre(nummer, NAAR)
    assert error.value.code == code


@pytest.mark.parametrize(
    "statement", ["UPDATE avgjorelse SET kode = '120'", "DELETE FROM avgjorelse", "DELETE FROM runde"]
)
def test_filen_selv_nekter_endring_og_sletting(statement: str, tmp_path: Path) -> None:
    learn(tmp_path / "m.db", avgjort())
    with closing(sqlite3.connect(tmp_path / "m.db")) as db, pytest.raises(sqlite3.IntegrityError, match="legges bare"):
        db.execute(statement)


def test_fodselsnummer_lagres_aldri(tmp_path: Path) -> None:
    nummer = "01017012345"
    learn(
        tmp_path / "m.db",
        avgjort(lokal_navn=f"Lån {nummer}", kommentar=f"se {nummer}", hvem=nummer, fil=f"{nummer}.xlsx", ark=nummer),
    )
    assert nummer.encode() not in (tmp_path / "m.db").read_bytes()


def test_alt_eller_ingenting_nar_noe_gar_galt_underveis(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    learn(path, avgjort())
    broken = replace(avgjort(dager=1, kode="120"), rad=2**70)  # for stort for SQLite
    with pytest.raises(OverflowError):
        learn(path, avgjort(replace(MAT, lokal_kode="9")), broken)
    assert [d.svar.kode for d in Minne(path).avgjorelser()] == ["115"]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: p.write_bytes(b"ikke en database, bare tekst" * 50), "skadet-minne"),
        (lambda p: closing(sqlite3.connect(p)).__enter__().execute("CREATE TABLE x (y)"), "ikke-minne"),
        (lambda p: p.mkdir(), "minne-utilgjengelig"),
    ],
)
def test_en_annen_fil_rores_ikke(make: Callable[[Path], object], code: str, tmp_path: Path) -> None:
    path = tmp_path / "annet.db"
    kept = make(path)
    before = path.read_bytes() if path.is_file() else b""
    for use in (lambda: learn(path, avgjort()), lambda: Minne(path).avgjorelser()):
        with pytest.raises(UserError) as error:
            use()
        assert error.value.code == code
    assert (path.read_bytes() if path.is_file() else b"") == before
    if isinstance(kept, sqlite3.Cursor):
        kept.connection.close()


def test_en_tom_fil_etter_en_avbrutt_forste_skriving_er_et_minne_uten_avgjorelser(tmp_path: Path) -> None:
    path = tmp_path / "tomt.db"
    path.touch()
    assert Minne(path).avgjorelser() == []
    assert path.read_bytes() == b""
    learn(path, avgjort())
    assert Minne(path).avgjorelser("", "kommune") == [avgjort()]


def test_et_minne_fra_en_nyere_utgave_brukes_ikke(tmp_path: Path) -> None:
    learn(tmp_path / "m.db", avgjort())
    with closing(sqlite3.connect(tmp_path / "m.db")) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(UserError) as error:
        Minne(tmp_path / "m.db").avgjorelser()
    assert error.value.code == "nyere-minne"


def test_en_avgjorelse_noen_har_klusset_med_er_en_feil(tmp_path: Path) -> None:
    learn(tmp_path / "m.db", avgjort())
    with closing(sqlite3.connect(tmp_path / "m.db")) as db:
        db.execute("DROP TRIGGER avgjorelse_UPDATE")
        db.execute("UPDATE avgjorelse SET kode = '=1+1'")
        db.commit()
    with pytest.raises(UserError) as error:
        Minne(tmp_path / "m.db").avgjorelser()
    assert error.value.code == "skadet-minne"


WRITER = """
import sys
from dataclasses import replace
sys.path.insert(0, sys.argv[3])
from avgjorelser import MAT, NAAR, avgjort
from kontoplan.memory import Minne
store, who = Minne(sys.argv[1]), sys.argv[2]
print("klar", flush=True)
sys.stdin.readline()
for batch in range(int(sys.argv[4])):
    store.laer([avgjort(replace(MAT, lokal_kode=f"{who}-{batch}-{at}")) for at in range(20)], who, NAAR)
    print(batch, flush=True)
"""


def writer(path: Path, who: str, batches: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), who, str(HERE), str(batches)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def start(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == "klar\n"
    process.stdin.write("\n")
    process.stdin.flush()


def test_to_prosesser_kan_lare_samtidig_i_et_minne_ingen_har_laget(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    both = [writer(path, who, 10) for who in ("A", "B")]
    for process in both:
        start(process)
    for process in both:
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert len(Minne(path).runder()) == 20
    assert len(Minne(path).avgjorelser()) == 400


@LINUX
def test_kill_9_midt_i_en_skriving_gir_hele_runder_og_et_minne_som_virker(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    for attempt in range(6):
        process = writer(path, f"forsøk{attempt}", 10_000)
        start(process)
        assert process.stdout
        for _ in range(3):
            process.stdout.readline()
        time.sleep(0.003 * attempt)  # drep den på ulike steder i en runde
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        rounds = Minne(path).runder()
        assert {r.antall for r in rounds} == {20}
        assert len(Minne(path).avgjorelser()) == 20 * len(rounds)
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert learn(path, avgjort())


@LINUX
def test_en_skriving_som_blir_drept_for_den_er_ferdig_har_aldri_skjedd(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    learn(path, avgjort())
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from kontoplan.memory.file import writing\n"
        "with writing(Path(sys.argv[1])) as db:\n"
        "    db.execute('PRAGMA cache_spill = ON'); db.execute('PRAGMA cache_size = 1')\n"
        "    for at in range(5000):\n"
        "        db.execute('INSERT INTO runde (naar, hva, fil) VALUES (?, ?, ?)', ('x' * 500, 'laer', str(at)))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False, env=env)
    assert done.returncode == -signal.SIGKILL
    assert path.with_name("m.db-journal").exists()  # den halve skrivingen sto alt i filen
    assert [d.svar.kode for d in Minne(path).avgjorelser()] == ["115"]
    assert len(Minne(path).runder()) == 1


TEKST = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
AVGJORELSER = st.builds(
    avgjort,
    st.builds(replace, st.just(MAT), lokal_navn=TEKST, lokal_kode=st.sampled_from(["010", "=1+1", "@x", "'a", ""])),
    kommentar=TEKST,
    hvem=TEKST,
    kommune=TEKST,
    dager=st.integers(0, 400),
    svar=st.sampled_from(
        [
            Svar("kode", "115"),
            Svar("kode", "10", "320"),
            Svar("rapporteres ikke"),
            Svar("rapporteres ikke", "290"),
            Svar("fordeles", fordeling=(Andel("202", 0.3333, "=a;b"), Andel("222", 0.6667, '"'))),
        ]
    ),
)


@given(st.lists(AVGJORELSER, max_size=4))
def test_eksport_og_import_gir_det_samme(decisions: list[Avgjorelse]) -> None:
    content = to_csv(decisions)
    assert from_csv(content, "m.csv") == decisions
    for line in content.decode("utf-8-sig").splitlines()[1:]:
        assert not any(cell.strip('"').startswith(("=", "@")) for cell in line.split(";")[:4])


def test_import_legger_bare_til_det_som_mangler(tmp_path: Path) -> None:
    store = Minne(tmp_path / "m.db")
    learn(store.path, avgjort())
    other = avgjort(replace(MAT, lokal_kode="9"))
    assert store.importer([avgjort(), other, other], "m.csv", NAAR).nye == (other,)
    assert store.importer([avgjort(), other], "m.csv", NAAR).runde is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda b: b.decode("utf-8-sig").replace("Matvarer", "Mø").encode("latin-1"), "ikke-utf8"),
        (lambda b: b.replace(b"konto;", b"x;"), "ikke-minneeksport"),
        (lambda b: b.replace(b";2026;", b";i fjor;"), "ugyldig-avgjorelse"),
        (lambda b: b.replace(b";kode;115;", b";kode;=115;"), "ugyldig-avgjorelse"),
        (lambda b: b.replace(b";art;", b";arter;"), "ugyldig-avgjorelse"),
        (lambda b: b.replace(b"2026-03-12T10:00:00+00:00", b"12.3.2026"), "ugyldig-avgjorelse"),
        (lambda _: b"", "ikke-minneeksport"),
    ],
)
def test_en_csv_som_ikke_er_et_minne_avvises_med_sted(change: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(UserError) as error:
        from_csv(change(to_csv([avgjort()])), "m.csv")
    assert error.value.code == code
    if code == "ugyldig-avgjorelse":
        assert "m.csv, rad 2, kolonnen" in error.value.message
