# make site   sets everything up in .venv and builds the demo dossier into output/
# make test   sets everything up, Chromium too, and runs the tests
# make check  format, lint, types, import contracts
# make bench  long benchmarks, apart from the tests; for the builds' options: make bench BENCH="--help"
# make lock   renews the locked requirements (needs uv)

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PY := $(BIN)/python

.PHONY: site serve test check format bench soak lock clean

site: .venv/site.stamp
	$(PY) -m explainer build

serve: .venv/site.stamp
	$(PY) -m explainer serve

test: .venv/dev.stamp
	$(PY) tests/setup_tools.py
	$(PY) -m pytest -n 2 --dist loadgroup -m "not browser and not soak"
	$(PY) -m pytest -m "browser and not soak"

check: .venv/dev.stamp
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(BIN)/lint-imports

format: .venv/dev.stamp
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: .venv/dev.stamp
	$(PY) benchmarks/linking.py
	$(PY) -m benchmarks $(BENCH)

soak: .venv/dev.stamp
	$(PY) -m pytest -m soak

.venv/site.stamp: requirements/site.txt pyproject.toml
	$(PYTHON) -c "import sys; sys.version_info >= (3, 11) or sys.exit('Python 3.11 or later is needed: make PYTHON=python3.12')"
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --require-hashes -r requirements/site.txt
	$(PY) -m pip install --quiet --no-build-isolation --no-deps -e .
	$(PY) -c "import pathlib; pathlib.Path('.venv/site.stamp').touch()"

.venv/dev.stamp: .venv/site.stamp requirements/dev.txt
	$(PY) -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(PY) -c "import pathlib; pathlib.Path('.venv/dev.stamp').touch()"

LOCK := uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --python-version 3.11 pyproject.toml --extra images --extra search --group model --group build

lock:
	$(LOCK) -o requirements/site.txt
	$(LOCK) --group test --group check -c requirements/site.txt -o requirements/dev.txt

clean:
	$(PYTHON) -c "import shutil; [shutil.rmtree(p, ignore_errors=True) for p in ('.venv', '.bench', '.explainer', 'output', 'node_modules')]"
