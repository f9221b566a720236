#!/usr/bin/env bash
# Every rule of the house, one after the other; the first that is broken ends it.
set -eu
bin=.venv/bin
export GROUNDWORK_ENV=test PYTHONWARNINGS=ignore

step() { echo "== $1"; shift; "$@"; }

step "ruff" $bin/ruff check .
step "ruff format" $bin/ruff format --check .
step "bandit" $bin/bandit -q -c pyproject.toml -r deliberation elicitation groundwork_mcp groundwork_relay scripts manage.py verify.py gunicorn.conf.py
step "mypy" $bin/mypy deliberation elicitation groundwork_mcp groundwork_relay scripts
step "import-linter" $bin/lint-imports
step "djlint" $bin/djlint --lint --quiet templates
step "djade" bash -c "git ls-files -co --exclude-standard 'templates/*.html' | xargs $bin/djade --check --target-version 5.2"
step "deptry" $bin/deptry .
step "migrations" $bin/python manage.py makemigrations --check --dry-run
step "check --deploy" env GROUNDWORK_ENV=production SECRET_KEY=check-only-0123456789-abcdefghij-ABCDEFGHIJ-xyzXYZ \
  ALLOWED_HOSTS=example.org DATABASE_URL=postgres://check@127.0.0.1/check REDIS_URL=redis://127.0.0.1/0 \
  $bin/python manage.py check --deploy --fail-level WARNING
step "house rules" $bin/python -m pytest -q tests/test_house.py tests/test_docs.py
