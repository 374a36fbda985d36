"""Answers the driver's requests with the other libraries: one JSON line for every JSON line (see README.md). usage: peer_worker.py THREADS

What comparisons.py makes has `fit(rows)` and, unless only training rows can be scored, `score_samples(rows)`, scikit-learn's higher-is-normal. Besides it may have
`prepare(rows)`, called before the clock starts; `seconds`, how long the fit took by its own clock; `untimed_scores(rows)`, higher-is-anomalous, where the
timed work leaves no scores; `objective`, what the fit minimised; `training_scores`, or scikit-learn's `negative_outlier_factor_`.
"""
import gc
import json
import os
import platform
import sys
import time

import peer_r
from comparisons import COMPARISONS, R_PACKAGES, missing


class Worker:
    def __init__(self, threads):
        self.threads = threads
        self.data = {}
        self.detector = None

    def hello(self, request):
        import numpy
        import sklearn

        versions = {"scikit-learn": sklearn.__version__, "NumPy": numpy.__version__, "Python": platform.python_version()}
        available = [name for name, comparison in COMPARISONS.items() if not missing(comparison)]
        for library in {COMPARISONS[name].library for name in available}:
            if library == "PyTorch":
                import torch

                versions[library] = torch.__version__
            elif library == "LIBSVM's svm-train":
                import peer_libsvm

                versions[library] = peer_libsvm.version()
            elif library == "FAISS":
                import faiss

                versions[library] = faiss.__version__
            elif library in R_PACKAGES:
                versions[library] = peer_r.version(R_PACKAGES[library])
        return {"comparisons": available, "versions": versions}

    def load(self, request):
        import numpy

        self.data = {name: numpy.fromfile(os.path.join(request["folder"], name + ".f32"), "<f4").reshape(-1, columns)
                     for name, columns in request["files"].items()}
        return {"files": len(self.data)}

    def fit(self, request):
        rows = self.data[request["rows"]]
        # Other detectors' rows and models are not this one's burden.
        self.detector = None

        def make():
            return COMPARISONS[request["comparison"]].make(request["seed"], request.get("contamination"), self.threads)

        def run(detector):
            self.detector = detector.fit(rows)

        seconds = self.time(request, run, lambda: self.prepared(make(), rows))
        if "save" in request:
            self.training_scores().astype("<f8").tofile(request["save"])
        answer = {"seconds": seconds}
        if hasattr(self.detector, "objective"):
            answer["objective"] = self.detector.objective
        return answer

    def score(self, request):
        rows = self.data[request["rows"]]
        scores = []
        seconds = self.time(request, lambda detector: scores.append(detector.score_samples(rows)), lambda: self.prepared(self.detector, rows))
        if "save" in request:
            found = self.detector.untimed_scores(rows) if scores[-1] is None else -scores[-1]
            found.astype("<f8").tofile(request["save"])
        return {"seconds": seconds, "rows": len(rows)}

    def training_scores(self):
        found = getattr(self.detector, "training_scores", None)
        return found if found is not None else -self.detector.negative_outlier_factor_

    @staticmethod
    def prepared(detector, rows):
        if hasattr(detector, "prepare"):
            detector.prepare(rows)
        return detector

    @staticmethod
    def time(request, run, before):
        gc.collect()
        seconds = []
        for _ in range(request.get("repeat", 1)):
            detector = before()
            start = time.perf_counter()
            run(detector)
            passed = time.perf_counter() - start
            seconds.append(passed if getattr(detector, "seconds", None) is None else detector.seconds)
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
