"""scikit-learn's isolation forest behind a median imputer, on the rows and with the cells removed that `AnomalyKit.Quality missing` has.

usage: missing_cells.py FOLDER [SEEDS]
"""
import glob
import gzip
import os
import re
import sys

import numpy
from sklearn.ensemble import IsolationForest
from sklearn.impute import SimpleImputer
from sklearn.metrics import roc_auc_score

FRACTIONS = [0.05, 0.2, 0.4]
MOST_ROWS, FEWEST_ANOMALIES, TRAIN_FRACTION, REMOVAL_SEED = 10000, 6, 0.7, 1000


def split(labels, seed):
    """The training and test rows of QualitySplit.cs; None where too few anomalies are drawn."""
    drawn = numpy.random.RandomState(seed).permutation(len(labels))[:MOST_ROWS]
    anomalies, normals = drawn[labels[drawn] == 1], drawn[labels[drawn] == 0]
    if len(anomalies) < FEWEST_ANOMALIES:
        return None
    train = numpy.concatenate([anomalies[:int(TRAIN_FRACTION * len(anomalies))], normals[:int(TRAIN_FRACTION * len(normals))]])
    return train, drawn[~numpy.isin(drawn, train)]


def roc_auc(train, test, labels, seed):
    forest = IsolationForest(n_estimators=100, random_state=seed).fit(train)
    return roc_auc_score(labels, -forest.score_samples(test))


def measure(cells, labels, seeds):
    figures = []
    for seed in range(1, seeds + 1):
        rows = split(labels, seed)
        if rows is None:
            continue
        train, test = cells[rows[0]], cells[rows[1]]
        found = [roc_auc(train, test, labels[rows[1]], seed)]
        for fraction in FRACTIONS:
            random = numpy.random.RandomState(REMOVAL_SEED + seed)
            parts = []
            for part in (train, test):
                part = part.copy()
                part[random.random_sample(part.shape) < fraction] = numpy.nan
                parts.append(part)
            imputer = SimpleImputer(strategy="median", keep_empty_features=True).fit(parts[0])
            found.append(roc_auc(imputer.transform(parts[0]), imputer.transform(parts[1]), labels[rows[1]], seed))
        figures.append(found)
    return numpy.mean(figures, 0)


def main(folder, seeds):
    paths = sorted(glob.glob(os.path.join(folder, "*.csv.gz")), key=lambda path: int(re.match(r"\d*", os.path.basename(path)).group() or 1 << 30))
    print("| ROC AUC | complete | " + " | ".join("%.0f %% median" % (100 * fraction) for fraction in FRACTIONS) + " |")
    print("| --- |" + " ---: |" * (1 + len(FRACTIONS)))
    all_figures = []
    for path in paths:
        with gzip.open(path, "rt") as lines:
            table = numpy.loadtxt(lines, delimiter=",", skiprows=1, dtype="f8")
        figures = measure(table[:, :-1].astype("f4"), table[:, -1].astype(int), seeds)
        all_figures.append(figures)
        print("| %s | %s |" % (os.path.basename(path)[:-7], " | ".join("%.4f" % figure for figure in figures)), flush=True)
    print("| **mean of %d** | %s |" % (len(all_figures), " | ".join("%.4f" % figure for figure in numpy.mean(all_figures, 0))))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
