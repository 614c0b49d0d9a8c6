#!/usr/bin/env bash
# The benchmarks, each beside a peer in the same run. Reports go to bench/results.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
name=${1:-help}
[ $# -gt 0 ] && shift
case "$name" in
  all | sysbench | load | start | tpch)
    "$home/dev/packages.sh"
    exec python3 "$home/bench/bench.py" "$name" "$@" ;;
  cluster)
    "$home/dev/packages.sh"
    exec /usr/bin/python3 "$home/bench/cluster.py" "$@" ;;
  *)
    cat <<'HELP'
usage: ./qomo bench NAME
  all       everything below, one report
  sysbench  OLTP workloads beside MariaDB, durable on both sides [--seconds N] [--threads 1,16,64] [--rows N]
  load      multi-row INSERT dump and LOAD DATA beside MariaDB
  tpch      the 22 queries at scale 0.1 beside MariaDB, answers checked
  start     time to the first SELECT 1, idle memory
  cluster   three nodes beside one: CPU, log entries, messages for each transaction; failovers [--kills N]
HELP
    [ "$name" = help ] || exit 1 ;;
esac
