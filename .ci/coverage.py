#!/usr/bin/env python3
"""Adds up the coverage of all test projects and holds it against its floors.

usage: coverage.py FOLDER [--floors FILE] [--write]

FOLDER   searched for coverage.json files, which `dotnet test --collect "XPlat Code Coverage" --settings .ci/coverage.runsettings` leaves
FILE     lines of "package line% branch%", 'total' for all of them together; what is below its floor makes the exit status 1.
         Without any line in it nothing is held against it.
--write  puts floors one point under what was measured into FILE
Prints a table of lines and branches per package. A line or branch counts as covered when any test project reaches it."""
import argparse
import collections
import json
import pathlib
import sys


def merged(folder):
    """{package: ({(file, line): reached}, {(file, line, method, path …): reached})}"""
    packages = collections.defaultdict(lambda: ({}, {}))
    reports = sorted(pathlib.Path(folder).rglob("coverage.json"))
    for report in reports:
        for module, files in json.loads(report.read_text(encoding="utf-8-sig")).items():
            lines, branches = packages[module.removesuffix(".dll")]
            for file, classes in files.items():
                for name, methods in classes.items():
                    for method, found in methods.items():
                        for line, hits in found["Lines"].items():
                            key = file, line
                            lines[key] = lines.get(key, False) or hits > 0
                        for branch in found["Branches"]:
                            key = file, name, method, branch["Line"], branch["Offset"], branch["Path"], branch["Ordinal"]
                            branches[key] = branches.get(key, False) or branch["Hits"] > 0
    return len(reports), packages


def percent(reached):
    return 100.0 * sum(reached) / len(reached) if reached else 100.0


def write(path, rows):
    comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    floors = (f"{name:34} {max(0, int(percent(lines)) - 1):5} {max(0, int(percent(branches)) - 1):9}" for name, (lines, branches) in rows.items())
    path.write_text("\n".join([*comments, *floors]) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--floors")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    reports, packages = merged(arguments.folder)
    if not packages:
        sys.exit(f"coverage: {reports} reports in {arguments.folder}, and no package in them.")

    rows = {name: (list(lines.values()), list(branches.values())) for name, (lines, branches) in sorted(packages.items())}
    rows["total"] = tuple([hit for row in rows.values() for hit in row[side]] for side in (0, 1))
    floors = {}
    if arguments.floors:
        for text in pathlib.Path(arguments.floors).read_text(encoding="utf-8").splitlines():
            fields = text.split("#")[0].split()
            if fields:
                floors[fields[0]] = float(fields[1]), float(fields[2])

    below = [f"{name} has a floor and no coverage" for name in floors if name not in rows]
    print(f"{'coverage of ' + str(reports) + ' test projects':34} {'lines':>8} {'':>14} {'branches':>8}")
    for name, (lines, branches) in rows.items():
        line, branch = percent(lines), percent(branches)
        print(f"{name:34} {line:7.2f}% {sum(lines):6}/{len(lines):<6} {branch:8.2f}% {sum(branches):6}/{len(branches):<6}")
        if floors and name not in floors:
            below.append(f"{name} has no floor in {arguments.floors}")
        floor = floors.get(name, (0, 0))
        for what, value, least in (("lines", line, floor[0]), ("branches", branch, floor[1])):
            if value < least:
                below.append(f"{name}: {value:.2f} % of {what} covered, the floor is {least:g} %")
    if arguments.write:
        write(pathlib.Path(arguments.floors), rows)
        below = []
    for problem in below:
        print(f"coverage: {problem}")
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()
