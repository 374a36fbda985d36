"""Times AnomalyKit and scikit-learn on the reference protocol's rows, in one run, alternating. Started by run.sh; see README.md.

usage: driver.py --data FILE --out FILE.json --ours COMMAND [--detectors LIST] [--threads N] [--rounds N]
"""
import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile

from detectors import DETECTORS

SEED = 42
# A measurement of one side is repeated until it fills this many seconds; a round takes the median of the repetitions.
FILL_SECONDS = 0.25
MOST_REPETITIONS = 50
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

    def __init__(self, request):
        self.request = request
        self.times = {"ours": [], "peer": []}
        self.repeat = {"ours": 1, "peer": 1}
        self.rows = None

    def warm_up(self, key, side, seed):
        """Untimed calls, which also say how many repetitions fill a round."""
        spent = 0.0
        while True:
            seconds = side.ask(seed=seed, repeat=self.repeat[key], **self.request)["seconds"]
            spent += sum(seconds)
            typical = statistics.median(seconds)
            self.repeat[key] = max(1, min(MOST_REPETITIONS, int(FILL_SECONDS / max(typical, 1e-6))))
            if spent >= WARM_UP_SECONDS or (key == "peer" and spent > 0):
                return typical

    def run(self, key, side, seed, save=None):
        request = dict(self.request, seed=seed, repeat=self.repeat[key])
        if save:
            request["save"] = save
        answer = side.ask(**request)
        self.rows = answer.get("rows")
        self.times[key].append(statistics.median(answer["seconds"]))

    def ratios(self):
        return [peer / ours for ours, peer in zip(self.times["ours"], self.times["peer"])]

    def result(self):
        ours, peer = (statistics.median(self.times[key]) for key in ("ours", "peer"))
        if self.rows:
            values = {"ours_rows_per_s": self.rows / ours, "peer_rows_per_s": self.rows / peer, "ratio": peer / ours, "rows": self.rows}
        else:
            values = {"ours_s": ours, "peer_s": peer, "ratio": peer / ours}
        values["ratio_least"], values["ratio_most"] = min(self.ratios()), max(self.ratios())
        values["ours_seconds"], values["peer_seconds"] = self.times["ours"], self.times["peer"]
        return values


def rounds_for(seconds, wanted):
    """Fewer rounds where one takes long: seven up to a minute, three up to ten, then one."""
    return wanted or (7 if seconds < 60 else 3 if seconds < 600 else 1)


def compare(name, sides, folder, quality, wanted_rounds=None, say=print):
    """Times one detector on both sides. `quality(path, double)` gives ROC AUC and average precision of saved held-out scores."""
    contamination = DETECTORS[name].contamination
    # A detector fitted without a threshold pass is what gets scored, so "fit" comes last of the fits.
    parts = {
        "fit_with_threshold": Measurement({"command": "fit", "detector": name, "contamination": contamination}),
        "fit": Measurement({"command": "fit", "detector": name}),
        "score": Measurement({"command": "score", "rows": "all"}),
        "score_held_out": Measurement({"command": "score", "rows": "held-out"}),
    }
    seconds = 0.0
    for key, side in sides.items():
        for part in parts.values():
            seconds += part.warm_up(key, side, SEED)
    rounds = rounds_for(seconds, wanted_rounds)
    say("%s: %.2f s a round, %d rounds" % (name, seconds, rounds))

    found = {"ours": [], "peer": []}
    for index in range(rounds):
        order = ["ours", "peer"] if index % 2 == 0 else ["peer", "ours"]
        for label, part in parts.items():
            for key in order:
                path = os.path.join(folder, key + ".scores") if label == "score_held_out" else None
                part.run(key, sides[key], SEED + index, path)
                if path:
                    found[key].append(quality(path, key == "peer"))
        say("  round %d: fit %.1f x, score %.1f x" % (index + 1, parts["fit"].ratios()[-1], parts["score"].ratios()[-1]))

    result = {label: parts[label].result() for label in ("fit", "score", "fit_with_threshold", "score_held_out")}
    # The first round has the reference's seed; the others say how much of a difference is luck.
    for key in ("ours", "peer"):
        result[key + "_auc"], result[key + "_ap"] = found[key][0]
        result[key + "_auc_mean"], result[key + "_ap_mean"] = (statistics.mean(column) for column in zip(*found[key]))
    result["rounds"] = rounds
    return result


def prepare(path, folder):
    """Writes the reference protocol's rows as float32 files that both sides read; gives columns and held-out labels."""
    import numpy
    import pandas
    from sklearn.preprocessing import StandardScaler

    frame = pandas.read_csv(path)
    if "Class" not in frame.columns or len(frame) <= 50000:
        raise PeerError("%s is not the credit-card data: it has %d rows and no more columns than %s" % (
            path, len(frame), ", ".join(map(str, frame.columns[:5]))))
    labels = frame["Class"].astype(str).str.strip("'\" ").astype(float).astype(int).values
    cells = StandardScaler().fit_transform(frame.drop(columns="Class").values).astype("<f4")
    held_out = numpy.random.RandomState(42).permutation(len(frame))[:50000]
    train = numpy.ones(len(frame), bool)
    train[held_out] = False
    cells.tofile(os.path.join(folder, "all.f32"))
    cells[train].tofile(os.path.join(folder, "train.f32"))
    cells[held_out].tofile(os.path.join(folder, "held-out.f32"))
    return cells.shape[1], labels[held_out]


def metrics(labels):
    """ROC AUC and average precision of saved scores, both sides' by the same code."""
    import numpy
    from sklearn.metrics import average_precision_score, roc_auc_score

    def quality(path, double):
        scores = numpy.fromfile(path, "<f8" if double else "<f4").astype(float)
        return float(roc_auc_score(labels, scores)), float(average_precision_score(labels, scores))

    return quality


def choose(listed, known):
    """The detectors of a comma-separated list, all where there is none."""
    names = [name.strip() for name in listed.split(",") if name.strip()] if listed else list(known)
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise PeerError("There is no detector %s. Available: %s." % (", ".join("'%s'" % name for name in unknown) or "in the list", ", ".join(known)))
    return list(dict.fromkeys(names))


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
    parser = argparse.ArgumentParser(prog="run.sh", description="Times AnomalyKit and scikit-learn on the reference protocol's rows.")
    parser.add_argument("--data", required=True, help="creditcard.csv or creditcard.csv.gz")
    parser.add_argument("--out", required=True, help="the JSON file to write")
    parser.add_argument("--detectors", default="", help="comma-separated; all by default")
    parser.add_argument("--threads", type=int, default=1, help="of each side (1)")
    parser.add_argument("--rounds", type=int, default=None, help="instead of 7, or fewer where a detector is slow")
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
    return options


def run(options):
    names = choose(options.detectors, DETECTORS)
    cores = pin(options.threads)
    here = os.path.dirname(os.path.abspath(__file__))
    sides = {}
    try:
        sides["ours"] = Side("AnomalyKit", shlex.split(options.ours), options.threads)
        sides["peer"] = Side("scikit-learn", [sys.executable, os.path.join(here, "sklearn_worker.py")], options.threads)
        hellos = {key: side.ask(command="hello") for key, side in sides.items()}
        for key, hello in hellos.items():
            choose(",".join(names), hello["detectors"])
        versions = {**hellos["ours"]["versions"], **hellos["peer"]["versions"]}
        with tempfile.TemporaryDirectory(prefix="anomalykit-peers-") as folder:
            print("writing the protocol's rows", flush=True)
            columns, labels = prepare(options.data, folder)
            for side in sides.values():
                side.ask(command="load", folder=folder, columns=columns)
            results = {}
            for name in names:
                results[name] = compare(name, sides, folder, metrics(labels), options.rounds, lambda text: print(text, flush=True))
                results[name].update(threads=options.threads, cores=cores, versions=versions)
                write(options.out, results)
    finally:
        for side in sides.values():
            side.close()
    for name, result in results.items():
        print("%s: fit %.4f s against %.4f s (%.1f x), score %.0f rows/s against %.0f (%.1f x), ROC AUC %.4f against %.4f" % (
            name, result["fit"]["ours_s"], result["fit"]["peer_s"], result["fit"]["ratio"], result["score"]["ours_rows_per_s"],
            result["score"]["peer_rows_per_s"], result["score"]["ratio"], result["ours_auc"], result["peer_auc"]))


def main(given):
    try:
        run(arguments(given))
    except PeerError as error:
        print("error: %s" % error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
