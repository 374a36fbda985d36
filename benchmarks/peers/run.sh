#!/usr/bin/env bash
# Times AnomalyKit beside other libraries: run.sh --data FILE --out FILE.json [--mode quick|default|full] [--detectors LIST] [--adbench FOLDER] ...
# See README.md. Uses the system's Python, because that is where apt puts scikit-learn.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=/usr/bin/python3

have() { [ -x "$python" ] && "$python" -c 'import numpy, pandas, sklearn' 2>/dev/null; }
have_all() { have && "$python" -B -c 'import sys; sys.path.insert(0, sys.argv[1]); import comparisons as c; sys.exit(any(map(c.missing, c.COMPARISONS.values())))' "$here"; }

if ! have_all; then
  packages="python3-sklearn python3-pandas libopenblas0-pthread"
  # What lacks these is left out, and the driver says so.
  extras="python3-torch libsvm-tools r-cran-dbscan r-cran-robustbase python3-faiss"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing what is missing of $packages $extras"
    apt-get update -q >/dev/null || true
    for package in "$packages" $extras; do
      # shellcheck disable=SC2086 # several packages
      DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $package >/dev/null || true
    done
  fi
  if ! have; then
    echo "error: $python cannot import numpy, pandas and sklearn. Install them, on Debian and Ubuntu by: apt-get install $packages" >&2
    exit 1
  fi
fi

worker=$here/AnomalyKit.Peers
dotnet build -c Release -v quiet --nologo "$worker" >&2
exec "$python" -B "$here/driver.py" --ours "dotnet '$worker/bin/Release/net10.0/AnomalyKit.Peers.dll'" "$@"
