"""Prints ScipyGolden.cs: /usr/bin/python3 make_scipy_golden.py > ScipyGolden.cs (NumPy 1.24.2, SciPy 1.10.1, Debian 12)."""
import numpy as np
from scipy import special, stats
from scipy.spatial import distance


def sample(n, a, b, c):
    """Values that C# makes alike: whole numbers over powers of two, exact in both."""
    return np.array([((a * i * i + b * i + c) % 997) / 64.0 for i in range(n)])


def corrected_v(statistic, rows, columns, total):
    """Cramér's V with the correction of Bergsma (2013), written for tables of any size."""
    square = max(0.0, statistic / total - (rows - 1) * (columns - 1) / (total - 1))
    rows = rows - (rows - 1) ** 2 / (total - 1)
    columns = columns - (columns - 1) ** 2 / (total - 1)
    return np.sqrt(square / min(rows - 1, columns - 1))


def number(v):
    return repr(float(v))


PAIRS = [
    (sample(40, 37, 11, 5), sample(60, 37, 13, 300) + 1),
    (sample(200, 17, 7, 1), sample(300, 29, 3, 2) + 2),
    (sample(7, 1, 2, 3), sample(9, 5, 1, 1)),
    (np.floor(sample(80, 11, 5, 3)), np.floor(sample(120, 13, 2, 9) * 0.9)),
    (sample(500, 3, 1, 0), sample(500, 3, 1, 0) + 6),
]
print("namespace AnomalyKit.Monitoring.Tests.Windows;\n")
print("/// <summary>Printed by make_scipy_golden.py with NumPy 1.24.2 and SciPy 1.10.1.</summary>")
print("internal static class ScipyGolden\n{")
print("    /// <summary>ks_2samp(exact): D and p; wasserstein_distance; standard deviation of the first.</summary>")
print("    public static (double D, double P, double Wasserstein, double Deviation)[] Pairs =>\n    [")
for x, y in PAIRS:
    d, p = stats.ks_2samp(x, y, method="exact")
    print(f"        ({number(d)}, {number(p)}, {number(stats.wasserstein_distance(x, y))}, {number(x.std())}),")
print("    ];\n")
print("    /// <summary>special.kolmogorov: λ and p.</summary>")
print("    public static (double Lambda, double P)[] Kolmogorov =>\n    [")
for v in [0.01, 0.1, 0.3, 0.5, 0.828, 1.0, 1.17, 1.18, 1.19, 1.36, 2, 3, 5, 8, 10, 15]:
    print(f"        ({number(v)}, {number(special.kolmogorov(v))}),")
print("    ];\n")
TABLES = [([200, 1000], [20, 100]), ([13, 37], [24, 26]), ([50, 50], [100, 0]), ([10, 20, 30, 40], [40, 30, 20, 10]), ([500, 3000, 20, 7], [480, 3500, 30, 0]), ([1000000, 1], [900000, 300])]
print("    /// <summary>chi2_contingency without correction: statistic, p and Cramér's V with Bergsma's correction; jensenshannon in base 2.</summary>")
print("    public static (double[] A, double[] B, double Statistic, double P, double V, double JensenShannon)[] Tables =>\n    [")
for a, b in TABLES:
    stat, p, _, _ = stats.chi2_contingency([a, b], correction=False)
    print(f"        ([{', '.join(map(str, a))}], [{', '.join(map(str, b))}], {number(stat)}, {number(p)}, {number(corrected_v(stat, 2, len(a), sum(a) + sum(b)))}, {number(distance.jensenshannon(a, b, base=2))}),")
print("    ];\n")
print("    /// <summary>chi2.logsf: degrees, statistic and ln p.</summary>")
print("    public static (int Degrees, double Statistic, double LogP)[] ChiTails =>\n    [")
for k, v in [(1, 3.84), (1, 40), (3, 100), (10, 300), (1, 900), (9, 1200), (255, 400)]:
    print(f"        ({k}, {number(v)}, {number(stats.chi2.logsf(v, k))}),")
print("    ];\n")
print("    /// <summary>fisher_exact, two-sided: hits and sizes of two samples, and p.</summary>")
print("    public static (int HitsA, int CountA, int HitsB, int CountB, double P)[] Fisher =>\n    [")
for a, n, b, m in [(3, 40, 0, 60), (1, 1000, 4, 50), (0, 30, 5, 500), (2, 16384, 3, 40), (29, 30, 400, 500), (1, 10, 9, 10)]:
    print(f"        ({a}, {n}, {b}, {m}, {number(stats.fisher_exact([[a, n - a], [b, m - b]])[1])}),")
print("    ];\n")
print("    /// <summary>mannwhitneyu(asymptotic, greater): area and p of the pairs, the second sample expected higher.</summary>")
print("    public static (double Area, double P)[] Ranks =>\n    [")
for x, y in PAIRS:
    u, p = stats.mannwhitneyu(y, x, alternative="greater", method="asymptotic")
    print(f"        ({number(u / (len(x) * len(y)))}, {number(p)}),")
print("    ];\n}")
