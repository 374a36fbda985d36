#!/usr/bin/env bash
# Writes the bill of materials of the server, the NuGet packages that are compiled into it, as CycloneDX JSON.
# usage: sbom.sh FILE
# The packages of the container's base come on top: docker buildx build --sbom=true -f deploy/Dockerfile .
set -euo pipefail
out=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
dotnet tool install CycloneDX --version 6.3.1 --tool-path "$tools" > "$tools/log" 2>&1 || { cat "$tools/log" >&2; exit 1; }
"$tools/dotnet-CycloneDX" "$root/src/AnomalyKit.Server/AnomalyKit.Server.csproj" --output "$(dirname "$out")" --filename "$(basename "$out")" --output-format Json --exclude-dev --disable-package-restore > "$tools/log" 2>&1 || { cat "$tools/log" >&2; exit 1; }
