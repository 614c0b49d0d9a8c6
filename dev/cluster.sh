#!/usr/bin/env bash
# A cluster of several processes on this machine, for trying it out: ./qomo cluster up N | down | status.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
qomo="$home/qomo"

die() { echo "qomo: $*" >&2; exit 2; }

usage='usage: ./qomo cluster up N [--dir DIR] [--port P] [--memory SIZE]
       ./qomo cluster status [--dir DIR]
       ./qomo cluster down [--dir DIR]
       ./qomo cluster certs DIR [--hosts A,B] [--name NAME]
up starts N nodes in the background (1 to 9; defaults: ./qomo-cluster 4000 512m), or again those that do not run;
node I takes MySQL clients on port P + 10 (I - 1), HTTP on the next port, other nodes on the one after that.'

[ $# -gt 0 ] || { echo "$usage"; exit 0; }
command=$1; shift
count=
if [ "$command" = up ]; then
  count=${1:-}
  [[ $count =~ ^[1-9]$ ]] || die "up takes a number of nodes from 1 to 9"
  shift
fi
dir=qomo-cluster port=4000 memory=512m
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || die "option '$1' needs a value"
  case "$1" in
    --dir) dir=$2 ;;
    --port) port=$2 ;;
    --memory) memory=$2 ;;
    *) die "unknown option '$1'"$'\n'"$usage" ;;
  esac
  shift 2
done
[[ $port =~ ^[0-9]{1,5}$ ]] || die "--port takes a port number, not '$port'"

node() { printf '%s/node%s' "$dir" "$1"; }
sql_port() { echo $((port + 10 * ($1 - 1))); }

# the process of a node, if it runs; one that was killed may still wait for its parent to notice
pid_of() {
  local pid
  pid=$(cat "$(node "$1")/qomo.pid" 2>/dev/null) && kill -0 "$pid" 2>/dev/null || return 1
  [[ $(ps -o stat= -p "$pid" 2>/dev/null) == Z* ]] && return 1
  echo "$pid"
}

await_ready() { # NODE PID SKIP: the bytes of the log that earlier runs wrote
  for _ in $(seq 600); do
    tail -c "+$(($3 + 1))" "$(node "$1").log" 2>/dev/null | grep -q '^qomo ready' && return 0
    kill -0 "$2" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

up() {
  mkdir -p "$dir"
  echo "$port" >"$dir/port"
  "$qomo" version >/dev/null
  local all="" i
  for i in $(seq "$count"); do all="$all,127.0.0.1:$(($(sql_port "$i") + 2))"; done
  all=${all#,}
  for i in $(seq "$count"); do
    if pid_of "$i" >/dev/null; then continue; fi
    local join=()
    [ "$i" -gt 1 ] && join=(--join "$all")
    echo "--- $(date -u +%FT%TZ) cluster up" >>"$(node "$i").log"
    local skip
    skip=$(wc -c <"$(node "$i").log")
    nohup "$qomo" start --data-dir "$(node "$i")" --port "$(sql_port "$i")" --http-port $(($(sql_port "$i") + 1)) \
      --cluster-port $(($(sql_port "$i") + 2)) ${join[@]+"${join[@]}"} --memory "$memory" \
      >>"$(node "$i").log" 2>&1 </dev/null &
    local pid=$!
    if ! await_ready "$i" "$pid" "$skip"; then
      tail -n 5 "$(node "$i").log" >&2
      die "node $i did not start; its log is $(node "$i").log"
    fi
  done
  for i in $(seq "$count"); do
    echo "node $i  mysql -h 127.0.0.1 -P $(sql_port "$i") -u root   http://127.0.0.1:$(($(sql_port "$i") + 1))   $(node "$i").log"
  done
  echo "connect to any of them, for example   ./qomo sql -P $port"
  echo "kill one and see                      kill -9 \$(cat $(node 1)/qomo.pid); then ./qomo cluster up $count brings it back"
}

nodes() { # numbers of the nodes there are
  local path
  for path in "$dir"/node?; do [ -d "$path" ] && echo "${path##*node}"; done
}

down() {
  local i pid pids=""
  for i in $(nodes | sort -r); do
    if pid=$(pid_of "$i"); then
      kill "$pid"
      pids="$pids $pid"
    fi
  done
  for pid in $pids; do
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  done
  echo "stopped; the data stays in $dir"
}

status() {
  local i
  for i in $(nodes); do
    if pid_of "$i" >/dev/null; then
      echo "node directory $(node "$i") on port $(sql_port "$i")"
      "$qomo" status --http 127.0.0.1:$(($(sql_port "$i") + 1)) | sed 's/^/  /'
    else
      echo "node directory $(node "$i"): does not run"
    fi
  done
}

[ "$command" = up ] || { [ -d "$dir" ] || die "there is no cluster in $dir"; port=$(cat "$dir/port"); }
case "$command" in
  up) up ;;
  down) down ;;
  status) status ;;
  help | --help) echo "$usage" ;;
  *) die "unknown command 'cluster $command'"$'\n'"$usage" ;;
esac
