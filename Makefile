# The few commands Groundwork is run and checked with.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export PORT ?= 8000

.PHONY: tour demo test check setup audit vendor bench-reading bench-graph bench-reconciling bench-record chaos load clean bench-pages bench-export bench-api

demo: .venv/.run  ## servers, worker and site with a sample assembly
	@exec $(BIN)/python -m deliberation.project.demo

test: setup  ## every test, on real servers and a real browser
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: .venv/.dev  ## everything that holds the rules of the house
	@scripts/check.sh

setup: .venv/.dev .venv/.browser  ## .venv with everything

bench-reading: .venv/.dev  ## every figure of reading as a table and as JSON lines; ONLY=families,pairs for some
	@$(BIN)/python -m tests.benchmarks.reading $(ONLY)

bench-graph: .venv/.dev  ## every figure of the graph and of opinion groups; ONLY=groups,ranking for some
	@$(BIN)/python -m tests.benchmarks.graph $(ONLY)

bench-reconciling: .venv/.dev  ## every figure of moderation and documents; ONLY=histories,queue for some
	@$(BIN)/python -m tests.benchmarks.reconciling $(ONLY)

bench-record: .venv/.dev  ## every figure of the public record; ONLY=sealing,tampering,backups for some
	@$(BIN)/python -m tests.benchmarks.record $(ONLY)

bench-export: .venv/.dev  ## every figure of data packages; ANSWERS=10000 for a smaller one
	@$(BIN)/python -m tests.benchmarks.export $(ONLY)

bench-api: .venv/.dev  ## how soon pages of the API are there among a million rows; ROWS=10000 for less
	@$(BIN)/python -m tests.benchmarks.api $(ONLY)

chaos: .venv/.dev  ## ten minutes of answers while everything is killed in turn; SECONDS=60 RATE=30 SEED=1 for less
	@$(BIN)/python -m tests.benchmarks.chaos $(ONLY)

bench-pages: .venv/.browser  ## every figure of pages: server time, bytes, the explorer; ONLY=explorer,citizen for some
	@$(BIN)/python -m tests.benchmarks.pages $(ONLY)

load: .venv/.dev  ## what the whole site stands on this machine; ONLY=intake,keys,hall; SECONDS=20 KEYS=200 for less
	@$(BIN)/python -m tests.benchmarks.load $(ONLY)

audit: .venv/.dev  ## known weaknesses of what we depend on, where an advisory service can be reached
	@scripts/audit.sh

vendor:  ## fetch the browser files we serve, with versions, licences and checksums
	@$(PYTHON) scripts/vendor.py

tour:  ## the tour of docs/users from the pictures the last test run took
	@$(BIN)/python scripts/tour.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/.run: requirements.txt
	@scripts/install.sh run $(PYTHON)

.venv/.dev: requirements.txt requirements-worker.txt requirements-mcp.txt requirements-sortition.txt requirements-dev.txt
	@scripts/install.sh dev $(PYTHON)

.venv/.browser: requirements-browser.txt | .venv/.dev
	@scripts/install.sh browser $(PYTHON)
