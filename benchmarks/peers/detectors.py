"""The peers' detectors, with the settings of the reference protocol. A new one is one entry more, here and in PeerDetectors.cs.

Each entry: which library's version to report, the contamination of the protocol, and how to make the detector. `contamination` is None where
the fit is to end without a pass over the training scores. scikit-learn is imported only where a detector is made.
"""
import importlib.util
from collections import namedtuple

Detector = namedtuple("Detector", "contamination make")


def isolation_forest(seed, contamination, threads):
    from sklearn.ensemble import IsolationForest

    return IsolationForest(n_estimators=100, max_samples=256, contamination="auto" if contamination is None else contamination,
                           random_state=seed, n_jobs=threads)


def elliptic_envelope(seed, contamination, threads):
    from sklearn.covariance import EllipticEnvelope

    # Fitting always scores the training rows; without a contamination the default's threshold is found and not used.
    return EllipticEnvelope(support_fraction=0.75, contamination=0.1 if contamination is None else contamination, random_state=seed)


def one_class_svm(seed, contamination, threads):
    from sklearn.svm import OneClassSVM

    # LIBSVM: one thread, no random choices. Its threshold is the boundary that nu leads to, whatever the contamination.
    return OneClassSVM(kernel="rbf", nu=0.05, gamma="auto")


def local_outlier_factor(seed, contamination, threads):
    from sklearn.neighbors import LocalOutlierFactor

    # Without a contamination the threshold is a constant; the training scores are made in any case.
    return LocalOutlierFactor(n_neighbors=20, novelty=True, contamination="auto" if contamination is None else contamination, n_jobs=threads)


class TorchAutoencoder:
    """The reference's network in PyTorch: 20 epochs of Adam on batches of 256; the score is the mean squared error."""

    def __init__(self, seed, contamination, threads):
        self.seed, self.contamination, self.threads = seed, contamination, threads

    def fit(self, rows):
        import torch

        torch.set_num_threads(self.threads)
        torch.manual_seed(self.seed)
        linear, relu = torch.nn.Linear, torch.nn.ReLU
        columns = rows.shape[1]
        self.net = torch.nn.Sequential(linear(columns, 16), relu(), linear(16, 8), relu(), linear(8, 16), relu(), linear(16, columns))
        training = rows
        rows = torch.tensor(rows)
        optimizer = torch.optim.Adam(self.net.parameters(), 1e-3)
        for _ in range(20):
            order = torch.randperm(len(rows))
            for start in range(0, len(rows), 256):
                batch = rows[order[start:start + 256]]
                optimizer.zero_grad()
                torch.nn.functional.mse_loss(self.net(batch), batch).backward()
                optimizer.step()
        if self.contamination is not None:
            import numpy

            self.threshold = numpy.quantile(-self.score_samples(training), 1 - self.contamination)
        return self

    def score_samples(self, rows):
        import torch

        with torch.no_grad():
            rows = torch.tensor(rows)
            return -((self.net(rows) - rows) ** 2).mean(1).numpy()


def autoencoder(seed, contamination, threads):
    return TorchAutoencoder(seed, contamination, threads)


DETECTORS = {
    "elliptic-envelope": Detector(contamination=0.01, make=elliptic_envelope),
    "isolation-forest": Detector(contamination=0.01, make=isolation_forest),
    "one-class-svm": Detector(contamination=0.05, make=one_class_svm),
    "local-outlier-factor": Detector(contamination=0.05, make=local_outlier_factor),
}

# PyTorch is large and not everywhere: apt-get install python3-torch.
if importlib.util.find_spec("torch") is not None:
    DETECTORS["autoencoder"] = Detector(contamination=0.01, make=autoencoder)
