"""Prints WeightsGolden.cs: /usr/bin/python3 make_weights_golden.py > WeightsGolden.cs (scikit-learn 1.2.1, NumPy 1.24.2, Debian 12).

c(n) is the exact one of Liu, Ting and Zhou 2008: this version's approximation by a logarithm is far off for the small leaves that repeated rows make. The rows are repeated as often as their weights say: sample_weight of this version's IsolationForest does not change what trees are grown on.
"""
import numpy as np
import sklearn.ensemble._iforest as module
from sklearn.ensemble import IsolationForest

harmonic = np.concatenate([[1.0], np.cumsum(1.0 / np.arange(1, 1000))])
module._average_path_length = lambda n: 2 * (harmonic[np.asarray(n, dtype=int)] - 1)

ROWS, COLUMNS, TREES, SAMPLE = 50, 3, 8000, 32
X = np.array([[((7 * i * i + 5 * j * i + 3 * j) % 101) / 32.0 for j in range(COLUMNS)] for i in range(ROWS)])
weights = [1 + (i * i) % 5 if i % 10 else 12 for i in range(ROWS)]
model = IsolationForest(n_estimators=TREES, max_samples=SAMPLE, random_state=1).fit(np.repeat(X, weights, axis=0))
scores = -model.score_samples(X)
print("namespace AnomalyKit.IsolationForest.Tests;\n")
print(f"/// <summary>Printed by make_weights_golden.py: scores by {TREES} trees of scikit-learn 1.2.1's IsolationForest with exact c(n), grown on {SAMPLE} of the rows repeated by weight.</summary>")
print("internal static class WeightsGolden\n{")
print(f"    public const int Columns = {COLUMNS};\n\n    public const int SampleSize = {SAMPLE};\n")
print(f"    public static float[] Cells => [{', '.join(f'{v:.9g}f' for v in X.ravel())}];\n")
print(f"    public static double[] Weights => [{', '.join(str(w) for w in weights)}];\n")
print(f"    public static double[] Scores => [{', '.join(f'{v:.5f}' for v in scores)}];\n}}")
