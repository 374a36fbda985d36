"""What is compared with what: an entry each, with the settings of the reference protocol, the goals, and how many rows a run takes.

A comparison's name is our detector's (see PeerDetectors.cs), with what tells it from others of the same detector after a slash. Libraries are imported only where
a detector is made. A maker's `contamination` is None where the fit is to end without a pass over the training scores. See peer_worker.py for what it returns.
"""
import importlib.util
import shutil
from collections import namedtuple

import peer_r

# The training part of the reference protocol, and the rows that it holds out.
TRAINING_ROWS = 234807
HELD_OUT_ROWS = 50000
MODES = ("quick", "default", "full")

# ratio: how many times as fast is aimed at; rows: with so many training rows, or (None) with any number of them.
Goal = namedtuple("Goal", "ratio rows")

# data: "creditcard", or the name of an ADBench file. rows: training rows by mode, None for all. scored: "all", "held-out", or "training" where the peer scores nothing else.
# threshold: the modes in which the fit with a threshold pass is timed too. goals: by what is timed, the first one that applies.
Comparison = namedtuple("Comparison", "make library data rows scored contamination threshold goals")


def isolation_forest(seed, contamination, threads):
    from sklearn.ensemble import IsolationForest

    return IsolationForest(n_estimators=100, max_samples=256, contamination="auto" if contamination is None else contamination,
                           random_state=seed, n_jobs=threads)


def elliptic_envelope(seed, contamination, threads):
    from sklearn.covariance import EllipticEnvelope

    # Fitting always scores the training rows; without a contamination the default's threshold is found and not used.
    return EllipticEnvelope(support_fraction=0.75, contamination=0.1 if contamination is None else contamination, random_state=seed)


def cov_mcd(seed, contamination, threads):
    from peer_robustbase import CovMcd

    return CovMcd(support_fraction=0.75)


def one_class_svm(seed, contamination, threads):
    from sklearn.svm import OneClassSVM

    # LIBSVM: one thread, no random choices. Its threshold is the boundary that nu leads to, whatever the contamination.
    return OneClassSVM(kernel="rbf", nu=0.05, gamma="auto")


def svm_train(seed, contamination, threads):
    from peer_libsvm import SvmTrain

    return SvmTrain(nu=0.05)


def local_outlier_factor(seed, contamination, threads):
    from sklearn.neighbors import LocalOutlierFactor

    # Without a contamination the threshold is a constant; the training scores are made in any case.
    return LocalOutlierFactor(n_neighbors=20, novelty=True, contamination="auto" if contamination is None else contamination, n_jobs=threads)


def dbscan_lof(seed, contamination, threads):
    from peer_dbscan import DbscanLof

    return DbscanLof(neighbors=20)


def faiss_lof(seed, contamination, threads):
    from peer_faiss import LocalOutlierFactor

    return LocalOutlierFactor(20, threads)


def faiss_neighbors(seed, contamination, threads):
    from peer_faiss import MeanDistance

    return MeanDistance(20, threads)


def nearest_neighbors(seed, contamination, threads):
    from peer_neighbors import MeanDistance

    return MeanDistance(neighbors=20, threads=threads)


def autoencoder(seed, contamination, threads):
    from peer_torch import TorchAutoencoder

    return TorchAutoencoder(seed, threads)


def rows(quick, default):
    """Training rows by mode; in full mode all that there are."""
    return {"quick": quick, "default": default, "full": None}


SLOW = ("full",)
ALWAYS = MODES

COMPARISONS = {
    "isolation-forest": Comparison(
        isolation_forest, "scikit-learn", "creditcard", rows(5000, None), "all", 0.01, ALWAYS,
        {"fit": [Goal(40, None)], "score": [Goal(80, None)]}),
    "elliptic-envelope": Comparison(
        elliptic_envelope, "scikit-learn", "creditcard", rows(5000, None), "all", 0.01, SLOW,
        {"fit": [Goal(100, TRAINING_ROWS)]}),
    "elliptic-envelope/robustbase": Comparison(
        cov_mcd, "R's robustbase", "10_cover", rows(5000, None), "training", 0.01, (),
        {"fit": [Goal(10, None)]}),
    "one-class-svm": Comparison(
        one_class_svm, "scikit-learn", "creditcard", rows(2000, 50000), "held-out", 0.05, (),
        {"fit": [Goal(100, TRAINING_ROWS), Goal(10, None)], "score": [Goal(60, TRAINING_ROWS)]}),
    "one-class-svm/svm-train": Comparison(
        svm_train, "LIBSVM's svm-train", "creditcard", rows(2000, 50000), "held-out", 0.05, (),
        {"fit": [Goal(100, TRAINING_ROWS), Goal(10, None)], "score": [Goal(60, TRAINING_ROWS)]}),
    "local-outlier-factor": Comparison(
        local_outlier_factor, "scikit-learn", "creditcard", rows(2000, 50000), "held-out", 0.05, (),
        {"fit": [Goal(20, TRAINING_ROWS)], "score": [Goal(20, TRAINING_ROWS)]}),
    "local-outlier-factor/dbscan": Comparison(
        dbscan_lof, "R's dbscan", "creditcard", rows(2000, 20000), "training", 0.05, (), {}),
    "local-outlier-factor/cover": Comparison(
        local_outlier_factor, "scikit-learn", "10_cover", rows(2000, None), "training", 0.05, (), {"fit": [Goal(3, None)]}),
    "local-outlier-factor/skin": Comparison(
        local_outlier_factor, "scikit-learn", "33_skin", rows(2000, None), "training", 0.05, (), {"fit": [Goal(3, None)]}),
    "nearest-neighbors": Comparison(
        nearest_neighbors, "scikit-learn", "creditcard", rows(2000, 50000), "held-out", 0.05, (), {}),
    "local-outlier-factor/faiss": Comparison(
        faiss_lof, "FAISS", "creditcard", rows(2000, 50000), "held-out", 0.05, (), {}),
    "nearest-neighbors/faiss": Comparison(
        faiss_neighbors, "FAISS", "creditcard", rows(2000, 50000), "held-out", 0.05, (), {"fit": [Goal(5, None)], "score": [Goal(5, None)]}),
    "autoencoder": Comparison(
        autoencoder, "PyTorch", "creditcard", rows(5000, None), "all", 0.01, (),
        {"fit": [Goal(8, None)], "score": [Goal(3, None)]}),
}


# R's packages by the name of the library.
R_PACKAGES = {"R's dbscan": "dbscan", "R's robustbase": "robustbase"}


def missing(comparison):
    """What has to be installed first for a comparison, or nothing."""
    if comparison.library == "PyTorch":
        return None if importlib.util.find_spec("torch") else "python3-torch"
    if comparison.library == "FAISS":
        return None if importlib.util.find_spec("faiss") else "python3-faiss"
    if comparison.library == "LIBSVM's svm-train":
        return None if shutil.which("svm-train") and shutil.which("svm-predict") else "libsvm-tools"
    if comparison.library in R_PACKAGES:
        package = R_PACKAGES[comparison.library]
        return None if peer_r.has(package) else "r-cran-" + package
    return None


def goal(comparison, work, training_rows):
    """The goal that applies to so many training rows; where none does, the one of other sizes, which the report names; or None."""
    goals = comparison.goals.get(work, [])
    fitting = [entry for entry in goals if entry.rows in (None, training_rows)]
    return (fitting or goals or [None])[0]
