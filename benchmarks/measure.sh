#!/usr/bin/env bash
# Makes the figures of docs/performance.md in one run: how cost scales, every detector's kernels, and the other libraries.
# usage: measure.sh --data creditcard.csv.gz --out FOLDER [--adbench FOLDER] [--threads N] [--only scaling,kernels,peers] [--mode quick|default|full] [--docs]
# Some 20 minutes on two cores with nothing else going on (--mode is the peers'). --docs also puts the results into docs/performance.md and docs/images.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
usage() { sed -n '3,4s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }

data="" out="" adbench="" threads=1 only=scaling,kernels,peers mode=default docs=""
while [ $# -gt 0 ]; do
  case $1 in
    --docs) docs=yes; shift; continue ;;
    --data | --out | --adbench | --threads | --only | --mode) [ $# -ge 2 ] || usage ;;
    *) usage ;;
  esac
  printf -v "${1#--}" '%s' "$2"
  shift 2
done
[ -n "$out" ] || usage
case ",$only," in *,peers,*) [ -f "$data" ] || { echo "error: the comparison needs --data, a file creditcard.csv.gz" >&2; exit 2; } ;; esac
mkdir -p "$out"
out=$(cd "$out" && pwd)

benchmarks=$here/AnomalyKit.Benchmarks
dotnet build -c Release -v quiet --nologo "$benchmarks" >&2
began=$SECONDS
wanted() { case ",$only," in *,"$1",*) echo "=== $1, after $((SECONDS - began)) s"; return 0 ;; *) return 1 ;; esac; }

if wanted scaling; then
  rows=1000000
  [ "$mode" != quick ] || rows=10000
  dotnet run -c Release --no-build --project "$benchmarks" -- scaling --rows $rows --picture "$out/scaling.png" | tee "$out/scaling.log"
  # Without the line about the picture.
  grep -v '^Drawn to' "$out/scaling.log" > "$out/scaling.md"
fi

if wanted kernels; then
  job=short
  [ "$mode" != quick ] || job=dry
  # BenchmarkDotNet looks for the project from where it is started.
  (cd "$benchmarks" && dotnet run -c Release --no-build -- --filter '*.KernelBenchmarks.*' --job $job --exporters fulljson --artifacts "$out/kernels") > "$out/kernels.log"
  cp "$out"/kernels/results/*KernelBenchmarks-report-github.md "$out/kernels.md"
  cat "$out/kernels.md"
fi

if wanted peers; then
  arguments=(--data "$data" --out "$out/peers.json" --mode "$mode" --threads "$threads")
  [ -z "$adbench" ] || arguments+=(--adbench "$adbench")
  "$here/peers/run.sh" "${arguments[@]}"
fi

if [ -n "$docs" ]; then
  for part in scaling kernels peers; do
    [ ! -f "$out/$part.md" ] || python3 "$here/peers/insert.py" "$here/../docs/performance.md" $part "$out/$part.md"
  done
  [ ! -f "$out/scaling.png" ] || cp "$out/scaling.png" "$here/../docs/images/scaling.png"
fi
echo "$((SECONDS - began)) s in all; everything is in $out"
