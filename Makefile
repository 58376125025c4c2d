# Short names for what the scripts do; every command works without make as well.
PYTHON = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help install run test check format data registry bench clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install:  ## make .venv with everything that runs and tests the app, and find a browser
	./test --install

run:  ## start the app
	./run

test:  ## linters, types, import contracts and all tests: what CI runs
	./test

check:  ## linters, types and import contracts only
	./test --check

format:  ## let ruff rewrite what it can
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

data: registry  ## pack the maps, list the hashes of data/ and shapes/ again, check every figure
	$(PYTHON) -m geo_app build maps
	$(PYTHON) -m geo_app check

registry:  ## list the hashes of data/ and shapes/ again; git shows what changed
	$(PYTHON) -c "from geo_app import paths as p; p.write_registry(p.data_dir()); p.write_registry(p.shapes_dir())"

bench: install  ## run the benchmarks beside their peers
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	$(PYTHON) -m benchmarks

clean:  ## remove what tools left behind; .venv stays
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov tests/e2e/artifacts
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
