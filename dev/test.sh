#!/usr/bin/env bash
# The test suites. Without a name: the default suite, what CI runs.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$home"
suite=${1:-default}
[ $# -gt 0 ] && shift
maven() { mvn -B -ntp "$@"; }
case "$suite" in
  default) maven verify "$@" ;;
  unit) maven verify -pl base,store,query,serve "$@" ;;
  sql) maven -Dfast -pl dev/testing -am verify -Dtest='SqlFilesTest' -Dsurefire.failIfNoSpecifiedTests=false "$@" ;;
  clients) (cd "$home/dev/apps/mysql2" && npm install --no-audit --no-fund --loglevel=error) || true; "$home/dev/packages.sh"; maven -Dfast -pl dev/testing -am verify -Dtest='*ClientTest,*ApplicationTest' -Dsurefire.failIfNoSpecifiedTests=false "$@" ;;
  manual) maven -Dfast -pl dev/testing -am verify -Dtest=ManualTest -Dmanual.rewrite=true -Dsurefire.failIfNoSpecifiedTests=false "$@" ;;
  pending) maven -Dfast -pl dev/testing -am verify -Dtest.excluded= -Dtest.included=pending -Dsurefire.failIfNoSpecifiedTests=false "$@" ;;
  *)
    cat <<'HELP'
suites: default  format, lint, architecture, unit, SQL, clients, crash (what CI runs)
        unit     the modules' own tests
        sql      the SQL golden files
        manual   writes the generated pages of docs/manual
        pending  tests of what is not built yet (they fail)
        clients  real clients and applications
HELP
    [ "$suite" = help ] || exit 1 ;;
esac
