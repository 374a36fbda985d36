"""Prints SklearnGolden.cs: python3 make_sklearn_golden.py ADBENCH_FOLDER > SklearnGolden.cs (scikit-learn 1.2.1, NumPy 1.24.2, Debian 12)."""
import gzip
import os
import sys

import numpy as np
from sklearn.neighbors import LocalOutlierFactor

# Sets in which hardly any distances are equal: where they are, scikit-learn takes any of the rows that tie for the last place.
SETS = ["12_fault", "19_landsat", "40_vowels", "44_Wilt", "46_WPBC", "25_musk"]
K = 20

print("namespace AnomalyKit.LocalOutlierFactor.Tests;\n")
print("/// <summary>Printed by make_sklearn_golden.py: scikit-learn 1.2.1's LocalOutlierFactor on ADBench sets as published, 20 neighbours.</summary>")
print("internal static class SklearnGolden\n{")
print("    /// <summary>A set's columns as float32, unscaled.</summary>")
print("    /// <param name=\"Every\">Training rows 0, Every, 2 · Every, … are given.</param>")
print("    /// <param name=\"Mean\">The mean of all training scores.</param>")
print("    /// <param name=\"Training\">Scores of training rows.</param>")
print("    /// <param name=\"New\">Scores of the means of training rows 0 and 1, 1 and 2, ….</param>")
print("    internal sealed record Scores(int Every, double Mean, double[] Training, double[] New);\n")
print("    public static IReadOnlyDictionary<string, Scores> Sets { get; } = new Dictionary<string, Scores>\n    {")
for name in SETS:
    with gzip.open(os.path.join(sys.argv[1], name + ".csv.gz"), "rt") as file:
        rows = np.loadtxt(file, delimiter=",", skiprows=1)[:, :-1].astype(np.float32)
    new = ((rows[:6] + rows[1:7]) / np.float32(2)).astype(np.float64)
    rows = rows.astype(np.float64)
    lof = LocalOutlierFactor(n_neighbors=K, novelty=True, algorithm="kd_tree").fit(rows)
    scores = -lof.negative_outlier_factor_
    every = len(rows) // 8
    print(f"        [\"{name}\"] = new(\n            {every}, {scores.mean():.12g},")
    print("            [" + ", ".join(f"{score:.12g}" for score in scores[::every][:8]) + "],")
    print("            [" + ", ".join(f"{score:.12g}" for score in -lof.score_samples(new)) + "]),")
print("    };\n}")
