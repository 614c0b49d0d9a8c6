#!/usr/bin/env bash
# Installs the Debian packages that some tests drive real clients and applications with. Without them (or the right to
# install them) those tests say loudly that they are skipped.
set -uo pipefail
wanted="mariadb-client mariadb-server sysbench python3-pymysql wordpress wordpress-theme-twentytwentyone php-cli php-mysql"
missing=""
for package in $wanted; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "SKIPPING tests that need:$missing (not installed, and this user cannot install packages)"
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null 2>&1
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 || echo "SKIPPING tests that need:$missing (could not be installed)"
exit 0
