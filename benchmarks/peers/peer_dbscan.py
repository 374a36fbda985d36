"""R's package dbscan: its lof() scores the rows that it is given among each other, and no new ones. R says itself how long that took, without its start and reading."""
import os
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


class DbscanLof:
    def __init__(self, neighbors):
        self.neighbors = neighbors
        self.seconds = None

    def fit(self, rows):
        import numpy

        with tempfile.TemporaryDirectory(prefix="anomalykit-dbscan-") as folder:
            source, target = os.path.join(folder, "rows.f32"), os.path.join(folder, "scores.f64")
            rows.tofile(source)
            # minPts counts the row itself.
            answer = subprocess.run(["Rscript", os.path.join(HERE, "dbscan_lof.R"), source, str(rows.shape[1]), str(self.neighbors + 1), target],
                                    check=True, capture_output=True, text=True)
            self.seconds = float(answer.stdout.split()[-1])
            self.training_scores = numpy.fromfile(target, "<f8")
        return self


def version():
    found = subprocess.run(["Rscript", "-e", "cat(as.character(packageVersion('dbscan')), '(R', paste0(R.version$major, '.', R.version$minor, ')'))"],
                           capture_output=True, text=True)
    return found.stdout.strip() if found.returncode == 0 else "unknown"
