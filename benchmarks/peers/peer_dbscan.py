"""R's package dbscan: its lof() scores the rows that it is given among each other, and no new ones."""
import os
import tempfile

import peer_r


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
            self.seconds = float(peer_r.run("dbscan_lof.R", source, rows.shape[1], self.neighbors + 1, target)[-1])
            self.training_scores = numpy.fromfile(target, "<f8")
        return self
