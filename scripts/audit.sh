#!/usr/bin/env bash
# Known weaknesses of our dependencies. Where no advisory service can be reached this says so and does not pass.
set -u
.venv/bin/python -m pip install -q pip-audit==2.9.0 || { echo "pip-audit could not be installed."; exit 1; }
.venv/bin/pip-audit -r requirements.txt -r requirements-mcp.txt --no-deps --disable-pip
code=$?
[ $code = 0 ] || echo "Not passed: weaknesses were found, or no advisory service could be reached (see above)."
exit $code
