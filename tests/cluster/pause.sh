#!/usr/bin/env bash
# Starts the tool, and holds it while it writes: for tests that kill a task in the middle.
# usage: pause.sh INDEX PARTS MARK TOOL...    only the first attempt of the task INDEX is held; the file MARK appears when it is
index=$1 parts=$2 mark=$3
shift 3
if [ "${SLURM_ARRAY_TASK_ID:-}" != "$index" ] || [ "${SLURM_RESTART_COUNT:-0}" -ne 0 ] || [ -e "$mark" ]; then exec "$@"; fi
# What a task writes has the end .tmp until it is whole.
begun() { find "$parts" -name "*$(printf '%05d-of' "$index")*.tmp" 2> /dev/null | grep -q .; }
# The task gives way to the loop that watches it: what it begins is seen before it ends.
nice -n 19 "$@" &
task=$!
trap 'kill -TERM "$task" 2> /dev/null' TERM
state() { awk '/^State:/ { print $2 }' "/proc/$task/status" 2> /dev/null; }
# A signal takes a moment to stop a process. It is held in the middle only where what it writes is there, unfinished, after that.
held() {
    kill -STOP "$task" 2> /dev/null || return 1
    while [[ $(state) == [RSD] ]]; do sleep 0.005; done
    [ "$(state)" = T ] && begun
}
while :; do
    kill -0 "$task" 2> /dev/null || { echo "pause.sh: the task ended before it could be held" >&2; break; }
    if begun; then
        if held; then : > "$mark"; break; fi
        # It had just finished what it wrote.
        kill -CONT "$task" 2> /dev/null
    fi
    sleep 0.005
done
wait "$task"
code=$?
while kill -0 "$task" 2> /dev/null; do wait "$task"; code=$?; done
exit "$code"
