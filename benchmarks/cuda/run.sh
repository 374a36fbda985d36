#!/bin/bash
# Trains autoencoders with TorchSharp on a GPU and on the CPU and compares them. See README.md.
#
#   run.sh --pack                      where .NET is: writes anomalykit-cuda.tar.gz, which needs no .NET
#   run.sh [--libtorch DIR] [OPTIONS]  where PyTorch is: unpacks it beside this script and runs it; OPTIONS are the program's (--help)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packed=$here/anomalykit-cuda.tar.gz
unpacked=$here/anomalykit-cuda
matching=2.10

if [[ ${1:-} == --pack ]]; then
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
    dotnet publish "$here/AnomalyKit.Cuda" -c Release -r linux-x64 --self-contained -o "$out/anomalykit-cuda" -p:DebugType=none
    find "$out" \( -name '*.pdb' -o -name '*.xml' \) -delete
    tar -C "$out" -cf - anomalykit-cuda | gzip -9 > "$packed"
    size=$(stat -c %s "$packed")
    echo "$packed: $((size >> 20)) MiB"
    ((size <= 64 << 20)) || { echo "That is more than 64 MiB." >&2; exit 1; }
    exit
fi

libtorch=
if [[ ${1:-} == --libtorch ]]; then
    libtorch=${2:?--libtorch needs the folder of libtorch.so}
    shift 2
fi
if [[ -z $libtorch ]]; then
    # Without importing it: that takes seconds, and loads what the program loads again.
    libtorch=$(python3 -c 'import importlib.util, os; print(os.path.join(os.path.dirname(importlib.util.find_spec("torch").origin), "lib"))' 2> /dev/null) \
        || { echo "python3 has no PyTorch. Install it (pip install 'torch==$matching.*'), or name the folder of libtorch.so: --libtorch DIR" >&2; exit 1; }
    version=$(python3 -c 'import importlib.metadata; print(importlib.metadata.version("torch"))')
    echo "LibTorch of PyTorch $version in $libtorch."
    [[ $version == "$matching".* ]] || echo "TorchSharp was compiled against LibTorch $matching; PyTorch $version may lack functions that it calls." >&2
fi
[[ -e $libtorch/libtorch.so ]] || { echo "There is no libtorch.so in $libtorch." >&2; exit 1; }
[[ -e $packed || -d $unpacked ]] || { echo "Run $0 --pack first, on a machine with the .NET SDK." >&2; exit 1; }
if [[ ! -d $unpacked || $packed -nt $unpacked ]]; then
    rm -rf "$unpacked"
    tar -C "$here" -xzmf "$packed"
fi

# NVIDIA's libraries lie beside PyTorch in folders of their own.
folders=$libtorch
for folder in "$libtorch"/../../nvidia/*/lib; do
    [[ -d $folder ]] && folders+=:$folder
done
export LD_LIBRARY_PATH=$folders${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

# What TorchSharp's own library says to this LibTorch: first for what it needs to be loaded at all, then for every function that it could call.
load='import ctypes, os, sys; ctypes.CDLL(sys.argv[1], mode=getattr(os, sys.argv[2]))'
if command -v python3 > /dev/null; then
    if ! said=$(python3 -c "$load" "$unpacked/libLibTorchSharp.so" RTLD_LAZY 2>&1); then
        echo "TorchSharp cannot be loaded with this LibTorch: ${said##*OSError: }" >&2
        echo "Install PyTorch $matching (pip install 'torch==$matching.*'), or name the folder of a LibTorch $matching: --libtorch DIR" >&2
        exit 1
    fi
    if ! said=$(python3 -c "$load" "$unpacked/libLibTorchSharp.so" RTLD_NOW 2>&1); then
        echo "This LibTorch lacks a function of LibTorch $matching, which matters only where it is called: ${said##*OSError: }" >&2
    fi
fi

if command -v nvidia-smi > /dev/null; then
    nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader || true
fi
exec timeout 360 "$unpacked/AnomalyKit.Cuda" "$@"
