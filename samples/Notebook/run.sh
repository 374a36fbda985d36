#!/usr/bin/env bash
# Runs payments.ipynb in the C# kernel of .NET Interactive, with the packages of this checkout, and compares the outputs with those in the file.
# usage: samples/Notebook/run.sh [--update]     --update writes the outputs into the file instead.
# Needs `dotnet pack -c Release` first. Ends with "N passed, N failed, N skipped"; skipped, with the reason, where Jupyter or the kernel cannot be had.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
tools=$root/artifacts/dotnet-interactive
export DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

skip() { echo "skipped: $1"; echo "0 passed, 0 failed, 1 skipped"; exit 0; }
fail() { echo "$1" >&2; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

command -v jupyter-nbconvert > /dev/null || skip "jupyter-nbconvert is missing (Debian: apt-get install jupyter-nbconvert jupyter-client; elsewhere: pip install nbconvert)"
[ -n "$(find "$root/artifacts/packages" -name 'AnomalyKit.0*.nupkg' 2> /dev/null)" ] || fail "artifacts/packages is empty: run dotnet pack -c Release first"
[ -x "$tools/dotnet-interactive" ] || dotnet tool install --tool-path "$tools" Microsoft.dotnet-interactive --version 1.0.712001 > /dev/null \
    || skip "the tool Microsoft.dotnet-interactive could not be installed"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/jupyter/kernels/.net-csharp"
cat > "$work/jupyter/kernels/.net-csharp/kernel.json" << END
{ "argv": ["$tools/dotnet-interactive", "jupyter", "--default-kernel", "csharp", "--http-local-only", "{connection_file}"], "display_name": ".NET (C#)", "language": "C#" }
END
export JUPYTER_PATH=$work/jupyter
# Caches of its own: those of the user may hold older packages of the same version, and the kernel keeps a cache below HOME. The user's package sources stay.
mkdir -p "$work/home/.nuget"
[ ! -d ~/.nuget/NuGet ] || cp -r ~/.nuget/NuGet "$work/home/.nuget/"
export NUGET_PACKAGES=$work/packages HOME=$work/home

run_and_clean() {
    timeout 1200 jupyter-nbconvert --to notebook --execute --ExecutePreprocessor.record_timing=False \
        --ExecutePreprocessor.startup_timeout=600 --ExecutePreprocessor.iopub_timeout=120 --output-dir "$work" --output raw payments.ipynb
    # Cells with the tag remove_output print something else in every run, and their outputs are left out.
    jupyter-nbconvert --to notebook --TagRemovePreprocessor.enabled=True --TagRemovePreprocessor.remove_all_outputs_tags=remove_output \
        --output-dir "$work" --output executed "$work/raw.ipynb"
}
run_and_clean > "$work/log" 2>&1 || { tail -20 "$work/log" >&2; fail "a cell of payments.ipynb failed"; }
if [ "${1:-}" = --update ]; then
    cp "$work/executed.ipynb" payments.ipynb
elif ! diff payments.ipynb "$work/executed.ipynb"; then
    fail "payments.ipynb prints something else than it holds; run samples/Notebook/run.sh --update if that is right"
fi
echo "1 passed, 0 failed, 0 skipped"
