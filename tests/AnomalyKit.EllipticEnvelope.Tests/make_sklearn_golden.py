"""Prints SklearnGolden.cs: python3 make_sklearn_golden.py > SklearnGolden.cs (scikit-learn 1.2.1, SciPy 1.10.1, NumPy 1.24.2, Debian 12)."""
import numpy as np
from scipy.stats import chi2
from sklearn.covariance import MinCovDet, fast_mcd


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


def draw(seed, n, p, outliers, shift, tails):
    """Columns mixed by a running sum; the first rows of every `outliers` are moved away, all rows divided by 0.2 + uniform where tails are wanted."""
    r, rows = Recipe(seed), []
    for i in range(n):
        radius = 1.0 / (0.2 + r.uniform()) if tails else 1.0
        total, row = 0.0, []
        for _ in range(p):
            total = 0.5 * total + radius * r.normal()
            row.append(total + (shift if outliers > 0 and i % outliers == 0 else 0.0))
        rows.append(row)
    return np.array(rows).astype(np.float32).astype(float)


SETS = [("Clean", 1, 200, 4, 0, 0.0, False), ("Shifted", 2, 300, 6, 5, 8.0, False), ("Tails", 3, 250, 5, 10, 6.0, True), ("Small", 4, 40, 3, 4, 10.0, False),
        ("Many", 5, 900, 10, 6, 4.0, True), ("Wide", 6, 400, 60, 6, 2.0, True)]

print("namespace AnomalyKit.EllipticEnvelope.Tests;\n")
print("/// <summary>Printed by make_sklearn_golden.py: the least log determinants that scikit-learn 1.2.1's MinCovDet reaches over ten seeds.</summary>")
print("internal static class SklearnGolden\n{")
print("    /// <summary>Set, support fraction, rows of the subset, log determinant of its covariance (divided by the count).</summary>")
print("    public static TheoryData<string, double, int, double> Objectives { get; } = new()\n    {")
for name, *recipe in SETS:
    X = draw(*recipe)
    n, p = X.shape
    for fraction in (0.5, 0.75, 0.9):
        best = None
        for seed in range(10):
            # The raw subset: before the consistency correction and the reweighting that MinCovDet adds.
            _, covariance, support, _ = fast_mcd(X, support_fraction=fraction, random_state=seed)
            rows = X[support]
            value = np.linalg.slogdet(np.cov(rows.T, bias=True))[1]
            if best is None or value < best[1]:
                best = (support.sum(), value)
        print('        { "%s", %s, %d, %.12g },' % (name, fraction, best[0], best[1]))
print("    };\n")
print("    /// <summary>x, degrees of freedom, lower and upper tail of the χ² distribution (SciPy).</summary>")
print("    public static TheoryData<double, double, double, double> ChiSquared { get; } = new()\n    {")
for x, k in ((0.1, 1), (1.0, 1), (30.0, 1), (2.5, 3), (0.5, 10), (30.0, 30), (200.0, 30), (1000.0, 30), (150.0, 166), (1e-8, 2)):
    print("        { %r, %d, %.15g, %.15g }," % (x, k, chi2.cdf(x, k), chi2.sf(x, k)))
print("    };\n}")
