#!/usr/bin/env bash
# A Slurm of three nodes on this machine, for the time of one command.
# usage: slurm.sh COMMAND [ARGUMENT]...    run the command with sbatch, squeue and scancel at hand, then stop everything
#        . slurm.sh                        the functions below, for a script that runs its own
# Debian's packages slurmctld, slurmd, slurm-client and munge are installed where root and apt-get are there.
# Nothing outside one temporary folder is changed, and the daemons listen on free ports: a Slurm that the machine has already is not touched.

slurm_nodes="n1 n2 n3"

# Says why there can be no Slurm here, and fails; installs the packages first where that is possible.
slurm_available() {
    [ "$(uname)" = Linux ] || { echo "Slurm runs on Linux"; return 1; }
    [ "$(id -u)" -eq 0 ] || { echo "root is needed to start the daemons of Slurm"; return 1; }
    local program
    for program in munged slurmctld slurmd sbatch; do
        command -v "$program" > /dev/null && continue
        command -v apt-get > /dev/null || { echo "$program is missing, and there is no apt-get to install it with"; return 1; }
        { timeout 120 apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 600 apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends slurmctld slurmd slurm-client munge; } > /dev/null 2>&1 \
            || { echo "$program is missing, and apt-get could not install it"; return 1; }
    done
}

# Starts munged, slurmctld and three slurmd below a folder, and waits until all nodes are idle; sets SLURM_CONF.
slurm_start() {
    for _ in 1 2 3; do
        slurm_start_once "$1" && return
        # Somebody else may be given one of the ports before it is used.
        slurm_port_is_taken || return 1
        slurm_stop
        rm -rf "$1"
    done
    return 1
}

slurm_start_once() {
    slurm_home=$1
    mkdir -p "$slurm_home/state" "$slurm_home/log" "$slurm_home/run" || return 1
    chmod 755 "$slurm_home" "$slurm_home/run"

    local ports
    # shellcheck disable=SC2046  # one port a word
    set -- $(slurm_free_ports 4) && ports=("$@") && [ "${#ports[@]}" -eq 4 ] || return 1
    head -c 1024 /dev/urandom > "$slurm_home/munge.key" && chmod 600 "$slurm_home/munge.key"
    export SLURM_CONF=$slurm_home/slurm.conf
    slurm_config "${ports[@]}" > "$SLURM_CONF"

    munged --foreground --force --key-file "$slurm_home/munge.key" --socket "$slurm_home/run/munge" --pid-file "$slurm_home/run/munged.pid" \
        --log-file "$slurm_home/log/munged" --seed-file "$slurm_home/munge.seed" > /dev/null 2>&1 &
    slurm_pids="$!"
    slurm_until 60 test -S "$slurm_home/run/munge" || { echo "munged did not start" >&2; return 1; }
    disown "$!"
    slurmctld -D -c -f "$SLURM_CONF" -L "$slurm_home/log/slurmctld" > /dev/null 2>&1 &
    slurm_pids="$slurm_pids $!"
    disown "$!"
    local node
    for node in $slurm_nodes; do slurm_start_node "$node"; done
    slurm_until 240 slurm_has_started
    slurm_all_idle || { echo "the nodes of Slurm did not become idle:" >&2; sinfo >&2; tail -n 20 "$slurm_home"/log/* >&2; return 1; }
}

slurm_start_node() {
    slurmd -D -N "$1" -f "$SLURM_CONF" -L "$slurm_home/log/$1" > /dev/null 2>&1 &
    echo "$!" > "$slurm_home/run/$1.started"
    slurm_pids="$slurm_pids $!"
    disown "$!"
}

# As if a machine lost power: its daemon, the keepers of its jobs, and all their processes end at once, with no word to the controller.
slurm_kill_node() {
    local node=$1 keepers="" job processes="" keeper
    for job in $(squeue --noheader --nodelist "$node" --states RUNNING,COMPLETING --format %A); do
        keepers="$keepers $(pgrep -f "^slurmstepd: \[$job\.")"
    done
    for keeper in $keepers; do processes="$processes $(slurm_descendants "$keeper")"; done
    # shellcheck disable=SC2086  # several identifiers
    kill -KILL "$(cat "$slurm_home/run/$node.started")" $keepers $processes 2> /dev/null
}

# Ends all jobs and daemons, by their identifiers, and waits until they are gone.
slurm_stop() {
    [ -n "${slurm_home:-}" ] || return 0
    timeout 10 scancel --user "$(id -un)" 2> /dev/null
    slurm_until 10 slurm_no_jobs
    local keepers keeper processes=""
    keepers=$(slurm_keepers)
    for keeper in $keepers; do processes="$processes $(slurm_descendants "$keeper")"; done
    # shellcheck disable=SC2086  # several identifiers
    kill -TERM $slurm_pids 2> /dev/null
    # The controller saves what it knows first.
    # shellcheck disable=SC2086
    slurm_until 60 slurm_gone $slurm_pids || kill -KILL $slurm_pids 2> /dev/null
    # shellcheck disable=SC2086
    [ -z "$keepers$processes" ] || kill -KILL $keepers $processes 2> /dev/null
    # shellcheck disable=SC2086
    slurm_until 30 slurm_gone $slurm_pids $keepers $processes
    slurm_home=""
    unset SLURM_CONF
}

# The configuration. With the usual values a node counts as lost after minutes: here SlurmdTimeout and MessageTimeout make it half a minute.
# A requeued job waits for the credential of its first run to expire (cred_expire, usually 120 s, at least 5 s).
slurm_config() {
    local host
    host=$(hostname -s)
    cat << END
ClusterName=anomalykit
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$1
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$slurm_home/run/munge,cred_expire=5
CredType=cred/munge
StateSaveLocation=$slurm_home/state
SlurmdSpoolDir=$slurm_home/state/%n
SlurmctldPidFile=$slurm_home/run/slurmctld.pid
SlurmdPidFile=$slurm_home/run/%n.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
ReturnToService=2
JobRequeue=1
SlurmctldTimeout=10
SlurmdTimeout=20
MessageTimeout=10
TCPTimeout=5
KillWait=30
MinJobAge=3600
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=5,bf_interval=5,sched_min_interval=100000,batch_sched_delay=1
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SlurmctldDebug=info
SlurmdDebug=info
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$2 CPUs=1 RealMemory=4096
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$3 CPUs=1 RealMemory=4096
NodeName=n3 NodeHostname=$host NodeAddr=127.0.0.1 Port=$4 CPUs=1 RealMemory=4096
PartitionName=all Nodes=n[1-3] Default=YES MaxTime=INFINITE State=UP
END
}

slurm_free_ports() {
    python3 -c 'import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in held: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in held))' "$1"
}

# Waits up to a number of seconds for a command to succeed.
slurm_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.2
    done
}

slurm_all_idle() { [ "$(sinfo --noheader --Node --format '%N %T' 2> /dev/null | grep -c ' idle$')" -eq 3 ]; }
slurm_port_is_taken() { grep -qs 'Address already in use' "$slurm_home"/log/*; }
slurm_has_started() { slurm_all_idle || slurm_port_is_taken; }
slurm_no_jobs() { [ -z "$(timeout 5 squeue --noheader 2> /dev/null)" ]; }
slurm_keepers() { timeout 5 squeue --noheader --format %A 2> /dev/null | while read -r job; do pgrep -f "^slurmstepd: \[$job\."; done; }
# One that has ended, and that nobody has asked about yet, is gone as well.
slurm_gone() {
    local process
    for process in "$@"; do
        [ ! -e "/proc/$process" ] || grep -qs '^State:[[:space:]]*[ZX]' "/proc/$process/status" || return 1
    done
}

slurm_descendants() {
    local child
    for child in $(pgrep -P "$1"); do
        echo "$child"
        slurm_descendants "$child"
    done
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    [ $# -gt 0 ] || { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
    why=$(slurm_available) || { echo "skipped: $why" >&2; exit 0; }
    folder=$(mktemp -d)
    trap 'slurm_stop; rm -rf "$folder"' EXIT
    trap 'exit 143' TERM
    trap 'exit 130' INT
    slurm_start "$folder" || exit 1
    "$@"
fi
