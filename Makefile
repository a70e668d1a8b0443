# Everything one does with a checkout. `make` alone lists it.

VENV := .venv/bin
# Any Python from 3.11 on will do; PYTHON=… names another.
PYTHON = $(shell for each in python3.11 python3 python3.14 python3.13 python3.12; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)
FILES =
DATA =
OUT = runs/evaluation
# Of DATA so many pictures are measured, evenly spaced; what they are, for docs/quality.md.
LIMIT = 24
DESCRIBED =
# Sub-folders of DATA whose lines are the artist's own, and checkpoints to compare the shipped ones with (LABEL=PATH).
SOURCES = openclipart,openmoji
COMPARE =
# cpu or cuda; empty: what the torch in .venv is made for.
VARIANT =
EVALUATED = --size 384 --hints 0,4,16,64

.PHONY: help setup run check test bench bundle bundle-test evaluate quality modes screenshots self-test docs

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r target what; do \
		printf '  make %-12s %s\n' "$$target" "$$what"; done

setup: ## make .venv and install everything; does nothing when nothing changed
	@python='$(PYTHON)'; if [ -z "$$python" ]; then \
		echo 'make: linepaint needs Python 3.11 or newer; on Debian: sudo apt-get install -y python3 python3-venv' >&2; \
		exit 1; fi; "$$python" scripts/set_up.py

run: setup ## open a sample, or the drawings in FILES="…"; without a screen, colour them headless
	@$(VENV)/python scripts/open_or_colorize.py $(FILES)

check: setup ## the checks for daily work: lint, format, types, architecture, tests
	@$(VENV)/python scripts/check.py

test: setup ## every check: those of make check, and the frozen programs: make bundle, make bundle-test
	@$(VENV)/python scripts/check.py --bundle

bundle: setup ## freeze both programs and pack them, into dist/; VARIANT=cpu or cuda
	@LINEPAINT_VARIANT=$(VARIANT) $(VENV)/python scripts/check.py --only tools bundle

bundle-test: bundle ## run what was built as on an artist's machine: no Python, no network, an empty home
	@LINEPAINT_VARIANT=$(VARIANT) $(VENV)/python scripts/check.py --only bundle-test

bench: setup ## measure speed and memory against the budgets
	$(VENV)/python -m pytest tests/benchmarks --benchmark-enable --benchmark-columns=min,median,max,rounds

evaluate: setup ## measure the shipped checkpoint on DATA="folder…" (or drawings of our own) into OUT
	$(VENV)/linepaint-train evaluate live --baseline all --protocol all $(EVALUATED) \
		$(if $(DATA),--data $(DATA) --limit $(LIMIT)) --out $(OUT)
	$(VENV)/linepaint-train sheet live $(EVALUATED) --cell 128 $(if $(DATA),--data $(DATA)) --out $(OUT)/sheet.webp

quality: ## make evaluate, on DATA="folder" too if there is one, write docs/quality.md anew, and make modes
	$(MAKE) evaluate DATA= OUT=runs/evaluation
	$(if $(DATA),$(MAKE) evaluate OUT=runs/evaluation-pictures)
	$(VENV)/python scripts/write_quality.py runs/evaluation $(if $(DATA),--pictures runs/evaluation-pictures) \
		--described "$(DESCRIBED)"
	$(MAKE) modes

modes: setup ## measure the checkpoints for gray pictures and lines, on DATA too; write their pages and cards anew
	$(VENV)/python scripts/write_modes.py $(if $(DATA),--data $(DATA) --sources $(SOURCES)) \
		$(addprefix --compare ,$(COMPARE)) --described "$(DESCRIBED)"

screenshots: setup ## take the pictures of README.md anew, from the real application
	xvfb-run --auto-servernum --server-args='-screen 0 1600x1100x24' $(VENV)/python scripts/screenshots.py

self-test: setup ## colour a sample, save it, reopen it
	$(VENV)/linepaint --self-test

docs: setup ## write docs/keys.md anew from the table of actions
	$(VENV)/python scripts/list_keys.py
