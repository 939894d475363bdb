# Commands of the project; CI and people use the same ones.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup demo test second-reader browser web check quality coverage package bench timings fuzz hostile samples schema docs lock clean

setup: $(READY)

# Compiled ahead, since where Python may not write what it compiled (containers, CI) each start would take twice as long.
$(READY): constraints.txt pyproject.toml
	@if command -v uv >/dev/null 2>&1; then uv venv -q --clear --python $(PYTHON) .venv; else $(PYTHON) -m venv --clear .venv; fi
	@if command -v uv >/dev/null 2>&1; then VIRTUAL_ENV=.venv uv pip install -q --compile-bytecode -r constraints.txt; else $(BIN)/python -m pip install -q -r constraints.txt; fi
	@if command -v uv >/dev/null 2>&1; then VIRTUAL_ENV=.venv uv pip install -q --no-deps -e .; else $(BIN)/python -m pip install -q --no-deps -e .; fi
	@$(BIN)/python -m compileall -q src
	@touch $@

demo: $(READY)
	@$(BIN)/python scripts/demo.py

test: $(READY) browser
	$(BIN)/python -m pytest -n 2

second-reader: .venv-second/.ready
	.venv-second/bin/python -m pytest -q tests/reading/test_ocr.py -k second_reader

# The extra in an environment of its own: with it installed, every scan is read by both engines.
.venv-second/.ready: constraints-extras.txt constraints.txt pyproject.toml
	$(PYTHON) -m venv --clear .venv-second
	.venv-second/bin/python -m pip install -q -r constraints.txt
	.venv-second/bin/python -m pip install -q -c constraints-extras.txt -e ".[second-reader]"
	@touch $@

browser: $(READY)
	@$(BIN)/python scripts/chromium.py >/dev/null

web:
	cd web && npm ci --no-audit --no-fund && npm run build

check: $(READY)
	$(BIN)/ruff check src tests scripts benchmarks
	$(BIN)/ruff format --check src tests scripts benchmarks
	$(BIN)/mypy
	$(BIN)/python scripts/check_web.py
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/python scripts/make_docs.py --check
	$(BIN)/extract schema | diff -u schemas/extraction-1.0.json -

quality: $(READY)
	$(BIN)/python scripts/quality.py

package: $(READY)
	$(BIN)/python scripts/check_package.py

# All tables of docs/, in some 25 minutes; `timings` are those that want a machine with nothing else to do, in 15.
bench: timings
	$(BIN)/python benchmarks/repair.py
	$(BIN)/python benchmarks/ocr_confidence.py
	$(BIN)/python benchmarks/review.py

timings: $(READY) .venv-peers
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/stages.py
	$(BIN)/python benchmarks/facts.py
	$(BIN)/python benchmarks/layout.py
	$(BIN)/python benchmarks/ocr.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/archive.py

# Without the test of a full disk, which limits the size of every file, that of the measurements too.
coverage: $(READY) browser
	@mkdir -p out/coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2 --deselect tests/archive/test_batch_command.py::test_where_room_runs_out_a_batch_stops_with_a_sentence_and_goes_on_later
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

fuzz: $(READY)
	FUZZ_EXAMPLES=20000 $(BIN)/python -m pytest -n 2 tests/fuzz

hostile: $(READY)
	$(BIN)/python tests/hostile/make_files.py out/hostile
	$(BIN)/extract batch out/hostile --out out/hostile-read --retry-failed || test $$? = 16

.venv-peers: benchmarks/peers.txt
	$(PYTHON) -m venv --clear .venv-peers
	.venv-peers/bin/python -m pip install -q -r benchmarks/peers.txt
	@touch $@

samples: $(READY) browser
	$(BIN)/python scripts/make_samples.py
	$(BIN)/python scripts/review_pictures.py

schema: $(READY)
	$(BIN)/extract schema > schemas/extraction-1.0.json

docs: $(READY)
	$(BIN)/python scripts/make_docs.py

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o constraints.txt
	uv pip compile pyproject.toml --extra tables --extra remote --extra cluster --extra second-reader --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate -q -o constraints-extras.txt

clean:
	rm -rf .venv .venv-peers .venv-second build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis
