"""The peers' detectors, with the settings of the reference protocol. A new one is one entry more, here and in PeerDetectors.cs.

Each entry: which library's version to report, the contamination of the protocol, and how to make the detector. `contamination` is None where
the fit is to end without a pass over the training scores. scikit-learn is imported only where a detector is made.
"""
from collections import namedtuple

Detector = namedtuple("Detector", "contamination make")


def isolation_forest(seed, contamination, threads):
    from sklearn.ensemble import IsolationForest

    return IsolationForest(n_estimators=100, max_samples=256, contamination="auto" if contamination is None else contamination,
                           random_state=seed, n_jobs=threads)


DETECTORS = {
    "isolation-forest": Detector(contamination=0.01, make=isolation_forest),
}
