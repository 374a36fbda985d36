"""LIBSVM's own commands, svm-train and svm-predict. Their times are the whole commands': reading text and writing the model or the answers are part of them."""
import os
import subprocess
import tempfile


FOLDER = tempfile.TemporaryDirectory(prefix="anomalykit-libsvm-")
# Text files by the id of the rows, which are kept beside so that the id stays theirs.
WRITTEN = {}


class SvmTrain:
    def __init__(self, nu):
        self.nu = nu

    def prepare(self, rows):
        """Writes rows as LIBSVM reads them, once; not timed."""
        if id(rows) not in WRITTEN:
            path = self.path("rows%d" % len(WRITTEN))
            with open(path, "w") as file:
                for row in rows:
                    file.write("1 " + " ".join("%d:%.9g" % (index, value) for index, value in enumerate(row, 1)) + "\n")
            WRITTEN[id(rows)] = (path, rows)
        return WRITTEN[id(rows)][0]

    def fit(self, rows):
        gamma = 1 / rows.shape[1]
        subprocess.run(["svm-train", "-q", "-s", "2", "-t", "2", "-n", str(self.nu), "-g", repr(gamma), "-e", "0.001", "-m", "200",
                        self.prepare(rows), self.path("model")], check=True, stdout=subprocess.DEVNULL)
        return self

    def score_samples(self, rows):
        """svm-predict answers only 1 or -1 for a one-class SVM: the time is its, the scores come from `untimed_scores`."""
        subprocess.run(["svm-predict", "-q", self.prepare(rows), self.path("model"), self.path("answers")], check=True, stdout=subprocess.DEVNULL)

    def untimed_scores(self, rows):
        """The decision values by the model file's support vectors, negated: higher is more anomalous."""
        import numpy

        with open(self.path("model")) as file:
            header = {}
            for line in file:
                key, _, value = line.strip().partition(" ")
                if key == "SV":
                    break
                header[key] = value
            vectors = [line.split() for line in file]
        coefficients = numpy.array([float(vector[0]) for vector in vectors])
        points = numpy.zeros((len(vectors), rows.shape[1]))
        for number, vector in enumerate(vectors):
            for cell in vector[1:]:
                index, _, value = cell.partition(":")
                points[number, int(index) - 1] = float(value)
        gamma, rho = float(header["gamma"]), float(header["rho"])
        squares = (points ** 2).sum(1)
        values = []
        for start in range(0, len(rows), 1000):
            block = rows[start:start + 1000].astype(float)
            distances = (block ** 2).sum(1)[:, None] + squares - 2 * block @ points.T
            values.append(numpy.exp(-gamma * numpy.maximum(distances, 0)) @ coefficients)
        return rho - numpy.concatenate(values)

    @staticmethod
    def path(name):
        return os.path.join(FOLDER.name, name)


def version():
    found = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "libsvm-tools"], capture_output=True, text=True)
    return found.stdout if found.returncode == 0 else "unknown"
