"""Times AnomalyKit and other libraries on the same rows, in one run, alternating. Started by run.sh; see README.md.

usage: driver.py --data FILE --out FILE.json --ours COMMAND [--mode quick|default|full] [--rows NAME=N,...] [--detectors LIST] [--threads N] [--rounds N]
    [--adbench FOLDER]
"""
import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

import report
from comparisons import COMPARISONS, MODES, goal, missing
from rows import Rows, find_adbench, read_adbench, read_credit_card

SEED = 42
# A measurement of one side is repeated until it fills this many seconds; a round takes the median of the repetitions.
FILL_SECONDS = 0.25
MOST_REPETITIONS = 50
# A peer's call that takes as long as this is not done again for a warm-up: it counts as the first round's.
LONG_SECONDS = 4
# In the default mode a comparison goes on for about so many seconds, up to five rounds.
BUDGET_SECONDS = 60
# Just-in-time compilation works on what has been called often, and takes its time: warm up for at least this long.
WARM_UP_SECONDS = 3.0


class PeerError(Exception):
    """What the user is told without a stack trace."""


class Side:
    """One of the two worker processes."""

    def __init__(self, name, command, threads):
        self.name = name
        environment = dict(os.environ)
        for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
            environment[variable] = str(threads)
        self.process = subprocess.Popen(command + [str(threads)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def ask(self, **request):
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError:
            line = ""
        if not line:
            raise PeerError("%s ended while it was asked to %s" % (self.name, request["command"]))
        answer = json.loads(line)
        if "error" in answer:
            raise PeerError("%s could not %s: %s" % (self.name, request["command"], answer["error"]))
        return answer

    def close(self):
        try:
            self.process.stdin.close()
        except OSError:
            pass  # It has ended already.
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


class Measurement:
    """One thing that both sides do, as often as there are rounds: each round gives one time a side."""

    def __init__(self, request, save=None):
        self.request = request
        self.save = save
        self.times = {"ours": [], "peer": []}
        self.repeat = {"ours": 1, "peer": 1}
        self.long = {}
        self.objectives = {}
        self.rows = None

    def warm_up(self, key, side, seed):
        """Untimed calls, which also say how many repetitions fill a round. A long one of the peer is kept as the first round's."""
        spent = 0.0
        while True:
            seconds = self.ask(key, side, seed)
            spent += sum(seconds)
            typical = statistics.median(seconds)
            self.repeat[key] = max(1, min(MOST_REPETITIONS, int(FILL_SECONDS / max(typical, 1e-6))))
            if key == "peer" and typical >= LONG_SECONDS:
                self.long[key] = typical
            if spent >= WARM_UP_SECONDS or (key == "peer" and spent > 0):
                return typical

    def run(self, key, side, seed):
        seconds = self.long.pop(key, None)
        self.times[key].append(statistics.median(self.ask(key, side, seed)) if seconds is None else seconds)

    def ask(self, key, side, seed):
        request = dict(self.request, seed=seed, repeat=self.repeat[key])
        if self.save:
            request["save"] = self.save[key]
        answer = side.ask(**request)
        self.rows = answer.get("rows")
        if "objective" in answer:
            self.objectives[key] = answer["objective"]
        return answer["seconds"]

    def ratios(self):
        return [peer / ours for ours, peer in zip(self.times["ours"], self.times["peer"])]

    def result(self):
        ours, peer = (statistics.median(self.times[key]) for key in ("ours", "peer"))
        if self.rows:
            values = {"ours_rows_per_s": self.rows / ours, "peer_rows_per_s": self.rows / peer, "ratio": peer / ours, "rows": self.rows}
        else:
            values = {"ours_s": ours, "peer_s": peer, "ratio": peer / ours}
        # Of the last round: seeds differ from round to round.
        values.update({key + "_objective": value for key, value in self.objectives.items() if len(self.objectives) == 2})
        values["ratio_least"], values["ratio_most"] = min(self.ratios()), max(self.ratios())
        values["ours_seconds"], values["peer_seconds"] = self.times["ours"], self.times["peer"]
        return values


def rounds_for(seconds, wanted, mode="full"):
    """Fewer rounds where one takes long."""
    if wanted or mode == "quick":
        return wanted or 1
    if mode == "full":
        return 7 if seconds < 60 else 3 if seconds < 600 else 1
    return max(1, min(5, int(BUDGET_SECONDS / seconds)))


def parts_of(name, train, scored, folder, threshold):
    """What is measured, in order. A detector fitted without a threshold pass is what gets scored, so "fit" comes last of the fits."""
    comparison = COMPARISONS[name]
    fit = {"command": "fit", "comparison": name, "detector": name.split("/")[0], "rows": train}
    save = {key: os.path.join(folder, key + ".scores") for key in ("ours", "peer")}
    parts = {}
    if threshold:
        parts["fit_with_threshold"] = Measurement(dict(fit, contamination=comparison.contamination))
    parts["fit"] = Measurement(fit, save if comparison.scored == "training" else None)
    if comparison.scored == "all":
        parts["score"] = Measurement({"command": "score", "rows": scored["all"]})
        parts["score_held_out"] = Measurement({"command": "score", "rows": scored["held-out"]}, save)
    elif comparison.scored == "held-out":
        parts["score"] = Measurement({"command": "score", "rows": scored["held-out"]}, save)
    return parts


def compare(name, sides, parts, quality, wanted_rounds=None, mode="full", say=print):
    """Runs one comparison. `quality(path, double)` gives ROC AUC and average precision of the saved scores."""
    seconds = 0.0
    for key, side in sides.items():
        for part in parts.values():
            seconds += part.warm_up(key, side, SEED)
    rounds = rounds_for(seconds, wanted_rounds, mode)
    say("%s beside %s: %.2f s a round, %d rounds" % (name, COMPARISONS[name].library, seconds, rounds))

    found = {"ours": [], "peer": []}
    for index in range(rounds):
        order = ["ours", "peer"] if index % 2 == 0 else ["peer", "ours"]
        for part in parts.values():
            for key in order:
                part.run(key, sides[key], SEED + index)
                if part.save:
                    found[key].append(quality(part.save[key], key == "peer"))
        say("  round %d: %s" % (index + 1, ", ".join("%s %.1f x" % (label, part.ratios()[-1]) for label, part in parts.items())))

    result = {label: part.result() for label, part in parts.items()}
    # The first round has the reference's seed; the others say how much of a difference is luck.
    for key in ("ours", "peer"):
        result[key + "_auc"], result[key + "_ap"] = found[key][0]
        result[key + "_auc_mean"], result[key + "_ap_mean"] = (statistics.mean(column) for column in zip(*found[key]))
    result["rounds"] = rounds
    return result


def metrics(labels):
    """ROC AUC and average precision of saved scores, both sides' by the same code."""
    import numpy
    from sklearn.metrics import average_precision_score, roc_auc_score

    if labels.min() == labels.max():
        raise PeerError("All scored rows have the same label: take more rows.")

    def quality(path, double):
        scores = numpy.fromfile(path, "<f8" if double else "<f4").astype(float)
        return float(roc_auc_score(labels, scores)), float(average_precision_score(labels, scores))

    return quality


def choose(listed, known):
    """The comparisons of a comma-separated list; all where there is none. A detector's name stands for all of its comparisons, with a slash behind it for the first alone."""
    names = [name.strip() for name in listed.split(",") if name.strip()] if listed else list(known)
    chosen = [[entry for entry in known if entry == name.rstrip("/") or entry.startswith(name + "/")] for name in names]
    unknown = [name for name, entries in zip(names, chosen) if not entries]
    if unknown or not names:
        raise PeerError("There is no detector %s. Available: %s." % (", ".join("'%s'" % name for name in unknown) or "in the list", ", ".join(known)))
    return list(dict.fromkeys(entry for entries in chosen for entry in entries))


def sizes(listed, known):
    """Training rows by comparison, from NAME=N,..."""
    found = {}
    for entry in filter(None, (part.strip() for part in listed.split(","))):
        name, _, count = entry.partition("=")
        if not count.isdigit() or int(count) < 100:
            raise PeerError("'%s' is not NAME=N with N at least 100." % entry)
        for chosen in choose(name, known):
            found[chosen] = int(count)
    return found


def pin(threads):
    """Keeps this process, and with it both workers, on as many cores as there are threads."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    cores = sorted(os.sched_getaffinity(0))
    if threads > len(cores):
        raise PeerError("%d threads were asked for; this process may use %d cores" % (threads, len(cores)))
    os.sched_setaffinity(0, cores[-threads:])
    return cores[-threads:]


def write(path, results):
    """The file appears whole or not at all."""
    beside = path + ".partial"
    with open(beside, "w") as file:
        json.dump(results, file, indent=1)
        file.write("\n")
    os.replace(beside, path)


def arguments(given):
    parser = argparse.ArgumentParser(prog="run.sh", description="Times AnomalyKit and other libraries on the same rows.")
    parser.add_argument("--data", required=True, help="creditcard.csv or creditcard.csv.gz")
    parser.add_argument("--out", required=True, help="the JSON file to write; the table goes beside it, as .md")
    parser.add_argument("--mode", choices=MODES, default="default", help="quick: does everything work? default: some ten minutes, fewer rows where cost grows "
                        "with their square; full: all rows, all parts, many rounds: hours")
    parser.add_argument("--rows", default="", metavar="NAME=N,...", help="training rows of single detectors, instead of the mode's")
    parser.add_argument("--detectors", default="", help="comma-separated; all by default. Available: " + ", ".join(COMPARISONS))
    parser.add_argument("--adbench", default="", help="the folder of ADBench files NAME.csv.gz, for the comparisons that use them")
    parser.add_argument("--threads", type=int, default=1, help="of each side (1)")
    parser.add_argument("--rounds", type=int, default=None, help="instead of as many as the mode says")
    parser.add_argument("--ours", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args(given)
    for name in ("threads", "rounds"):
        if getattr(options, name) is not None and getattr(options, name) < 1:
            parser.error("--%s must be at least 1" % name)
    if not os.path.isfile(options.data):
        parser.error("there is no file %s" % options.data)
    folder = os.path.dirname(os.path.abspath(options.out))
    if not os.path.isdir(folder):
        parser.error("there is no folder %s" % folder)
    options.sizes = sizes(options.rows, COMPARISONS)
    # As the user would type it: neither our worker's command nor the folders of this machine.
    shown = [argument for argument in given[given.index("--ours") + 2:]]
    options.command = "benchmarks/peers/run.sh " + " ".join(os.path.basename(argument.rstrip("/")) if os.path.isabs(argument) or os.path.exists(argument) else argument for argument in shown)
    return options


def possible(names, adbench, say=print):
    """Leaves out, aloud, what lacks a library or its data."""
    kept = []
    for name in names:
        comparison = COMPARISONS[name]
        package = missing(comparison)
        if package:
            say("%s is left out: %s is not installed (apt-get install %s)" % (name, comparison.library, package))
        elif comparison.data != "creditcard" and not find_adbench(adbench, comparison.data):
            say("%s is left out: --adbench names no folder with %s.csv.gz" % (name, comparison.data))
        else:
            kept.append(name)
    return kept


def prepare(names, options, folder):
    """Writes the rows of all comparisons; gives them, and by comparison the names of its training rows and scored rows."""
    rows = Rows(folder)
    if any(COMPARISONS[name].data == "creditcard" for name in names):
        try:
            read_credit_card(options.data, rows)
        except ValueError as error:
            raise PeerError(str(error))
    files = {}
    for name in names:
        comparison = COMPARISONS[name]
        if comparison.data != "creditcard" and comparison.data + "-train" not in rows.labels:
            read_adbench(find_adbench(options.adbench, comparison.data), comparison.data, rows)
        train = rows.sample(comparison.data + "-train", options.sizes.get(name, comparison.rows[options.mode]))
        few = len(rows.labels[train]) if options.mode == "quick" else None
        scored = {label: rows.sample("creditcard-" + label, few) for label in ("all", "held-out")} if comparison.scored != "training" else {}
        files[name] = (train, scored)
    return rows, files


def run(options, say=lambda text: print(text, flush=True)):
    started = time.time()
    names = possible(choose(options.detectors, COMPARISONS), options.adbench, say)
    if not names:
        raise PeerError("Nothing is left to compare.")
    cores = pin(options.threads)
    here = os.path.dirname(os.path.abspath(__file__))
    sides = {}
    try:
        sides["ours"] = Side("AnomalyKit", shlex.split(options.ours), options.threads)
        sides["peer"] = Side("the other libraries' worker", [sys.executable, "-B", "-W", "ignore", os.path.join(here, "peer_worker.py")], options.threads)
        hellos = {key: side.ask(command="hello") for key, side in sides.items()}
        choose(",".join(name.split("/")[0] for name in names), hellos["ours"]["detectors"])
        with tempfile.TemporaryDirectory(prefix="anomalykit-peers-") as folder:
            say("writing the rows")
            rows, files = prepare(names, options, folder)
            for side in sides.values():
                side.ask(command="load", folder=folder, files=rows.columns)
            results = {}
            for name in names:
                comparison, (train, scored) = COMPARISONS[name], files[name]
                parts = parts_of(name, train, scored, folder, options.mode in comparison.threshold)
                labels = rows.labels[train if comparison.scored == "training" else scored["held-out"]]
                result = compare(name, sides, parts, metrics(labels), options.rounds, options.mode, say)
                result.update(
                    library=comparison.library, data=comparison.data, training_rows=len(rows.labels[train]), columns=rows.columns[train], scored=comparison.scored,
                    goals={label: found._asdict() for label in parts for found in [goal(comparison, label, len(rows.labels[train]))] if found},
                    mode=options.mode, threads=options.threads, cores=cores, machine=report.machine(), date=time.strftime("%Y-%m-%d"), command=options.command,
                    versions={**hellos["ours"]["versions"], **hellos["peer"]["versions"]})
                results[name] = result
                write(options.out, results)
                with open(os.path.splitext(options.out)[0] + ".md", "w") as file:
                    file.write(report.markdown(results))
    finally:
        for side in sides.values():
            side.close()
    say("")
    say(report.markdown(results))
    say("%.0f s in all." % (time.time() - started))


def main(given):
    try:
        run(arguments(given))
    except PeerError as error:
        print("error: %s" % error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
