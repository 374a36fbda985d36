#!/bin/sh
# Publishes the smoke program ahead of time, warnings as errors, and runs it.
# usage: run.sh [--skip-if-missing]    skip, and succeed, where the native tool chain (clang or gcc, zlib) is missing
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

missing() {
    echo "skipped: $1 is missing, which ahead-of-time compilation needs" >&2
    [ "${skip:-no}" = yes ] && exit 0
    exit 2
}

[ "${1:-}" = --skip-if-missing ] && skip=yes
compiler=$(command -v clang || command -v gcc || true)
[ -n "$compiler" ] || missing "clang (or gcc)"
[ "$(uname)" = Darwin ] || echo 'int main(void) { return 0; }' | "$compiler" -x c - -lz -o /dev/null 2>/dev/null || missing zlib

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
[ "$(basename "$compiler")" = gcc ] && set -- -p:CppCompilerAndLinker=gcc || set --
dotnet publish "$here/AnomalyKit.AotSmoke.csproj" -c Release --use-current-runtime -o "$out" -nologo -v quiet "$@"
"$out/AnomalyKit.AotSmoke"
