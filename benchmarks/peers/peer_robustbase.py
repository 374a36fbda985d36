"""R's package robustbase: covMcd() fits. Rows are scored by NumPy, from its center and covariance, and that is not timed."""
import os
import tempfile

import peer_r


class CovMcd:
    def __init__(self, support_fraction):
        self.support_fraction = support_fraction
        self.seconds = None

    def fit(self, rows):
        import numpy

        with tempfile.TemporaryDirectory(prefix="anomalykit-robustbase-") as folder:
            source, target = os.path.join(folder, "rows.f32"), os.path.join(folder, "estimate.f64")
            rows.tofile(source)
            determinant, seconds = peer_r.run("robustbase_mcd.R", source, rows.shape[1], self.support_fraction, target)
            self.seconds, self.objective = float(seconds), float(determinant)
            estimate = numpy.fromfile(target, "<f8")
        self.center, covariance = estimate[:rows.shape[1]], estimate[rows.shape[1]:].reshape(rows.shape[1], -1)
        self.precision = numpy.linalg.inv(covariance)
        centered = rows.astype(float) - self.center
        self.training_scores = ((centered @ self.precision) * centered).sum(1)
        return self
