#!/usr/bin/env python3
"""Time of a fit or a scoring in shards: rates measured on this machine, a model made of them, and real runs beside its predictions.

usage: shards.py measure --tool 'dotnet /path/AnomalyKit.Tool.dll' --data FOLDER --out RATES.json [--workers 2] [--shards 1,3,12,120]
       shards.py check RATES.json
       shards.py simulate RATES.json [--rows 1e10] [--shards 1000] [--slots 1000] [--files 10000]
       shards.py test

measure runs shards as processes of one thread, some at a time, and prints what the model says of each number of shards beside what was measured.
simulate draws stragglers and lost tasks with a fixed seed. The model is in Rates; docs/cluster.md explains it.
"""
import argparse
import dataclasses
import heapq
import json
import os
import random
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor


@dataclasses.dataclass
class Rates:
    """Seconds, all of one thread."""
    rows: int               # of the table that was measured
    files: int
    start: float            # the program, until it reads a model
    file: float             # a footer of Parquet, read by every task to count the rows
    fit_row: float          # a row read, and gathered where the forest wants it
    fit_cold_row: float     # the same before the runtime has compiled what is hot a second time
    fit_cold_rows: float    # how many rows that lasts
    score_row: float        # a row read, scored and written
    score_cold_row: float
    score_cold_rows: float
    fit_merge: float        # a forest grown of gathered rows
    fit_part: float         # one more part of a fit, in the merge
    score_part: float       # one more part of scores, in the merge
    merge_row: float        # a row of scores, in the merge
    dispatch: float = 0.0   # a scheduler, from the end of a task to the start of the next one in its place

    def task(self, kind, rows, files):
        row, cold_row, cold_rows = (
            (self.fit_row, self.fit_cold_row, self.fit_cold_rows) if kind == "fit" else (self.score_row, self.score_cold_row, self.score_cold_rows))
        cold = min(rows, cold_rows)
        return self.start + files * self.file + cold * cold_row + (rows - cold) * row

    def merge(self, kind, shards, rows):
        if kind == "fit":
            return self.start + self.fit_merge + shards * self.fit_part
        return self.start + shards * self.score_part + rows * self.merge_row


def makespan(durations, slots, dispatch=0.0):
    """When the last task ends, if each begins in the order given as soon as one of the slots is free."""
    free = [0.0] * min(slots, len(durations))
    heapq.heapify(free)
    for duration in durations:
        heapq.heappush(free, heapq.heappop(free) + dispatch + duration)
    return max(free)


def predict(rates, kind, rows, files, shards, slots):
    """Seconds of the array and of the merge, without stragglers and losses."""
    array = makespan([rates.task(kind, rows / shards, files)] * shards, slots, rates.dispatch)
    return array, rates.merge(kind, shards, rows)


def simulate(rates, kind, rows, files, shards, slots, spread, loss, notice, seed=1):
    """As predict, with tasks that take longer (log-normal, standard deviation of the logarithm) and tasks whose machine is lost half-way, which is noticed later."""
    draw = random.Random(seed)
    base = rates.task(kind, rows / shards, files)
    durations = []
    for _ in range(shards):
        duration = base * draw.lognormvariate(0, spread)
        while draw.random() < loss:
            duration += base * draw.random() + notice
        durations.append(duration)
    return makespan(durations, slots, rates.dispatch), rates.merge(kind, shards, rows)


class Machine:
    """Runs the tool."""

    def __init__(self, tool, data, workers, work):
        self.tool, self.data, self.workers, self.work = shlex.split(tool), data, workers, work
        self.environment = dict(os.environ, DOTNET_PROCESSOR_COUNT="1", DOTNET_TieredPGO="0")

    def run(self, *arguments):
        begin = time.monotonic()
        subprocess.run([*self.tool, *arguments], check=True, env=self.environment, cwd=self.work, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return time.monotonic() - begin

    def median(self, times, *arguments):
        return statistics.median(self.run(*arguments) for _ in range(times))

    def fit(self, shard, out):
        return self.run("fit", self.data, "--out", out, "--detector", "isolation-forest", "--seed", "1", "--ignore", "id", "--threads", "1", "--shard", shard)

    def score(self, shard, out):
        return self.run("score", "model.akm", self.data, "--out", out, "--keep", "id", "--threads", "1", "--shard", shard)

    def array(self, kind, shards, out, first=None):
        """All shards, or the first of them, some at a time; the seconds of each and of all."""
        work = self.fit if kind == "fit" else self.score
        begin = time.monotonic()
        with ThreadPoolExecutor(self.workers) as pool:
            each = list(pool.map(lambda index: work(f"{index}/{shards}", out), range(1, (first or shards) + 1)))
        seconds = time.monotonic() - begin
        if first:
            self.clear(out)
        return each, seconds

    def clear(self, out):
        shutil.rmtree(os.path.join(self.work, out + ".parts"), ignore_errors=True)


def measure(options):
    files = sum(name.endswith(".parquet") for name in os.listdir(options.data))
    counts = [int(count) for count in options.shards.split(",")]
    with tempfile.TemporaryDirectory() as work:
        machine = Machine(options.tool, os.path.abspath(options.data), options.workers, work)
        machine.fit("1/1", "model.akm")
        with open(os.path.join(work, "model.akm.parts", "fit-00001-of-00001.json")) as manifest:
            rows = json.load(manifest)["total_rows"]
        machine.run("merge", "model.akm.parts", "--out", "model.akm")
        machine.clear("model.akm")

        # Calibration, with as many tasks at once as later: shards of almost nothing, of little and of much; merges of few and of many parts.
        many = 64
        start = machine.median(5, "merge", "--help")
        at_once = lambda kind, shards: statistics.mean(machine.array(kind, shards, "calibration.parquet", options.workers)[0])
        base, row, cold_row, cold_rows, merge = {}, {}, {}, {}, {}
        for kind in ("fit", "score"):
            base[kind] = at_once(kind, 1_000_000)
            little, more, much = at_once(kind, 48), at_once(kind, 4), at_once(kind, 2)
            row[kind] = max(0.0, (much - more) / (rows / 4))
            cold_row[kind] = max(row[kind], (little - base[kind]) / (rows / 48))
            extra = more - base[kind] - row[kind] * rows / 4
            cold_rows[kind] = max(0.0, extra / (cold_row[kind] - row[kind])) if cold_row[kind] > row[kind] else 0.0
            for parts in (2, many):
                machine.array(kind, parts, f"m{parts}{kind}.parquet")
                merge[kind, parts] = machine.median(3, "merge", f"m{parts}{kind}.parquet.parts", "--out", "merged.akm" if kind == "fit" else "merged.parquet")
        part = {kind: max(0.0, (merge[kind, many] - merge[kind, 2]) / (many - 2)) for kind in ("fit", "score")}
        rates = Rates(
            rows=rows, files=files, start=start, file=max(0.0, (statistics.mean(base.values()) - start) / files),
            fit_row=row["fit"], fit_cold_row=cold_row["fit"], fit_cold_rows=cold_rows["fit"],
            score_row=row["score"], score_cold_row=cold_row["score"], score_cold_rows=cold_rows["score"],
            fit_merge=max(0.0, merge["fit", 2] - start - 2 * part["fit"]), fit_part=part["fit"],
            score_part=part["score"], merge_row=max(0.0, (merge["score", 2] - start - 2 * part["score"]) / rows))
        print(json.dumps(dataclasses.asdict(rates), indent=2))
        runs = []
        print("kind   shards   array: model  measured   merge: model  measured")
        for kind in ("fit", "score"):
            for count in counts:
                out = f"run{count}.parquet"
                _, seconds = machine.array(kind, count, out)
                merged = machine.run("merge", out + ".parts", "--out", "merged.akm" if kind == "fit" else "merged.parquet")
                machine.clear(out)
                model = predict(rates, kind, rows, files, count, options.workers)
                runs.append({"kind": kind, "shards": count, "model": model, "measured": [seconds, merged]})
                print(f"{kind:6} {count:6} {model[0]:14.2f} {seconds:9.2f} {model[1]:14.2f} {merged:9.2f}", flush=True)
    if options.out:
        with open(options.out, "w") as out:
            json.dump({"rates": dataclasses.asdict(rates), "workers": options.workers, "runs": runs}, out, indent=2)


def check(options):
    """The model beside the runs that are stored with the rates."""
    with open(options.rates) as stored:
        found = json.load(stored)
    rates = Rates(**found["rates"])
    print("kind   shards   array: model  measured   merge: model  measured")
    for run in found["runs"]:
        array, merge = predict(rates, run["kind"], rates.rows, rates.files, run["shards"], found["workers"])
        print(f"{run['kind']:6} {run['shards']:6} {array:14.2f} {run['measured'][0]:9.2f} {merge:14.2f} {run['measured'][1]:9.2f}")


def print_simulation(options):
    with open(options.rates) as stored:
        rates = Rates(**json.load(stored)["rates"])
    rates.dispatch = options.dispatch
    rows, files = int(options.rows), int(options.files)
    print(f"{rows:.0e} rows in {files:,} files, {options.slots:,} slots, {options.dispatch} s for the scheduler")
    print("kind   shards   task   array: even  stragglers  and losses   merge")
    for kind in ("fit", "score"):
        for shards in [int(count) for count in options.shards.split(",")]:
            even = predict(rates, kind, rows, files, shards, options.slots)
            late = simulate(rates, kind, rows, files, shards, options.slots, options.spread, 0, 0)
            lost = simulate(rates, kind, rows, files, shards, options.slots, options.spread, options.loss, options.notice)
            print(f"{kind:6} {shards:6} {rates.task(kind, rows / shards, files):6.0f} {even[0]:12.0f} {late[0]:11.0f} {lost[0]:11.0f} {even[1]:9.0f}")


def test():
    rates = Rates(rows=1, files=1, start=1, file=0.5, fit_row=2e-6, fit_cold_row=2e-6, fit_cold_rows=0, score_row=1e-6, score_cold_row=1e-6, score_cold_rows=0, fit_merge=3, fit_part=0.25, score_part=0.5, merge_row=1e-7, dispatch=0)
    assert rates.task("score", 4_000_000, 2) == 6 and rates.task("fit", 1_000_000, 0) == 3
    cold = dataclasses.replace(rates, fit_cold_row=5e-6, fit_cold_rows=1_000_000)
    assert cold.task("fit", 200_000, 0) == 2 and cold.task("fit", 2_000_000, 0) == 8
    assert rates.merge("fit", 4, 10**9) == 5 and rates.merge("score", 4, 10**7) == 4
    assert makespan([3, 1, 1, 1], 2) == 3 and makespan([1, 1, 1, 3], 2) == 4 and makespan([1, 1], 1, dispatch=0.5) == 3
    assert predict(rates, "score", 12_000_000, 0, 12, 4)[0] == 6 == predict(rates, "score", 12_000_000, 0, 6, 3)[0]
    assert simulate(rates, "score", 10**7, 1, 100, 10, 0, 0, 0) == predict(rates, "score", 10**7, 1, 100, 10)
    assert simulate(rates, "score", 10**7, 1, 100, 10, 0.2, 0.1, 60)[0] > simulate(rates, "score", 10**7, 1, 100, 10, 0.2, 0, 0)[0]
    print("all checks passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("measure")
    run.add_argument("--tool", required=True)
    run.add_argument("--data", required=True)
    run.add_argument("--out")
    run.add_argument("--workers", type=int, default=2)
    run.add_argument("--shards", default="1,3,12,120")
    draw = commands.add_parser("simulate")
    draw.add_argument("rates")
    draw.add_argument("--rows", type=float, default=1e10)
    draw.add_argument("--files", type=float, default=1e4)
    draw.add_argument("--shards", default="120,1000,10000")
    draw.add_argument("--slots", type=int, default=1000)
    draw.add_argument("--dispatch", type=float, default=1.0, help="seconds between two tasks in one place")
    draw.add_argument("--spread", type=float, default=0.3, help="of the logarithm of the time of a task")
    draw.add_argument("--loss", type=float, default=0.001, help="chance that the machine of a task is lost")
    draw.add_argument("--notice", type=float, default=420, help="seconds until a loss is noticed and the task may start again")
    commands.add_parser("check").add_argument("rates")
    commands.add_parser("test")
    options = parser.parse_args()
    {"measure": measure, "check": check, "simulate": print_simulation, "test": lambda _: test()}[options.command](options)


if __name__ == "__main__":
    sys.exit(main())
