"""Prints SklearnGolden.cs: python3 make_sklearn_golden.py > SklearnGolden.cs (scikit-learn 1.2.1, NumPy 1.24.2, Debian 12)."""
import numpy as np
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

SEEDS = 20


class Recipe:
    """A 64-bit linear congruential generator (Knuth's MMIX constants): the same numbers here and in RecipeData.cs."""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) * 2.0**-53

    def normal(self):
        total = 0.0
        for _ in range(12):
            total += self.uniform()
        return total - 6.0


def clouds():
    r, rows, labels = Recipe(1), [], []
    for i in range(500):
        anomaly = i % 20 == 3
        rows.append([12 * r.uniform() - 6 for _ in range(2)] if anomaly else [(2.0 if i % 2 else -2.0) + 0.5 * r.normal() for _ in range(2)])
        labels.append(anomaly)
    return rows, labels


def shifted():
    r, rows, labels = Recipe(2), [], []
    for i in range(600):
        anomaly = i % 25 == 7
        rows.append([r.normal() + (1.5 if anomaly else 0.0) for _ in range(8)])
        labels.append(anomaly)
    return rows, labels


def tails():
    r, rows, labels = Recipe(3), [], []
    for i in range(400):
        anomaly = i % 16 == 5
        rows.append([(3.0 if anomaly else 1.0) * r.normal() / (0.2 + r.uniform()) for _ in range(3)])
        labels.append(anomaly)
    return rows, labels


print("namespace AnomalyKit.IsolationForest.Tests;\n")
print("/// <summary>Printed by make_sklearn_golden.py: scores of scikit-learn 1.2.1's IsolationForest, means over 20 seeds, and its areas under the ROC curve.</summary>")
print("internal static class SklearnGolden\n{")
parts = []
for name, make in (("Clouds", clouds), ("Shifted", shifted), ("Tails", tails)):
    rows, labels = make()
    X = np.array(rows).astype(np.float32)
    scores, aucs = np.zeros(len(X)), []
    for seed in range(SEEDS):
        forest = IsolationForest(n_estimators=100, max_samples=256, random_state=seed).fit(X)
        s = -forest.score_samples(X)
        scores += s / SEEDS
        aucs.append(roc_auc_score(labels, s))
    text = f"    public const double {name}Auc = {np.mean(aucs):.6f};\n\n    public const double {name}AucDeviation = {np.std(aucs, ddof=1):.6f};\n\n    public static double[] {name} =>\n    [\n"
    for i in range(0, len(scores), 12):
        text += "        " + ", ".join(f"{s:.5f}" for s in scores[i:i + 12]) + ",\n"
    parts.append(text + "    ];")
print("\n\n".join(parts))
print("}")
