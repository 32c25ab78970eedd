# The two commands of a fresh machine: `make demo` and `make test`. README.md says more.
.DEFAULT_GOAL := help
.PHONY: help setup setup-test demo run test test-long mutation lint bench gallery bodies release-fixture lock
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 24

setup: ## .venv, locked requirements, system packages
	@scripts/setup.sh

setup-test:
	@scripts/setup.sh test

demo: setup ## a demo clinic with four patients, their plans and PDFs; serves until Ctrl-C (ONCE=1: stops after the PDFs)
	@exec $(PYTHON) -m clinic.serve --demo --stop-with-parent $(if $(filter-out 0,$(ONCE)),--once)

run: setup ## the same servers without demo data
	@exec $(PYTHON) -m clinic.serve --stop-with-parent

test: setup-test ## SQLite and the embedded broker, then what is marked "engine" on PostgreSQL and Redis (COVERAGE=1: there it counts the lines that run)
	$(PYTEST) -m "not long" $(TESTS)
	$(if $(COVERAGE),$(PYTHON) -m coverage erase)
	$(PYTHON) -m tests.engines $(if $(COVERAGE),$(PYTHON) -m coverage run -m pytest,$(PYTEST)) -m "engine and not (long or edge)" $(TESTS)
	$(if $(COVERAGE),$(PYTHON) -m coverage combine --quiet && $(PYTHON) -m coverage report)

test-long: setup-test ## what make test leaves: chaos and fuzzing, drills over the whole library, desk and API on PostgreSQL (a third of it; all with EVERY_EDGE=1)
	$(PYTHON) -m tests.engines $(PYTEST) -m alone -n0 $(TESTS)
	$(PYTEST) -m "long and not alone" $(TESTS)
	$(PYTHON) -m tests.engines $(PYTEST) -m "engine and (long or edge) and not alone$(if $(EVERY_EDGE),, and not spared)" $(TESTS)

mutation: setup-test ## changes rules, doses, leases and permissions in one place at a time: do their tests notice? (20 minutes)
	$(PYTHON) -m scripts.mutation

lint: setup-test ## ruff, mypy, import-linter, djlint, biome
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy plans clinic bench
	$(PYTHON) -c 'from importlinter.cli import lint_imports_command as c; c()'
	$(PYTHON) -m djlint templates --lint --quiet
	.venv/bin/biome check --error-on-warnings

bench: setup-test ## measures renderer, queue, rules and API, writes var/bench.json
	$(PYTHON) -m bench

gallery: setup-test ## contact sheets of all figures and formats in var/gallery/
	@for script in scripts/gallery_*.py; do echo "$$script"; \
		DJANGO_SETTINGS_MODULE=clinic.settings $(PYTHON) -m tests.with_django scripts.$$(basename $$script .py) || exit 1; done

bodies: setup-test ## the figures' bodies again, from the mesh in a wheel (48 MB): only to change them
	$(PYTHON) -m scripts.bodies

release-fixture: setup-test ## a small database of this release, kept for the test of upgrades in tests/releases/
	$(PYTHON) -m tests.engines $(PYTHON) -m tests.releases.make

LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header --no-annotate
lock: setup-test ## writes the locked requirements again after a change in pyproject.toml or package.json (UPGRADE=1: newest versions)
	$(LOCK) $(if $(UPGRADE),--upgrade) -o requirements.txt pyproject.toml
	$(LOCK) $(if $(UPGRADE),--upgrade) --extra test -c requirements.txt -o requirements-test.txt pyproject.toml
	$(PYTHON) -m scripts.npm $(if $(UPGRADE),update,install) --package-lock-only
