#!/usr/bin/env bash
# Writes the tour's data, made of what is on this machine, into tour-data (or the
# directory given): this clone's git history up to the day the tour was
# written (commits.tsv, changes.tsv) and what the JDK knows of time zones and countries (zones.tsv, countries.tsv).
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dir=${1:-$home/tour-data}
mkdir -p "$dir"
export TZ=UTC
until='2026-11-22T21:30:00+00:00'
git -C "$home" log --abbrev=10 --no-merges --before="$until" --date=format-local:'%Y-%m-%d %H:%M:%S' \
  --pretty=tformat:'%h%x09%cd%x09%s' >"$dir/commits.tsv"
git -C "$home" log --abbrev=10 --no-merges --before="$until" --no-renames --numstat --pretty=tformat:'@%h' \
  | awk -F'\t' '/^@/ { commit = substr($0, 2); next } NF == 3 && $1 != "-" { print commit "\t" $3 "\t" $1 "\t" $2 }' \
  >"$dir/changes.tsv"
"$home/qomo" java "$home/docs/tour/JdkData.java" "$dir"
wc -l "$dir"/commits.tsv "$dir"/changes.tsv "$dir"/zones.tsv "$dir"/countries.tsv
