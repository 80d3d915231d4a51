# Needs Python 3.11 or later and make; the rest is fetched. Start with `make run` or `make test`.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PORT ?= 8000
export PORT

# Looked up only when the environment has to be made.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$p" && break; done)
NO_PYTHON = This needs Python 3.11 or later with its venv module. Debian, Ubuntu: \
	apt install python3-venv. Elsewhere: python.org/downloads.
# Not compiled here: Python compiles what is used, when it is used, and that is a part of it.
PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes

.PHONY: help
help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "make %-8s %s\n", $$1, $$2 }'

.PHONY: run
run: .venv/run.stamp static/manifest.json ## The portal with an example county (PORT=8000)
	@exec .venv/bin/python -m web.serve

# Three at once on two cores: the browser's and the servers' tests wait for some of their time.
# Each begins with a part of its own, so that what a file's tests share is made once or twice.
SHARED = --dist worksteal
.PHONY: test
test: lint static/manifest.json ## Lint, and the quick tests, on SQLite
ifdef PORTAL_TEST_EVERYTHING
	.venv/bin/python -m tools.build_assets --html-checker
	TEST_DATABASE=sqlite .venv/bin/python -m pytest $(SHARED) -n 3 -m "not postgresql"
	TEST_DATABASE=postgresql .venv/bin/python -m pytest $(SHARED) -n 3 -m "not browser and not vnu and not once"
else
	TEST_DATABASE=sqlite .venv/bin/python -m pytest $(SHARED) -n 2 \
		-m "not vnu and not slow and not postgresql"
	@echo "Left out: the slow tests, most cells of the access table, PostgreSQL and the HTML checker. .ci/run installs what they need (Debian, as root) and runs all."
endif

.PHONY: lint
lint: .venv/dev.stamp ## Style, types, and which package may import which
	.venv/bin/ruff check --quiet .
	.venv/bin/ruff format --check --quiet .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

.PHONY: format
format: .venv/dev.stamp ## Put the code in the house style
	.venv/bin/ruff check --fix --quiet .
	.venv/bin/ruff format .

.PHONY: assets
assets: static/manifest.json ## CSS, JavaScript, fonts and drawings into static/

.PHONY: docs
docs: .venv/dev.stamp static/manifest.json ## Rewrite what the docs show of the product
	.venv/bin/python -m tools.docs

# A part that misses an aim ends with 1; the others are measured all the same.
.PHONY: bench
bench: .venv/dev.stamp static/manifest.json ## How fast pages and signing in are
	@missed=0; for part in "" .working .quality .review .teams .training; do \
		.venv/bin/python -m tools.bench$$part || missed=1; done; exit $$missed

# UPGRADE=--upgrade takes the newest versions that the .in files and package.json allow.
.PHONY: lock
lock: .venv/dev.stamp ## Write the lock files anew from requirements/*.in and package.json
	cd requirements && for name in run build dev; do \
		env -u UV_INDEX -u UV_INDEX_URL -u UV_DEFAULT_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
		../.venv/bin/uv pip compile --quiet --no-config --system-certs --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" $(UPGRADE) $$name.in -o $$name.txt || exit 1; done
	.venv/bin/python -m tools.build_assets --lock

.PHONY: clean
clean: ## Remove everything that was fetched or built; the portal's data stay
	rm -rf .venv .venv-build node_modules static build .*_cache .hypothesis

.venv/run.stamp: requirements/run.txt
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)" >&2; exit 1; }
	@echo "Fetching what the portal needs"
	@$(PYTHON) -m venv .venv
	@$(PIP) -r $<
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@echo "Fetching what the tests need"
	@$(PIP) -r $<
	@touch $@

# `find` lists the folders too, so that a deleted file is noticed.
static/manifest.json: tools/build_assets.py package-lock.json requirements/build.txt \
		$(shell find assets -mindepth 1) | .venv/run.stamp
	.venv/bin/python -m tools.build_assets
