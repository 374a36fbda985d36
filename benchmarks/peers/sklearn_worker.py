"""Answers the driver's requests with scikit-learn: one JSON line for every JSON line (see README.md). usage: sklearn_worker.py THREADS"""
import gc
import json
import os
import platform
import sys
import time

from detectors import DETECTORS


class Worker:
    def __init__(self, threads):
        self.threads = threads
        self.data = {}
        self.detector = None

    def hello(self, request):
        import numpy
        import sklearn

        versions = {"scikit-learn": sklearn.__version__, "NumPy": numpy.__version__, "Python": platform.python_version()}
        if "autoencoder" in DETECTORS:
            # Importing PyTorch takes a second and starts threads: only its package's version is looked up.
            from importlib.metadata import version

            versions["PyTorch"] = version("torch")
        return {"detectors": list(DETECTORS), "versions": versions}

    def load(self, request):
        import numpy

        self.data = {name: numpy.fromfile(os.path.join(request["folder"], name + ".f32"), "<f4").reshape(-1, request["columns"])
                     for name in ("all", "train", "held-out")}
        return {"rows": len(self.data["all"])}

    def fit(self, request):
        make = DETECTORS[request["detector"]].make
        train = self.data["train"]

        def run():
            self.detector = make(request["seed"], request.get("contamination"), self.threads).fit(train)

        return {"seconds": self.time(request, run)}

    def score(self, request):
        rows = self.data[request["rows"]]
        scores = []
        seconds = self.time(request, lambda: scores.append(-self.detector.score_samples(rows)))
        if "save" in request:
            scores[-1].astype("<f8").tofile(request["save"])
        return {"seconds": seconds, "rows": len(rows)}

    def time(self, request, run):
        gc.collect()
        seconds = []
        for _ in range(request.get("repeat", 1)):
            start = time.perf_counter()
            run()
            seconds.append(time.perf_counter() - start)
        return seconds


def main():
    worker = Worker(int(sys.argv[1]))
    # Answers go to the real standard output; whatever a library prints does not get between them.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        try:
            request = json.loads(line)
            answer = {"hello": worker.hello, "load": worker.load, "fit": worker.fit, "score": worker.score}[request["command"]](request)
        except Exception as error:
            answer = {"error": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
