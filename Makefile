# Everything runs in .venv/, built from requirements.lock (all versions and hashes fixed).
# `make demo` and `make test` are all the set-up there is: Python 3.11 or newer, pip and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PAGE   ?= 8080

# Where writing compiled files is switched off, each of the many programs the tests start would
# compile all of bot/ anew: a third of its start. The files lie in __pycache__, beside .venv's own.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo check test test-long test-browser faults bench lock screenshots clean

$(VENV): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(VENV)

demo: $(VENV)
	$(BIN)/between demo --port $(PAGE)

check: $(VENV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/between exercises check

# A browser found on PATH, else from Debian's packages, else the one playwright brings. Files go out
# as they come: by number of tests, the few longest ones came last, and one core waited for them.
# Three at a time on two cores: tests wait for clocks, phones and disks a good third of their time.
test: $(VENV)
	sh tests/get_chromium.sh $(BIN)
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not long"

test-long: $(VENV)
	HYPOTHESIS_PROFILE=long $(BIN)/pytest -n 2 --dist loadfile -m "long or not long"

test-browser: $(VENV)
	sh tests/get_chromium.sh $(BIN)
	$(BIN)/pytest -m browser

faults: $(VENV)
	$(BIN)/python -m tests.faults

bench: $(VENV)
	$(BIN)/python -m tests.bench

screenshots: $(VENV)
	sh tests/get_chromium.sh $(BIN)
	$(BIN)/python -m tests.screenshots
	$(BIN)/python -m tests.step_pictures

# The second is the part of the first that the bot itself needs: for the container image.
lock:
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--group dev pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--constraints requirements.lock pyproject.toml --output-file requirements.run.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache demo-big data keys
