#!/usr/bin/env bash
# Tests of the launcher, with a JDK and a Maven that only print what they are asked for.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/jdk/bin" "$dir/repo/serve/target" "$dir"/repo/{base,store,query,dev} "$dir/bin"
cp "$home/qomo" "$dir/repo/qomo"
printf '<project/>\n' >"$dir/repo/pom.xml"
touch "$dir/repo/serve/target/qomo.jar" "$dir/repo/serve/target/qomo.aot"
touch -d '+1 minute' "$dir/repo/serve/target/qomo.jar" 2>/dev/null || true
touch -d '+2 minutes' "$dir/repo/serve/target/qomo.aot" 2>/dev/null || true
printf 'JAVA_VERSION="25.0.3"\n' >"$dir/jdk/release"
printf '#!/bin/sh\necho "java LC_ALL=${LC_ALL:-} $*"\n' >"$dir/jdk/bin/java"
printf '#!/bin/sh\n' >"$dir/jdk/bin/javac"
printf '#!/bin/sh\necho "mvn $*"\n' >"$dir/bin/mvn"
chmod +x "$dir"/jdk/bin/* "$dir/bin/mvn"

failed=0
# NAME PATTERN ARGS...: what the launcher prints, in an environment without HOME, must match the pattern
expect() {
  local name=$1 pattern=$2 said; shift 2
  said=$(env -i PATH="$dir/bin:/usr/bin:/bin" JAVA_HOME="$dir/jdk" ${extra:-} "$dir/repo/qomo" "$@" 2>&1 </dev/null) || true
  if [[ ! $said =~ $pattern ]]; then
    printf 'FAILED %s: expected %s, found:\n%s\n' "$name" "$pattern" "$said"
    failed=1
  fi
}

expect 'no HOME' '^java .*Main version$' version
expect '--version' '^java .*Main version$' --version
expect 'default memory' '^java .*-Xmx430m .*Main start$' start
expect 'gigabytes' '^java .*-Xmx860m .*Main start --memory 2g$' start --memory 2g
expect 'decimals' '^java .*-Xmx645m .*Main start --memory 1\.5g$' start --memory 1.5g
expect 'unit with b' '^java .*-Xmx215m ' start --memory=512mb
expect 'bytes' '^java .*-Xmx430m ' start --memory 1073741824
expect 'kilobytes' '^java .*-Xmx430m ' start --memory 1048576k
expect 'the last one counts' '^java .*-Xmx860m ' start --memory 1g --memory 2g
expect 'no size' "^qomo: --memory takes a size such as 512m or 1.5g, not 'banana'\$" start --memory banana
expect 'nothing' '^qomo: --memory must be at least 256m, not 0$' start --memory 0
expect 'too little' '^qomo: --memory must be at least 256m, not 0.2g$' start --memory 0.2g
expect 'too much' "^qomo: --memory must be at most the machine's [0-9]+m, not 99999g\$" start --memory 99999g
expect 'no such command' "^qomo: unknown command 'compat'" compat
expect 'C locale' 'LC_ALL=C.UTF-8 ' sql -e 'SELECT 1'
extra=LANG=de_DE.UTF-8 expect 'other locale' 'LC_ALL= ' sql -e 'SELECT 1'
expect 'install' 'mvn -B -ntp .*-pl serve -am install' install
ln "$dir/repo/serve/target/qomo.jar" "$dir/open.jar"
expect 'build' '^qomo: building ' build
[ ! "$dir/open.jar" -ef "$dir/repo/serve/target/qomo.jar" ] || { echo 'FAILED build: it writes into the jar a server has open'; failed=1; }
rm "$dir/jdk/bin/javac"
touch "$dir/repo/qomo.jar"
expect 'installed, with a runtime' "^java .*-cp $dir/repo/qomo.jar io.qomo.serve.cli.Main version\$" version
expect 'installed: nothing is built' '^qomo: preparing the start-up cache' build
[ "$failed" = 0 ] && echo 'launcher: all well'
exit "$failed"
