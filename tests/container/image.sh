# Makes an image and a bundle of it without Docker, in the working folder. Sourced by run.sh, which knows $root and $work.
# shellcheck shell=bash disable=SC2154

# image_available    installs what is needed where root and apt are there; says why not otherwise
image_available() {
    local missing="" tool
    [ "$(uname)" = Linux ] || { echo "images are made on Linux"; return 1; }
    [ "$(id -u)" -eq 0 ] || { echo "not root, which runc and mmdebstrap need"; return 1; }
    for tool in mmdebstrap umoci skopeo docker-registry runc jq curl clang; do
        command -v "$tool" > /dev/null || missing="$missing $tool"
    done
    echo 'int main(void) { return 0; }' | cc -x c - -lz -o /dev/null 2> /dev/null || missing="$missing zlib1g-dev"
    [ -n "$missing" ] || return 0
    command -v apt-get > /dev/null || { echo "no apt to install$missing"; return 1; }
    # shellcheck disable=SC2086
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $missing; } > /dev/null 2>&1 || { echo "$missing could not be installed"; return 1; }
}

# image_base    localhost:$registry_port/deb/runtime-deps:12, as small as what the server needs
image_base() {
    # No shell, no package manager, no documentation: only libraries, certificates, users and time zones stay.
    local attempt
    for attempt in 1 2 3; do
        mmdebstrap --variant=extract --include=libc6,libgcc-s1,libstdc++6,zlib1g,base-files,libssl3,ca-certificates \
            --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
            "$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")" base > base.log 2>&1 && break
        # A mirror may be away for a moment.
        [ "$attempt" -lt 3 ] || { tail base.log; return 1; }
        rm -rf base
        sleep 5
    done
    rm -rf base/usr/share/doc base/usr/share/perl* base/var/lib/apt base/var/cache base/dev base/proc base/sys base/usr/lib/*/perl* base/usr/bin base/usr/sbin base/bin base/sbin
    mkdir -p base/dev base/proc base/sys base/tmp base/models base/etc
    echo 'app:x:1654:1654::/app:/none' > base/etc/passwd
    echo 'app:x:1654:' > base/etc/group
    umoci init --layout layout && umoci new --image layout:12 && umoci insert --image layout:12 base / > umoci-base.log 2>&1 || return 1
    # Somebody else may be given the port in between.
    image_registry || image_registry || image_registry || { echo "the registry did not start:"; tail registry.log; return 1; }
    skopeo copy --dest-tls-verify=false oci:layout:12 "docker://localhost:$registry_port/deb/runtime-deps:12" > skopeo.log 2>&1 || { cat skopeo.log; return 1; }
}

# image_registry    an empty registry at $registry_port
image_registry() {
    registry_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    printf 'version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: %s/registry\nhttp:\n  addr: 127.0.0.1:%s\n' "$work" "$registry_port" > registry.yml
    docker-registry serve registry.yml > registry.log 2>&1 &
    registry=$!
    for _ in $(seq 600); do
        kill -0 "$registry" 2> /dev/null || break
        curl -sf --max-time 60 --noproxy '*' "http://127.0.0.1:$registry_port/v2/" > /dev/null && return
        sleep 0.1
    done
    image_stop_registry
    return 1
}

image_stop_registry() {
    [ -z "${registry:-}" ] || { kill "$registry" && wait "$registry"; } 2> /dev/null
    registry=""
}

# image_publish    the folder image: an OCI layout with compressed layers
image_publish() {
    NO_PROXY=localhost,127.0.0.1 no_proxy=localhost,127.0.0.1 dotnet publish "$root/src/AnomalyKit.Server" -c Release --use-current-runtime -nologo -v quiet -t:PublishContainer \
        "-p:ContainerBaseImage=localhost:$registry_port/deb/runtime-deps:12" -p:ContainerImageTag=latest "-p:ContainerArchiveOutputPath=$work/image.tar" > publish.log 2>&1 || return 1
    image_stop_registry
    skopeo copy --dest-compress-format gzip --dest-compress oci-archive:image.tar oci:image:latest >> skopeo.log 2>&1 || skopeo copy docker-archive:image.tar oci:image:latest >> skopeo.log 2>&1
}

# image_bundle    what umoci unpacked, with the host's network, a read-only root, no capabilities, models, ports that the system chooses, and time to see that it is about to stop
image_bundle() {
    jq --arg models "$work/models" '
        .root.readonly = true
        | .process.terminal = false
        | .process.noNewPrivileges = true
        | .process.capabilities = {}
        | .process.env += ["AnomalyDetection__Server__Urls=http://127.0.0.1:0", "AnomalyDetection__Server__GrpcUrls=http://127.0.0.1:0", "AnomalyDetection__Server__StopDelaySeconds=10"]
        | .mounts += [{destination: "/models", type: "bind", source: $models, options: ["bind", "ro"]}]
        | .linux.namespaces |= map(select(.type != "network"))
        ' bundle/config.json > config.json && mv config.json bundle/config.json
}
