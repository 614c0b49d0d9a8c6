#!/usr/bin/env bash
# Whether the node is ready: it serves, or knows the node that does.
exec 3<>"/dev/tcp/127.0.0.1/${QOMO_HTTP_PORT:-4001}" || exit 1
printf 'GET /health HTTP/1.0\r\n\r\n' >&3
read -r status <&3
[[ $status == *' 200 '* ]]
