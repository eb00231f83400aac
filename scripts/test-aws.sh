#!/usr/bin/env bash
# test-aws.sh [PYTEST ARGUMENTS]: tests rehearsal/aws, with Python's packages from the cache. The last line counts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
venv=$(rehearsal/aws/venv rehearsal/aws/requirements.txt test/rehearsal/aws/requirements.txt)
export PYTHONDONTWRITEBYTECODE=1
exec "$venv/bin/python" -m pytest --quiet -p no:cacheprovider test/rehearsal/aws "$@"
