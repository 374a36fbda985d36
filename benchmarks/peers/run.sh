#!/usr/bin/env bash
# Times AnomalyKit and scikit-learn beside each other: run.sh --data FILE --out FILE.json [--detectors LIST] [--threads N] [--rounds N]
# See README.md. Uses the system's Python, because that is where apt puts scikit-learn.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=/usr/bin/python3

have() { [ -x "$python" ] && "$python" -c 'import numpy, pandas, sklearn' 2>/dev/null; }

if ! have; then
  packages="python3-sklearn python3-pandas libopenblas0-pthread"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing $packages"
    apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages >/dev/null || true
  fi
  if ! have; then
    echo "error: $python cannot import numpy, pandas and sklearn. Install them, on Debian and Ubuntu by: apt-get install $packages" >&2
    exit 1
  fi
fi

worker=$here/AnomalyKit.Peers
dotnet build -c Release -v quiet --nologo "$worker" >&2
exec "$python" -B "$here/driver.py" --ours "dotnet '$worker/bin/Release/net10.0/AnomalyKit.Peers.dll'" "$@"
