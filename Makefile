# sitegen: `make site` and `make test` do their own set-up; `make` alone lists the rest.

PYTHON ?= python3
VENV   ?= .venv
# What to add to the command, as in `make site ARGS="--clean"` or `make test ARGS="tests/test_urls.py"`.
ARGS   ?=
# How many processes run the tests: `auto` is one for each core.
TEST_JOBS ?= auto

BIN     := $(VENV)/bin
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
PIP     := $(BIN)/python -m pip --disable-pip-version-check --quiet
# One stamp for each set of packages and each Python, made again when the lock changes.
SITE    := $(VENV)/site-$(VERSION).stamp
DEV     := $(VENV)/dev-$(VERSION).stamp

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help site serve test bench pictures lint format words lock wheel clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(SITE) ## set up, then build this project's own site into build/
	$(BIN)/python build.py build $(ARGS)

serve: $(SITE) ## set up, then show the site on this machine while you write
	$(BIN)/python build.py serve $(ARGS)

test: $(DEV) ## set up, then run the whole test suite
	$(BIN)/python -m pytest -n $(TEST_JOBS) --dist worksteal $(ARGS)

bench: $(SITE) ## set up, then build one blog with sitegen and its peers, and compare them
	$(BIN)/python benchmarks/run.py $(ARGS)

pictures: $(DEV) ## take the pictures of README and documentation anew
	$(BIN)/python -m tests.browser.pictures

lint: $(DEV) ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV) ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

words: $(DEV) ## find the texts of the theme, and bring its catalogues up to date
	$(BIN)/python -m sitegen.words

lock: $(DEV) ## choose versions anew, within the bounds of pyproject.toml
	$(COMPILE) --upgrade --extra search --extra protected --output-file requirements.lock pyproject.toml
	$(COMPILE) --upgrade --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

wheel: $(DEV) ## build the wheel and the source archive into dist/
	$(BIN)/pyproject-build --no-isolation

clean: ## remove what the other targets made
	rm -rf build build-screenshots dist .cache $(VENV) .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache

# Hashes are recorded for every file of a release, so that a lock serves other platforms too; no index is named in it.
COMPILE = CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

# `build.py` stands beside the package, so building the site needs its dependencies alone.
$(SITE): requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@

# The tests call the installed `sitegen` command as well; the build backend is in the lock, so this asks no index.
$(DEV): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	$(PIP) install --no-deps --no-index --no-build-isolation --editable .
	@touch $@ $(SITE)
