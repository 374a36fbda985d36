#!/usr/bin/env python3
"""Compares scores and labels of exported models in ONNX Runtime with AnomalyKit's own, on sets of ADBench; see README.md."""

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

SETS = ["cover", "fault", "landsat", "mammography", "PageBlocks", "Pima", "annthyroid", "Hepatitis"]
DETECTORS = ["isolation-forest", "elliptic-envelope", "one-class-svm", "nearest-neighbors", "local-outlier-factor", "autoencoder", "recommended"]
ROWS, TRAINING = 3000, 1500


def find(folder, name):
    """The file of a set: NAME.csv.gz, with or without ADBench's number in front."""
    for path in sorted(folder.glob("*.csv.gz")):
        if path.name.removesuffix(".csv.gz").split("_", 1)[-1] == name or path.name == name + ".csv.gz":
            return path
    sys.exit(f"There is no {name}.csv.gz in {folder}. '.ci/adbench.py' fetches it.")


def halves(path, folder):
    """Two files of at most 1,500 rows each: one to fit on, and all rows to compare on."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        header, *rows = file.read().splitlines()
    random.Random(1).shuffle(rows)
    rows = rows[:ROWS]
    training, every = folder / "training.csv", folder / "every.csv"
    training.write_text("\n".join([header, *rows[: min(TRAINING, len(rows) // 2)]]) + "\n", encoding="utf-8")
    every.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return training, every, header.split(",")[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of ADBench files")
    parser.add_argument("--tool", default="anomalykit", help="the command anomalykit")
    parser.add_argument("--detectors", default=",".join(DETECTORS))
    parser.add_argument("--sets", default=",".join(SETS))
    arguments = parser.parse_args()
    print("| detector | rows | largest difference of scores | where | labels that differ |")
    print("| --- | ---: | ---: | --- | ---: |")
    for detector in arguments.detectors.split(","):
        rows, difference, labels, where = 0, 0.0, 0, ""
        for name in arguments.sets.split(","):
            with tempfile.TemporaryDirectory() as folder:
                folder = Path(folder)
                training, every, label = halves(find(arguments.folder, name), folder)
                model = folder / "model.akm"
                run([arguments.tool, "fit", training, "--label", label, "--detector", detector, "--out", model, "--quiet"])
                answer = json.loads(run([arguments.tool, "export", model, "--out", folder / "model.onnx", "--verify", every, "--json"], {0, 1}))
            rows += answer["verified_rows"]
            labels += answer["different_labels"]
            if answer["largest_difference"] >= difference:
                difference, where = answer["largest_difference"], name
        print(f"| {detector} | {rows:,} | {difference:.1e} | {where} | {labels} |", flush=True)


def run(command, allowed=frozenset({0})):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.returncode}")
    return done.stdout


if __name__ == "__main__":
    main()
