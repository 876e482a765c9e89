# Tidings. `make` lists what can be made. Needs Python 3.11 or later and make; all else goes into .venv, from the lock files.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test fix check bench docs verify lock clean

VENV := .venv
BIN := $(VENV)/bin
INTO := demo-output
export MPLBACKEND := Agg
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The newest Python that suits: found by running it, since a name on the path may lead nowhere. `make PYTHON=/path/to/python` decides.
PYTHONS := $(or $(PYTHON),python3.14 python3.13 python3.12 python3.11 python3 python)
SUITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
NO_PYTHON = Tidings needs Python 3.11 or later with venv and ensurepip; none of these suits: $(PYTHONS). \
Install one (on Debian or Ubuntu: apt install python3 python3-venv), or name it: make PYTHON=/path/to/python3 ...
INSTALL := $(BIN)/python -m pip install -qq --progress-bar off --only-binary :all: --require-hashes

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.ready ## The packaged example to its brief; of your report: REPORT=path [PUBLISHED=2016-02-08] [COUNTRIES=SYR,TUR] [INTO=folder]
ifdef REPORT
	@$(BIN)/python tools/brief_of_report.py "$(REPORT)" --published "$(PUBLISHED)" --countries "$(COUNTRIES)" --into "$(INTO)"
else
	@$(BIN)/tidings demo -o "$(INTO)/aleppo-2016"
endif

test: $(VENV)/.ready-dev ## Everything that CI runs, with the time of each step
	@$(BIN)/python tools/run_steps.py lint format types layers licences tests verification wheel

fix: $(VENV)/.ready-dev ## Mend what the linter and the formatter can
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

check: $(VENV)/.ready-dev ## Lint, format, types, layers and licences, without the tests
	@$(BIN)/python tools/run_steps.py lint format types layers licences

bench: $(VENV)/.ready-dev ## Time and memory of each part at 100, 1 000 and 10 000 places
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.flow
	@$(BIN)/python -m bench.reading_speed

docs: $(VENV)/.ready-dev ## Write the pages of docs that come from the code
	@$(BIN)/python tools/write_schemas.py
	@$(BIN)/python tools/write_reference.py
	@$(BIN)/python -m tidings.flow.parameters docs/model.md
	@$(BIN)/python -m tidings.assess.settings docs/assess.md

verify: $(VENV)/.ready-dev ## The whole verification suite: slower, with fixed seeds
	@$(BIN)/python tools/run_steps.py verification-all

lock: $(VENV)/bin/python ## Write the lock files anew; `make lock UPGRADE=--upgrade` takes newer versions
	@$(BIN)/python tools/write_locks.py $(UPGRADE)

clean: ## Remove everything that was made here, .venv too
	rm -rf $(VENV) $(INTO) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@found=""; for name in $(PYTHONS); do \
	  if command -v "$$name" >/dev/null 2>&1 && "$$name" -c '$(SUITS)' >/dev/null 2>&1; then found="$$name"; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "$(NO_PYTHON)" >&2; exit 3; fi; \
	echo "Setting up $(VENV) with $$("$$found" --version): once, a minute or two" >&2; \
	"$$found" -m venv $(VENV)

$(VENV)/.ready: requirements.lock requirements-build.lock pyproject.toml | $(VENV)/bin/python
	@$(INSTALL) -r requirements.lock -r requirements-build.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	@echo "Adding what development needs to $(VENV)" >&2
	@$(INSTALL) -r requirements-dev.lock
	@touch $@
