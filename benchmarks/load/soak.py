#!/usr/bin/env python3
"""Keeps the server under full load for long and writes down its memory every half minute: does it stay flat?

usage: soak.py --server PROGRAM --model FILE [--minutes N] [--out FOLDER]
  --server PROGRAM   the published native server
  --model FILE       a model file of 30 columns, of load_client models or of one's own
  --minutes N        how long; 60 by default
  --out FOLDER       where soak.md and soak.json go; the current folder by default

Needs wrk. Everything is on 127.0.0.1; 8 connections send 3 rows a request to /predict.
"""
import argparse
import json
import pathlib
import tempfile
import threading

import machine
import serving
from loads import wrk_load


def watch(server, every, samples, done):
    """A sample of memory every so many seconds; the first is before the load."""
    while True:
        samples.append(round(server.resident_mb(), 1))
        if done.wait(every):
            return


def table(result):
    samples, every = result["resident_mb"], result["seconds_between_samples"]
    lines = ["| minute | resident MB |", "| --- | --- |"]
    step = max(1, len(samples) // 12)
    lines += [f"| {index * every / 60:g} | {samples[index]:.1f} |" for index in range(0, len(samples), step)]
    load = result["load"]
    lines += ["", f"{load['requests']:,} requests, {load['failed']} failed, {load['requests_per_second']:,.0f} a second, {load['allocated_bytes_per_request']} bytes allocated a request."]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--server", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path.cwd())
    arguments = parser.parse_args()
    every, samples, done = 30, [], threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        with serving.Server(arguments.server, arguments.model, work) as server:
            watcher = threading.Thread(target=watch, args=(server, every, samples, done))
            watcher.start()
            try:
                load = wrk_load(server, work, "/predict", serving.predict_body(3), int(arguments.minutes * 60), rows=3, connections=8)
            finally:
                done.set()
                watcher.join()
    result = {"machine": machine.describe(), "minutes": arguments.minutes, "seconds_between_samples": every, "resident_mb": samples, "load": load}
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "soak.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    (arguments.out / "soak.md").write_text(table(result))
    print(table(result))


if __name__ == "__main__":
    main()
