# The words people type. `make demo` and `make test` work from a clean clone.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := .demo
DEMO_ENV := AKRAB_HOME=$(DEMO)/home AKRAB_TODAY=2026-11-22
QUESTION := Paling lambat tanggal berapa Samawa harus memberi tahu kalau tidak mau memperpanjang kontrak?

.PHONY: help setup demo test browser lint types lock eval bench clean

help:  ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Akrab needs Python 3.11 or newer; name one: make PYTHON=python3.11 …"; exit 1; }
	@echo "· virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@touch $@

$(VENV)/.core: $(VENV)/.venv requirements.lock pyproject.toml
	@echo "· packages of requirements.lock (about 770 MB; Python compiles what it uses when it is first used)"
	@$(BIN)/python -m pip install --disable-pip-version-check --no-compile --progress-bar on --requirement requirements.lock | sed -u -n -E 's/^(Collecting|Installing)/  \1/p'; exit $${PIPESTATUS[0]}
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.core requirements-dev.lock
	@echo "· packages of requirements-dev.lock"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.lock
	@touch $@

setup: $(VENV)/.core  ## Virtual environment with everything that the product needs

demo: $(VENV)/.core  ## Import the demo portfolio and ask it one question
	@echo "· the demo portfolio: files of an invented provider in $(DEMO)/files"
	@$(BIN)/python -m evals.demo $(DEMO)/files
	@echo "· import (the embedding model is prepared the first time)"
	@$(DEMO_ENV) $(BIN)/akrab import $(DEMO)/files || test $$? -eq 1
	@echo
	@echo '$$ akrab ask "$(QUESTION)"'
	@$(DEMO_ENV) $(BIN)/akrab ask "$(QUESTION)"
	@echo
	@echo "Next, in this shell:"
	@echo "  export PATH=$$PWD/$(BIN):\$$PATH AKRAB_HOME=$$PWD/$(DEMO)/home AKRAB_TODAY=2026-11-22"
	@echo "  akrab ask \"What is the cap on liability in the Meranti agreement?\""
	@echo "  akrab log \"Pak Ilham Samawa komplain VPN gudang putus terus.\" --as yoga"
	@echo "  akrab draft brief --customer Samawa --meeting 2026-12-08"
	@echo "Your own files: unset AKRAB_TODAY; export AKRAB_HOME=~/.akrab; akrab import FOLDER"

lint: $(VENV)/.dev  ## ruff
	@$(BIN)/ruff check .

types: $(VENV)/.dev  ## mypy
	@$(BIN)/mypy

browser:  ## Chromium, with which the tests look at the demo page of `akrab slack --demo` (root on Debian; elsewhere install it yourself)
	@if ! command -v chromium chromium-browser google-chrome > /dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	    echo "· Chromium (about 300 MB)"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-noto-color-emoji > /dev/null; \
	  else echo "· no Chromium: tests of the demo page will be skipped"; fi; fi

test: $(VENV)/.dev browser lint types  ## ruff, mypy, the direction of imports, and all tests
	@$(BIN)/python -m pytest -q tests/test_imports.py
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile --ignore tests/test_imports.py

lock: $(VENV)/.venv  ## Resolve the packages anew and write both lock files
	@rm -rf $(VENV)-lock && $(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/python -m pip install --quiet --upgrade pip
	@$(VENV)-lock/bin/python -m pip install --quiet .
	@$(VENV)-lock/bin/python -m pip freeze --exclude akrab > requirements.lock
	@$(VENV)-lock/bin/python -m pip install --quiet '.[dev]'
	@$(VENV)-lock/bin/python -m pip freeze --exclude akrab > requirements-dev.lock
	@rm -rf $(VENV)-lock build

eval: $(VENV)/.core  ## Questions of the demo with known answers: accuracy, citations, leaks
	@$(BIN)/akrab eval demo --fails

bench: $(VENV)/.core  ## Speed and memory (beside sentence-transformers, if the extra `models` is installed)
	@$(BIN)/akrab bench

clean:  ## Remove the virtual environment, the demo and caches
	@rm -rf $(VENV) $(DEMO) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
