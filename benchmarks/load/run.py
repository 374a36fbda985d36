#!/usr/bin/env python3
"""Measures the server under load, and the peer beside it, in one run on one machine.

usage: run.py [--server PROGRAM] [--seconds N] [--out FOLDER] [--only NAME,…]
  --server PROGRAM   the published native server; by default it is published here
  --seconds N        how long each measurement takes; 10 by default
  --out FOLDER       where load.md and load.json go; the current folder by default
  --only NAME,…      some of: predict, infer, binary, grpc, ensemble, locust, peer

Needs wrk; Locust and the peer need Debian's python3-locust, python3-fastapi, uvicorn and python3-sklearn, and are left out where they are missing.
Load and server share the machine, all on 127.0.0.1. wrk waits for an answer before it sends the next request on a connection, so that its percentiles
leave out what a stalled server would have kept waiting; Locust sends at a fixed rate.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import machine
import report
import serving
from loads import grpc_load, locust_load, wrk_load

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = "/usr/bin/python3"  # Debian's, which has the packages of apt


def publish(folder):
    subprocess.run(["dotnet", "publish", str(ROOT / "src/AnomalyKit.Server"), "-c", "Release", "--use-current-runtime", "-o", str(folder), "-nologo", "-v", "quiet"], check=True)
    return folder / "AnomalyKit.Server"


def load_client(work):
    folder = work / "client"
    subprocess.run(["dotnet", "build", str(HERE / "client"), "-c", "Release", "-o", str(folder), "-nologo", "-v", "quiet"], check=True)
    return ["dotnet", str(folder / "AnomalyKit.LoadClient.dll")]


def debian_has(*modules):
    return subprocess.run([PYTHON, "-c", "import " + ", ".join(modules)], capture_output=True, env=machine.environment(), check=False).returncode == 0


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--server", type=pathlib.Path)
    parser.add_argument("--client", help="the built load client, AnomalyKit.LoadClient.dll")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path.cwd())
    parser.add_argument("--only", default="predict,infer,binary,grpc,ensemble,locust,peer")
    arguments = parser.parse_args()
    wanted = arguments.only.split(",")
    if shutil.which("wrk") is None:
        sys.exit("error: wrk is missing. Install it (apt-get install wrk).")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        program = arguments.server or publish(work / "server")
        client = ["dotnet", arguments.client] if arguments.client else load_client(work)
        subprocess.run([*client, "models", str(work / "models")], check=True)
        results = {"machine": machine.describe(), "seconds": arguments.seconds, "measurements": []}

        def keep(name, measurement):
            measurement = {"name": name, **measurement}
            print(json.dumps(measurement), flush=True)
            results["measurements"].append(measurement)

        with serving.Server(program, work / "models/forest.akm", work) as server:
            if "predict" in wanted:
                keep("/predict, 3 rows, JSON", wrk_load(server, work, "/predict", serving.predict_body(3), arguments.seconds, rows=3, connections=32))
            if "infer" in wanted:
                keep("/v2/…/infer, 3 rows, JSON", wrk_load(server, work, "/v2/models/forest/infer", serving.infer_json(3), arguments.seconds, rows=3, connections=32))
            if "binary" in wanted:
                body, headers = serving.infer_binary(1000)
                keep("/v2/…/infer, 1,000 rows, binary", wrk_load(server, work, "/v2/models/forest/infer", body, arguments.seconds, rows=1000, connections=4, headers=headers))
            if "grpc" in wanted:
                keep("gRPC ModelInfer, 1,000 rows", grpc_load(server, client, "forest", 1000, 4, arguments.seconds))
            if "locust" in wanted:
                if debian_has("locust"):
                    keep("/predict, Locust at 220 requests/s", locust_load(server, PYTHON, HERE / "locustfile.py", work, arguments.seconds))
                else:
                    print("left out: Locust is missing (apt-get install python3-locust)", file=sys.stderr)
        if "ensemble" in wanted:
            with serving.Server(program, work / "models/recommended.akm", work) as server:
                keep("/predict, recommended ensemble, 3 rows", wrk_load(server, work, "/predict", serving.predict_body(3), arguments.seconds, rows=3, connections=16))
        if "peer" in wanted:
            if debian_has("fastapi", "uvicorn", "sklearn"):
                with serving.Peer(PYTHON, HERE, work) as peer:
                    keep("FastAPI + scikit-learn, /predict, 3 rows", wrk_load(peer, work, "/predict", serving.predict_body(3), arguments.seconds, rows=3, connections=8))
            else:
                print("left out: the peer is missing (apt-get install python3-fastapi uvicorn python3-sklearn)", file=sys.stderr)
        results["machine"]["load_average_after"] = os.getloadavg()
        arguments.out.mkdir(parents=True, exist_ok=True)
        (arguments.out / "load.json").write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
        (arguments.out / "load.md").write_text(report.table(results))
        print(report.table(results))


if __name__ == "__main__":
    main()
