#!/usr/bin/env bash
# Fits and scores a made-up table as arrays on a real Slurm of three nodes, kills a node in the middle, and compares with one process.
# usage: run.sh [--rows N] [--columns N] [--files N] [--shards N] [--tool FOLDER] [--keep FOLDER]
#   --tool FOLDER    the published tool; by default it is published here
#   --keep FOLDER    keeps data, models, scores and logs there
# Ends with "N passed, M failed, K skipped"; skipped, with the reason, where there can be no Slurm.
# shellcheck disable=SC2317  # functions that check calls
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$root/tests/checks.sh"
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
[ -e "$work/table/table.dll" ] || dotnet build "$here/table" -c Release -o "$work/table" -nologo -v quiet || { echo "the helper could not be built"; failed=1; finish; }
program=(dotnet "$tool/AnomalyKit.Tool.dll")
start="dotnet,$tool/AnomalyKit.Tool.dll"
anomalykit() { "${program[@]}" "$@"; }
table() { dotnet "$work/table/table.dll" "$@"; }

# submit FOLDER START COMMAND...    a job whose tasks are started by the words of START, a list with commas
submit() {
    local folder=$1 start=$2
    shift 2
    anomalykit cluster slurm --shards "$shards" --folder "$folder" --cpus 1 --memory 2G --time 1:00:00 --tool "$start" --submit -- "$@"
}
idle() { [ -z "$(squeue --noheader --array --states=PENDING,RUNNING,COMPLETING,CONFIGURING 2> /dev/null)" ]; }
wait_for_tasks() {
    slurm_until "$limit" idle && return
    squeue --array
    tail -n 20 "$slurm_home/log/slurmctld"
    return 1
}
manifests() { find "$1" -name '*.json' | wc -l; }
holds() { grep -qF -- "$1" <<< "$2" || { echo "'$1' is not in:"; echo "$2"; return 1; }; }

# Only ends a test that would hang: a slow machine needs minutes for the rows.
limit=$((600 + rows / 10000))
data="$work/the data, in \$parts"
jobs="$work/it's a job"
mkdir -p "$jobs"
cd "$jobs" || exit 1

step "a table of $rows rows x $columns in $files files"
table make "$data" "$rows" "$columns" "$files" || { failed=1; finish; }
fit=("$data" --detector isolation-forest --seed 1 --ignore id --threshold contamination:0.01)
step "one process fits"
anomalykit fit "${fit[@]}" --out one.akm || { failed=1; finish; }

step "Slurm starts"
slurm_start "$work/slurm" || { failed=1; finish; }

step "an array of $shards fits, is merged, scores for the threshold; a node is lost while it scores"
parts="$jobs/model.akm.scores.parquet.parts"
check "fit: submitted" submit fit "bash,$here/pause.sh,5,$parts,$work/held,$start" fit "${fit[@]}" --out model.akm
check "fit: shard 5 of the scores is held while it writes" slurm_until "$limit" test -e "$work/held"
lost=$(squeue --noheader --array --format '%K %N %T' | awk '$1 == 5 && $3 == "RUNNING" { print $2 }')
slurm_kill_node "${lost:-n1}"
check "fit: node ${lost:-?} is noticed to be lost" slurm_until 180 bash -c "sinfo --noheader --nodes=${lost:-n1} --format %T | grep -q down"
check "fit: all tasks end" wait_for_tasks
check "fit: shard 5 ran again" grep -q 'attempt 2' fit/logs/threshold-score-5.log
slurm_start_node "${lost:-n1}"
check "fit: the threshold is that of one process, within the error of the sketch" table threshold one.akm model.akm
anomalykit merge "$parts" --model model.akm.parts/merged.akm --threshold contamination:0.01 --exact --out exact.akm
check "fit: with exact scores the model is that of one process, byte for byte" cmp one.akm exact.akm
check "fit: the status says that nothing failed" anomalykit cluster slurm --folder fit --status
check "fit: nothing is missing" test -z "$(anomalykit cluster slurm --folder fit --resume 2> /dev/null)"

step "one process scores"
anomalykit score model.akm "$data" --keep id --out one.parquet || failed=$((failed + 1))
step "an array of $shards scores and is merged"
check "score: submitted" submit score "$start" score model.akm "$data" --keep id --out scores.parquet
check "score: all tasks end" wait_for_tasks
check "score: no row is lost, doubled or in another place" table rows scores.parquet id "$rows"
check "score: all scores and labels are those of one process" table same one.parquet scores.parquet

step "two parts are gone; what is missing is done again"
cp scores.parquet before.parquet
rm -f scores.parquet scores.parquet.parts/score-00003-of-* scores.parquet.parts/score-00007-of-*.json
check "resume: only shards 3 and 7 are missing" test "$(manifests scores.parquet.parts)" -eq $((shards - 2))
resumed=$(anomalykit cluster slurm --folder score --resume 2>&1)
check "resume: submitted" holds score "$resumed"
check "resume: all tasks end" wait_for_tasks
check "resume: shards 3 and 7 ran twice, the others once" test "$(grep -c ", attempt 1," score/logs/score-*.log | sort -V | cut -d : -f 2 | tr -d '\n')" = "$(seq "$shards" | sed 's/^[37]$/2/; t; s/.*/1/' | tr -d '\n')"
check "resume: the file is the same, byte for byte" cmp before.parquet scores.parquet

step "a job is cancelled while a shard writes"
check "cancel: submitted" submit cancelled "bash,$here/pause.sh,2,$jobs/cancelled.csv.parts,$work/held-2,$start" score model.akm "$data" --keep id --out cancelled.csv
check "cancel: shard 2 is held while it writes" slurm_until "$limit" test -e "$work/held-2"
scancel --user "$(id -un)"
check "cancel: all tasks end" wait_for_tasks
check "cancel: no file that was begun is left" test -z "$(find . -name '*.tmp' -newer "$work/held-2" -print)"
check "cancel: shard 2 has no part, and there is no merged file" test ! -e "$(printf 'cancelled.csv.parts/score-00002-of-%05d.json' "$shards")" -a ! -e cancelled.csv

step "a column that is not there"
check "failure: submitted" submit failing "$start" score model.akm "$data" --keep no-such-column --out failing.csv
check "failure: all tasks end, the merge is not waited for" wait_for_tasks
status=$(anomalykit cluster slurm --folder failing --status 2>&1)
check "failure: the status shows the end of the log" holds "no-such-column" "$status"
check "failure: nothing was written" test ! -e failing.csv

slurm_stop
no_daemon() { ! pgrep -f "$work/slurm"; }
check "no daemon is left" slurm_until 30 no_daemon
finish
