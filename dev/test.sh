#!/usr/bin/env bash
# The test suites. Without a name: the default suite, what CI runs.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$home"
suite=${1:-default}
[ $# -gt 0 ] && shift
maven() { mvn -B -ntp "$@"; }
# What some tests drive the server with; a test whose programs could not be had says loudly that it is skipped.
clients() {
  "$home/dev/packages.sh"
  (cd "$home/dev/apps/mysql2" && npm install --no-audit --no-fund --loglevel=error) >/dev/null \
    || echo "SKIPPING tests that need: mysql2 (npm install in dev/apps/mysql2 failed)"
}
case "$suite" in
  default) dev/launcher_test.sh; clients; maven verify "$@" ;;
  launcher) dev/launcher_test.sh ;;
  chaos)
    seconds=60
    if [ "${1:-}" = --minutes ]; then seconds=$(( ${2:?--minutes takes a number} * 60 )); shift 2; fi
    maven -Dfast -pl dev/testing -am verify -Dtest='ChaosTest' -Dsurefire.failIfNoSpecifiedTests=false "-Dqomo.chaos.seconds=$seconds" "$@" ;;
  unit) maven verify -pl base,store,query,serve "$@" ;;
  sql) maven -Dfast -pl dev/testing -am verify -Dtest='SqlFilesTest' -Dsurefire.failIfNoSpecifiedTests=false "$@" ;;
  clients) clients; maven -Dfast -pl dev/testing -am verify -Dtest='*ClientTest,*ApplicationTest' -Dsurefire.failIfNoSpecifiedTests=false "$@" ;;
  manual) maven -Dfast -pl dev/testing -am verify -Dtest=ManualTest -Dmanual.rewrite=true -Dsurefire.failIfNoSpecifiedTests=false "$@" ;;
  pending) clients; maven -Dfast -pl dev/testing -am verify -Dtest.excluded= -Dtest.included=pending -Dsurefire.failIfNoSpecifiedTests=false "$@" ;;
  differential) maven -Dfast -pl dev/testing -am verify -Dtest='DifferentialTest' -Dsurefire.failIfNoSpecifiedTests=false "-Ddifferential.mariadb=${QOMO_MARIADB_PORT:-3306}" "$@" ;;
  *)
    cat <<'HELP'
suites: default  format, lint, architecture, unit, SQL, clients, crash, launcher (what CI runs)
        launcher the launcher's own tests
        unit     the modules' own tests
        sql      the SQL golden files
        manual   writes the generated pages of docs/manual
        differential  random queries on Qomo and on a MariaDB on port $QOMO_MARIADB_PORT
        pending  tests of what is not built yet (they fail)
        clients  real clients and applications
HELP
    [ "$suite" = help ] || exit 1 ;;
esac
