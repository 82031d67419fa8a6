# Everything a person or a machine does with Caveat from a checkout. `make help` lists it.
#
# One way in: pip with hashes, npm with a lock. Stamps (.venv/.installed, extension/node_modules/.ready,
# the built lens) remember what was done, so that a second start does only what changed.
# Plain POSIX sh and GNU make 3.81 (macOS) are enough.

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
EXTENSION := $(shell find extension -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)
NODE_WANTED := 20
LENS := server/caveat/web/static/lens/index.html

.DEFAULT_GOAL := help
.PHONY: help run test bench eval lint format lock build package install lens dev clean
.PHONY: node-or-stop tools

help: ## Show this list
	@echo "Caveat: a margin next to the news. Needs Python 3.11-3.13, make, and Node $(NODE_WANTED)+ for the lens and the extension."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  The command line is $(BIN)/caveat after the first \`make run\` or \`make install\`."

run: install lens ## Install what is needed, build the lens and the extension, start the server
	@exec $(BIN)/caveat serve

test: tools node-or-stop dev extension/node_modules/.ready-dev build ## Install what tests need, check the code, run every test: Python, TypeScript, browsers
	@$(MAKE) --no-print-directory lint
	cd extension && npm test
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

bench: dev lens ## Measure what was promised, as ratios in one run
	$(BIN)/python tests/bench

eval: dev ## Measure how well the reading reads, on labelled texts
	$(BIN)/python tests/eval

lint: dev node-or-stop extension/node_modules/.ready-dev ## Check style and types: Python and TypeScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd extension && npm run check && npm run lint

format: dev ## Write Python and TypeScript the way `make lint` wants them
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	cd extension && npm run format

build: node-or-stop $(LENS) ## Build the lens, the docs page and the extension for Chrome and Firefox

package: node-or-stop extension/node_modules/.ready-dev ## Pack the extension for the stores: extension/dist/caveat-VERSION-{chrome,firefox,source}.zip
	@cd extension && npm run --silent package

install: .venv/.installed ## Create .venv with the locked requirements and the caveat command

dev: .venv/.installed-dev

clean: ## Remove everything that was built or installed
	rm -rf .venv build extension/node_modules extension/dist tests/artefacts
	rm -rf server/caveat/web/static/lens server/caveat/web/static/docs server/caveat/web/static/privacy
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find server tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Locked means: hashes for every file, and no address of where it came from.
lock: ## Choose the newest allowed versions again and write both lock files
	@command -v uv >/dev/null || { echo "make lock needs uv (pip install uv); nothing else does."; exit 1; }
	uv lock --upgrade --quiet
	uv export $(EXPORT) --no-default-groups --group build --output-file requirements.lock
	uv export $(EXPORT) --no-default-groups --group build --group dev --output-file requirements-dev.lock
	@rm -f uv.lock
	@! grep -n '://' requirements.lock requirements-dev.lock || { echo "The lock files must not hold addresses."; exit 1; }

EXPORT := --quiet --no-emit-project --no-annotate --no-header --format requirements-txt

# --- Python -----------------------------------------------------------------------------------

# The person's own python3 first; PYTHON=... chooses another.
$(BIN)/python:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; \
	  then echo "Creating .venv with $$($$python --version)"; exec $$python -m venv --clear .venv; fi; \
	done; \
	echo "Caveat needs Python 3.11, 3.12 or 3.13 with venv and pip; 'python3' is: $$(python3 --version 2>&1 || echo missing)."; \
	echo "  Debian, Ubuntu:  apt-get install python3 python3-venv"; \
	echo "  macOS:           brew install python@3.13"; \
	echo "  Elsewhere it is: make PYTHON=/path/to/python3.12 run"; \
	exit 1

.venv/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked requirements (about a minute the first time)"
	@$(PIP) install --quiet --require-hashes --requirement requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# The development lock holds all of the other one, so installing it does for both.
.venv/.installed-dev: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked requirements for development (about a minute the first time)"
	@$(PIP) install --quiet --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch .venv/.installed $@

# --- Node -------------------------------------------------------------------------------------

NODE_OK = command -v npm >/dev/null 2>&1 && node -e 'process.exit(+process.versions.node.split(".")[0] < $(NODE_WANTED) ? 1 : 0)' 2>/dev/null
NODE_SAID = Node $(NODE_WANTED)+ with npm was not found ('node --version' says: $$(node --version 2>&1 || echo nothing))

# The server runs without Node; it then says itself what is missing.
lens:
	@if $(NODE_OK); then \
	  $(MAKE) --silent $(LENS) || echo "The lens and the extension were not built (see above); the server starts without what is missing."; \
	else \
	  echo "$(NODE_SAID): the lens and the extension are not built. The server starts without them."; \
	fi

node-or-stop:
	@$(NODE_OK) || { echo "$(NODE_SAID). Install it from https://nodejs.org or your package manager."; exit 1; }

# Building takes six packages and two seconds; the test tools are four hundred more.
extension/node_modules/.ready: extension/package-lock.json extension/package.json
	@echo "Installing what builds the extension"
	@cd extension && npm ci --omit=dev --no-audit --no-fund --loglevel=error
	@touch $@

extension/node_modules/.ready-dev: extension/package-lock.json extension/package.json
	@echo "Installing what builds and tests the extension"
	@cd extension && npm ci --no-audit --no-fund --loglevel=error
	@touch extension/node_modules/.ready $@

SHARED := server/caveat/web/static/tokens.css server/caveat/annotations/page-identity.json

$(LENS): extension/node_modules/.ready $(EXTENSION) $(SHARED) pyproject.toml
	@echo "Building the lens and the extension"
	@cd extension && npm run --silent build
	@touch -c $@

# --- Tools that tests drive -------------------------------------------------------------------

tools:
	@sh tests/tools.sh
