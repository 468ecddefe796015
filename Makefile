# Alt som trengs er Python 3.11 eller nyere, make og pakkeregisteret.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := demo.koblet.xlsx
HOVEDBOK := demo-hovedbok.csv
NOKLER := demo-nokler.xlsx
BILAG := demo-bilag.xlsx
DEMOPLAN := demo-plan.xlsx
UTTREKK := demo-0A.dat

.PHONY: help demo demo-hovedbok test lint bench maalinger lock clean

help:  ## vis målene
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): requirements/utvikling.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kontoplan trenger Python 3.11 eller nyere; prøv make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/utvikling.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q kontoplan  # første kjøring skal ikke vente på oversetting
	touch $@

demo: $(READY)  ## koble den ekte kontoplanen i eksempler/ og skriv arbeidsboken
	$(BIN)/kontoplan koble eksempler/sogndal-2013.xlsx -o $(DEMO) --overskriv

demo-hovedbok: $(READY)  ## lag en eksempelhovedbok av åpne data, fordel serviceenhetene i den, og lag et kontrollert 0A av den
	$(BIN)/python -m bench.hovedbokdata $(HOVEDBOK) --nokler $(NOKLER) --kontoplan $(DEMOPLAN) --aar 2026 --avslutt
	$(BIN)/kontoplan fordel $(HOVEDBOK) --nokler $(NOKLER) --aar 2026 -o $(BILAG) --overskriv
	$(BIN)/kontoplan koble $(DEMOPLAN) -o $(DEMOPLAN:.xlsx=.koblet.xlsx) --aar 2026 --uten-minne --overskriv
	$(BIN)/python -m bench.hovedbokslutt $(DEMOPLAN:.xlsx=.koblet.xlsx)
	$(BIN)/kontoplan rapporter $(HOVEDBOK) --bilag $(BILAG:.xlsx=.csv) --kobling $(DEMOPLAN:.xlsx=.koblet.xlsx) --skjema 0A --region 464000 --aar 2026 -o $(UTTREKK) --overskriv

test: $(READY)  ## kjør alle testene, med dekning
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

lint: $(READY)  ## ruff, mypy og lagene
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)  ## mål tid og minne mot det nærmeste alternativet
	$(BIN)/python -m bench.fart
	$(BIN)/python -m bench.hovedbok
	$(BIN)/python -m bench.revisjon_fart

maalinger: $(READY)  ## mål treff på utviklingsdataene, med hele kommuner holdt utenfor
	$(BIN)/python -m bench.treff
	$(BIN)/python -m bench.blind

lock:  ## lag requirements/*.txt på nytt fra pyproject.toml (trenger uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		pyproject.toml -o requirements/kjerne.txt --upgrade
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		pyproject.toml --extra trening --group dev -o requirements/utvikling.txt --upgrade

clean:  ## slett miljøet og mellomfiler
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage dist build *.egg-info $(DEMO) $(HOVEDBOK) $(NOKLER) $(BILAG) $(BILAG:.xlsx=.csv) $(DEMOPLAN) $(DEMOPLAN:.xlsx=.koblet.xlsx) $(UTTREKK) $(UTTREKK:.dat=.avstemming.xlsx)
