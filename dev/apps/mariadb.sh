#!/usr/bin/env bash
# A private MariaDB for comparisons: `mariadb.sh start DIR PORT` prints nothing and returns when it accepts connections;
# `mariadb.sh stop DIR` ends it and removes DIR. Durable (innodb_flush_log_at_trx_commit=1), loopback only.
set -euo pipefail
action=$1
dir=$2
case "$action" in
  start)
    port=$3
    mkdir -p "$dir"
    mariadb-install-db --no-defaults --user=root --auth-root-authentication-method=normal --datadir="$dir/data" \
      --skip-test-db >"$dir/install.log" 2>&1
    mariadbd --no-defaults --user=root --datadir="$dir/data" --socket="$dir/sock" --port="$port" --bind-address=127.0.0.1 \
      --pid-file="$dir/pid" --innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size="${POOL:-256M}" \
      --character-set-server=utf8mb4 --sql-mode="${SQL_MODE:-STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION}" \
      --max-connections=400 --local-infile=1 >"$dir/server.log" 2>&1 &
    for _ in $(seq 100); do
      mariadb-admin --no-defaults -S "$dir/sock" -u root ping >/dev/null 2>&1 && exit 0
      sleep 0.2
    done
    echo "MariaDB did not start; see $dir/server.log" >&2
    exit 1 ;;
  stop)
    if [ -f "$dir/pid" ]; then
      pid=$(cat "$dir/pid")
      kill "$pid" 2>/dev/null || true
      for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    fi
    rm -rf "$dir" ;;
esac
