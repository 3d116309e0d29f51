# The commands of the house. `make run` and `make test` need nothing but Python 3.11+.
# make run [PORT=8000] [DATA_DIR=var] [DEMO=1]
PYTHON   ?= python3
PORT     ?= 8000
DATA_DIR ?= var
DEMO     ?= 1
VENV     := .venv
BIN      := $(VENV)/bin
MANAGE   := $(BIN)/python manage.py
LOCK     := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet
export DATA_DIR PORT

.PHONY: install run test check bench messages lock clean help

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.base: requirements/base.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

install: $(VENV)/.base  ## virtual environment, pinned packages, compiled catalogues, database, opening content
	@$(MANAGE) translations compile
	@DEMO=$(DEMO) $(MANAGE) set_up

run: install  ## web, worker and beat on one terminal, with demonstration content and sign-ins
	@exec env DEMO=$(DEMO) $(MANAGE) run_portal

test: $(VENV)/.dev  ## everything that passes without a service
	@$(MANAGE) translations compile
	$(BIN)/python -m pytest

check: $(VENV)/.dev  ## format, lint, types, import contracts, migrations, deploy check, translations
	@$(MANAGE) translations compile
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint templates --check --lint --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	@key=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))'); \
	  env -u REDIS_URL DATABASE_URL=postgres://check@127.0.0.1/check SECRET_KEY=$$key LINK_KEYS=$$key FIELD_KEYS=$$key \
	  BASE_URL=https://portal.example ALLOWED_HOSTS=portal.example $(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) translations check

bench: $(VENV)/.dev  ## speed beside an empty Django application; needs PostgreSQL and wrk
	@$(MANAGE) translations compile
	@$(BIN)/python -m tests.bench

messages: $(VENV)/.dev  ## collect new texts into locale/
	$(MANAGE) translations update

lock: $(VENV)/.dev  ## requirements/*.in to hashed *.txt
	cd requirements && ../$(LOCK) base.in -o base.txt && ../$(LOCK) dev.in -o dev.txt

clean:  ## remove the virtual environment and this machine's data
	rm -rf $(VENV) $(DATA_DIR)
