#!/usr/bin/env bash
# Fits and scores a made-up table as arrays on a real Slurm of three nodes, kills a node in the middle, and compares with one process.
# usage: run.sh [--rows N] [--columns N] [--files N] [--shards N] [--tool FOLDER] [--keep FOLDER]
#   --tool FOLDER    the published tool; by default it is published here
#   --keep FOLDER    keeps data, models, scores and logs there
# Ends with "N passed, M failed, K skipped"; skipped, with the reason, where there can be no Slurm.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/slurm.sh"
rows=2000000 columns=30 files=24 shards=12 tool="" keep=""
while [ $# -gt 0 ]; do
    case "$1" in
        --rows) rows=$2 ;;
        --columns) columns=$2 ;;
        --files) files=$2 ;;
        --shards) shards=$2 ;;
        --tool) tool=$2 ;;
        --keep) keep=$2 ;;
        *) sed -n '3,5s/^# //p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

passed=0 failed=0
# check NAME COMMAND...    one test
check() {
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then
        passed=$((passed + 1))
        echo "passed  $name${said:+ ($(tail -n 1 <<< "$said"))}"
    else
        failed=$((failed + 1))
        echo "FAILED  $name"
        tail -n 30 <<< "$said" | sed 's/^/        /'
    fi
}
finish() {
    echo "$passed passed, $failed failed, ${1:-0} skipped"
    [ "$failed" -eq 0 ]
    exit
}

why=$(slurm_available) || { echo "skipped: $why"; finish 1; }
work=${keep:-$(mktemp -d)}
mkdir -p "$work" && cd "$work" || exit 1
work=$PWD
trap 'slurm_stop; [ -n "$keep" ] || rm -rf "$work"' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# The tool and the helper are built before Slurm starts, and once.
if [ -z "$tool" ]; then
    tool=$work/tool
    dotnet publish "$root/src/AnomalyKit.Tool" -c Release -o "$tool" -nologo -v quiet || { echo "the tool could not be published"; failed=1; finish; }
fi
dotnet build "$here/table" -c Release -o "$work/table" -nologo -v quiet || { echo "the helper could not be built"; failed=1; finish; }
anomalykit() { dotnet "$tool/anomalykit.dll" "$@"; }
table() { dotnet "$work/table/table.dll" "$@"; }
step() { echo "--- $* ($(date +%T))"; }

# jobs FOLDER STATUS...    waits until no task of the cluster is left, at most some minutes
no_tasks_left() { [ -z "$(squeue --noheader --array --states=PENDING,RUNNING,COMPLETING 2> /dev/null)" ]; }
wait_for_jobs() {
    slurm_until "${1:-300}" no_tasks_left || { echo "tasks did not end:"; squeue; tail -n 20 "$slurm_home/log/slurmctld"; return 1; }
}
cluster() {
    local folder=$1
    shift
    anomalykit cluster slurm --shards "$shards" --folder "$folder" --dispatch "dotnet $tool/anomalykit.dll" "$@"
}
parts_left() { find "$1" -name '*.json' | wc -l; }
no_remains() { [ -z "$(find "$@" -name '*.tmp' -print -quit)" ] || { find "$@" -name '*.tmp'; return 1; }; }
