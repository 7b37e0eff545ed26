# Wardlight's commands. Each part lives in scripts/, so that it can be read and run by itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PORT ?= 8000
DATA ?= instance/demo
PY := .venv/bin/python

.PHONY: help setup run test check lint bench lighthouse test-long lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install everything that run and test need (safe to repeat)
	@scripts/setup_python.sh dev
	@scripts/setup_tools.sh

run: ## serve the demo hospital on http://127.0.0.1:8000 (PORT=..., DATA=...)
	@scripts/setup_python.sh runtime
	@exec $(PY) -m app demo --port $(PORT) --data $(DATA)

test: setup ## everything CI runs: lint, types, both databases, browser stories
	@$(PY) scripts/run_tests.py all

check: ## the fast subset while working: lint, types, unit tests on SQLite
	@scripts/setup_python.sh dev
	@$(PY) scripts/run_tests.py fast

lint: ## ruff, mypy and tsc only
	@scripts/setup_python.sh dev
	@scripts/setup_tools.sh node
	@$(PY) scripts/run_tests.py lint

bench: ## measure what the design promises (BENCH=name for one of them)
	@scripts/setup_python.sh runtime
	@$(PY) -m app bench $(or $(BENCH),all) --json --report docs/benchmarks.md $(BENCH_OPTIONS)

lighthouse: setup ## Lighthouse's mobile audit of every screen (some ten minutes)
	@$(PY) -m app bench lighthouse --json --report docs/benchmarks.md $(BENCH_OPTIONS)

test-long: ## the tests marked long: storms, soak, many phones
	@scripts/setup_python.sh dev
	@$(PY) scripts/run_tests.py long

lock: ## compile the lock files again from pyproject.toml
	@scripts/lock.sh

clean: ## remove what setup and tests have made; keeps instance/
	rm -rf .venv node_modules test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis
