# Counts what a script of tests checks. Sourced by the scripts in cluster/ and container/; says what .ci/run adds up.
# shellcheck shell=bash
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
step() { echo "--- $* ($(date +%T))"; }
