#!/usr/bin/env bash
# Starts the node of a container, alone or of a cluster, and becomes it: signals reach the server.
#
#   QOMO_NODES               hosts of all nodes, with commas between; none: a node alone
#   QOMO_HOST                this node's host among them (default: the container's host name)
#   QOMO_FOUND               auto (default): the first of QOMO_NODES founds the cluster if it has no data and no other
#                            node answers; no: it joins like the others, which is right once the cluster is there
#   QOMO_ROOT_PASSWORD_FILE  root's password, set when the data directory is new; needed by a node alone and by a founder
#   QOMO_INIT_SQL            a file of statements that root runs once after that, such as CREATE USER
#   QOMO_CLUSTER_SECRET_FILE, QOMO_CLUSTER_CERT_FILE, QOMO_CLUSTER_KEY_FILE, QOMO_CLUSTER_CA_FILE
#   QOMO_MEMORY              what the server may use (default: three quarters of the container's limit, or 1g)
#
# Arguments that begin with a dash are options of `qomo start`; others are another command: docker run IMAGE sql -h ...
set -euo pipefail
qomo=${QOMO_LAUNCHER:-/opt/qomo/qomo}
data=${QOMO_DATA_DIR:-/var/lib/qomo/data}
sql_port=${QOMO_PORT:-4000} http_port=${QOMO_HTTP_PORT:-4001} cluster_port=${QOMO_CLUSTER_PORT:-4002}

die() { echo "qomo: $*" >&2; exit 2; }
say() { echo "qomo: $*" >&2; }

if [ $# -gt 0 ] && [[ $1 != -* ]]; then exec "$qomo" "$@"; fi

memory() { # in MiB; a limit of the container, if there is one
  local file limit=
  for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
    [ -r "$file" ] && limit=$(cat "$file") && break
  done
  # no limit is the word max, or a number beyond all machines
  if [[ ${limit:-max} =~ ^[0-9]{1,14}$ ]]; then echo "$((limit / 4 * 3 / 1048576))m"; else echo 1g; fi
}

is_member() { [ -f "$data/store/cluster/identity" ]; }

answers() { # HOST PORT: whether a node's HTTP server is there
  timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf "GET /health HTTP/1.0\r\n\r\n" >&3 && grep -q HTTP <&3' "$1" "$2" \
    2>/dev/null
}

# Sets root's password while only this container can reach the server, which runs alone for that long.
initialize() {
  [ ! -f "$data/initialized" ] || return 0
  [ -n "${QOMO_ROOT_PASSWORD_FILE:-}" ] || die "QOMO_ROOT_PASSWORD_FILE must name a file with a password for root"
  local password quoted log pid
  password=$(cat "$QOMO_ROOT_PASSWORD_FILE")
  [ -n "$password" ] || die "$QOMO_ROOT_PASSWORD_FILE is empty"
  quoted=${password//\\/\\\\}
  quoted=${quoted//\'/\'\'}
  log=$(mktemp)
  "$qomo" start --data-dir "$data" --host 127.0.0.1 --port "$sql_port" --http-port "$http_port" --memory "$memory" \
    >"$log" 2>&1 &
  pid=$!
  trap 'kill "$pid" 2>/dev/null; wait "$pid"; exit 143' TERM INT
  until grep -q '^qomo ready' "$log"; do
    kill -0 "$pid" 2>/dev/null || { cat "$log" >&2; exit 1; }
    sleep 0.2
  done
  # after a start that was interrupted here root may have the password already
  MYSQL_PWD=$password "$qomo" sql -P "$sql_port" -u root -e 'DO 0' 2>/dev/null \
    || "$qomo" sql -P "$sql_port" -u root <<<"ALTER USER root@localhost IDENTIFIED BY '$quoted';"
  if [ -n "${QOMO_INIT_SQL:-}" ]; then
    MYSQL_PWD=$password "$qomo" sql -P "$sql_port" -u root "$QOMO_INIT_SQL"
  fi
  kill "$pid"
  wait "$pid" || true
  trap - TERM INT
  rm -f "$log"
  : >"$data/initialized"
  say "root has the password of $QOMO_ROOT_PASSWORD_FILE"
}

memory=${QOMO_MEMORY:-$(memory)}
options=(--data-dir "$data" --host "${QOMO_LISTEN:-0.0.0.0}" --port "$sql_port" --http-port "$http_port" --memory "$memory")
if [ -z "${QOMO_NODES:-}" ]; then
  initialize
  exec "$qomo" start "${options[@]}" "$@"
fi

host=${QOMO_HOST:-$(hostname)}
IFS=, read -r -a nodes <<<"$QOMO_NODES"
[[ ",$QOMO_NODES," == *",$host,"* ]] || die "QOMO_HOST $host is none of QOMO_NODES $QOMO_NODES"
join='' others=()
for node in "${nodes[@]}"; do
  [ "$node" != "$host" ] || continue
  others+=("$node")
  join="$join,$node:$cluster_port"
done
options+=(--cluster-host "$host" --cluster-port "$cluster_port")
for name in secret cert key ca; do
  variable=QOMO_CLUSTER_${name^^}_FILE
  [ -z "${!variable:-}" ] || options+=("--cluster-$name" "${!variable}")
done

founds() {
  [ "${nodes[0]}" = "$host" ] && [ "${QOMO_FOUND:-auto}" != no ] || return 1
  local node
  for node in ${others[@]+"${others[@]}"}; do
    # there is a cluster, and this node has lost its data
    if answers "$node" "$http_port"; then say "$node runs: this node joins its cluster"; return 1; fi
  done
}

if is_member; then
  # its place is written in its directory; --join matters only if it was stopped while it was being let in
  [ -z "$join" ] || options+=(--join "${join#,}")
elif founds; then
  initialize
else
  options+=(--join "${join#,}")
fi
exec "$qomo" start "${options[@]}" "$@"
