#!/usr/bin/env bash
# Builds the container image of the server, and runs it as an orchestrator would: without Docker, over a base of Debian packages.
# usage: run.sh [--keep FOLDER]    keep image and logs there
# Ends with "N passed, M failed, K skipped"; skipped, with the reason, where root, apt or what they bring are not there.
# shellcheck disable=SC2317  # functions that check calls
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$root/tests/checks.sh"
. "$here/image.sh"
keep=""
case "${1:-}" in
    "") ;;
    --keep) keep=$2 ;;
    *) sed -n '3s/^# //p' "$0" >&2; exit 2 ;;
esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

why=$(image_available) || { echo "skipped: $why"; finish 1; }
work=${keep:-$(mktemp -d)}
mkdir -p "$work" && cd "$work" || exit 1
id=anomalykit-$$
clean() {
    runc --root "$work/runc" kill "$id" KILL > /dev/null 2>&1
    runc --root "$work/runc" delete --force "$id" > /dev/null 2>&1
    image_stop_registry
    cd /
    [ -n "$keep" ] || rm -rf "$work"
}
trap clean EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

step "a base of Debian packages in a registry of its own"
image_base || { echo "the base could not be made"; failed=1; finish; }
step "the server is published as an image (native, a minute or two)"
image_publish || { tail -n 30 publish.log; failed=1; finish; }

compressed() {
    local bytes
    bytes=$(jq '[.layers[].size] | add' image/blobs/sha256/"$(jq -r '.manifests[0].digest' image/index.json | cut -d : -f 2)")
    echo "$((bytes / 1000)) kB"
    [ "$bytes" -le 60000000 ]
}
config() { skopeo inspect --config "oci:$work/image:latest" | jq -e "$1"; }
check "the image has at most 60 MB, compressed" compressed
check "its user is a number and not root" config '.config.User | test("^[1-9][0-9]*(:[1-9][0-9]*)?$")'
check "it begins with the server itself, without a shell" config '.config.Entrypoint[0] // .config.Cmd[0] | test("AnomalyKit.Server$")'
check "its ports are said" config '.config.ExposedPorts | has("8080/tcp") and has("8081/tcp")'

vectors() { [ "$(uname -m)" != x86_64 ] || find "$root/src/AnomalyKit.Server/obj" -name '*.ilc.rsp' -newer base.log -exec grep -h -- --instruction-set {} + | grep . ; }
check "it is compiled for processors with AVX2" vectors

step "it runs: read-only, without capabilities, as its user"
umoci unpack --image image:latest bundle > umoci.log 2>&1 || { cat umoci.log; failed=1; finish; }
mkdir -p models
image_bundle
runc --root "$work/runc" run --bundle bundle "$id" > server.log 2>&1 < /dev/null &
runner=$!
address() { sed -n 's/.*Listening on \(http:[^ ]*\).*/\1/p' server.log | sed -n "${1}p"; }
until_true() { for _ in $(seq 1200); do "$@" > /dev/null 2>&1 && return; sleep 0.1; done; return 1; }
has_address() { [ -n "$(address 2)" ]; }
until_true has_address || { cat server.log; failed=$((failed + 1)); finish; }
http=$(address 1)
pid=$(runc --root "$work/runc" state "$id" | jq .pid)
ask() { curl -sf --max-time 60 --noproxy '*' "$@"; }
check "it is ready" until_true ask "$http/v2/health/ready"
not_root() { awk '/^Uid:/ { print "uid " $2; exit !($2 != 0 && $3 != 0) }' "/proc/$pid/status"; }
check "its process is not root" not_root
check "it has no capabilities" grep -q '^CapEff:[[:space:]]*0*$' "/proc/$pid/status"
read_only() { awk '$5 == "/" { found = $6 ~ /(^|,)ro(,|$)/ } END { exit !found }' "/proc/$pid/mountinfo"; }
check "its root is read-only" read_only
check "it has no shell" test ! -e "bundle/rootfs/bin/sh"
probe() { runc --root "$work/runc" exec "$id" /app/AnomalyKit.Server --probe "$1"; }
check "its probe says that it is ready, from within" probe "$http/v2/health/ready"
row=$(printf '0.5,%.0s' $(seq 29))0.5
score() { ask "$http/predict" -d "{\"data\": [[$row], [$row], [$row]]}" | jq -ce '.predictions | length == 3'; }
check "it scores" score
explained() { ask "$http/v1/models/example/score?explain=3" -d "[[$row]]" | grep score > /dev/null; }
check "it explains" explained
counted() { ask "$http/metrics" | grep '^anomalykit_serving_rows_total{.*} [1-9]' > /dev/null; }
check "it counts what it scored" counted
resident() { awk '/^VmRSS:/ { print $2 " kB"; exit !($2 < 80000) }' "/proc/$pid/status"; }
check "it is small" resident

step "it is told to stop"
runc --root "$work/runc" kill "$id" TERM
not_ready() { [ "$(curl -s --max-time 60 -o /dev/null -w '%{http_code}' --noproxy '*' "$http/v2/health/ready")" = 503 ]; }
check "it is not ready at once" until_true not_ready
ended() { timeout 120 tail --pid="$runner" -f /dev/null; }
check "it ends" ended
wait $runner
code=$?
check "it exits with 0" test $code -eq 0
check "no process of it is left" test ! -e "/proc/$pid"

step "what is in it"
check "a bill of materials can be made (CycloneDX)" bash "$root/deploy/sbom.sh" "$work/sbom.json"
[ ! -e sbom.json ] || check "it names what the server brings along" jq -e '[.components[].name] | contains(["Google.Protobuf", "OpenTelemetry"])' sbom.json
finish
