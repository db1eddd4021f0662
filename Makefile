# Two commands matter: make demo and make test. No environment need be active: every command uses .venv.
.DEFAULT_GOAL := help
.PHONY: help env demo test check bench lock messages shell clean

export PYTHONPATH := platform:.
python := .venv/bin/python
compile := $(python) -m uv --quiet pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-config --upgrade

help: ## List the commands
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/make \1|\2/p' Makefile | while IFS='|' read -r command text; do \
		printf '%-16s%s\n' "$$command" "$$text"; done

env: ## Make .venv with everything for development, if its lock file has changed
	@.ci/env requirements-dev.lock
	@.ci/font

demo: ## Run the demo city at http://yoyaku.localhost:8000/ (another port: make demo PORT=8001); Ctrl-C stops it
	@.ci/env requirements.lock
	@.ci/font
	@$(python) -m config.demo

test: check ## Check, then run all tests on real servers and a real browser
	@$(python) -m config.messages compile
	@$(python) -m tests.support.chromium
	@.ci/tests

check: env ## Lint, types, import contracts, missing migrations, translations
	@.ci/check

bench: env ## Measure, with real servers; prints figures and ratios
	@$(python) -m tests.bench

lock: env ## Write the lock files anew from pyproject.toml, with the newest releases it allows
	$(compile) --output-file requirements.lock >/dev/null
	$(compile) --group dev --constraint requirements.lock --output-file requirements-dev.lock >/dev/null
	@.ci/env requirements-dev.lock

messages: env ## Bring the English catalogue up to date with the texts in code and templates
	@$(python) -m config.messages collect
	@$(python) -m config.messages check

shell: ## Django's shell on the demo's data, with the owner's rights
	@.ci/env requirements.lock
	@$(python) -m config.demo manage shell

clean: ## Remove .venv, caches, and var with all its data
	@for home in var/*/postgres/home; do [ ! -L "$$home" ] || rm -rf "$$(readlink "$$home")"; done
	rm -rf .venv var build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
