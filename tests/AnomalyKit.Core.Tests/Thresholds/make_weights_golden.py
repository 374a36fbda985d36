"""Prints WeightsGolden.cs: /usr/bin/python3 make_weights_golden.py > WeightsGolden.cs (NumPy 1.24.2, SciPy 1.10.1, Debian 12): statistics of scores that are repeated by weight."""
import numpy as np
from scipy import stats

scores = np.array([((37 * i * i + 11 * i) % 211) / 16.0 for i in range(40)])
weights = np.array([(i * i) % 6 for i in range(40)])
repeated = np.repeat(scores, weights)
probabilities = [0, 0.01, 0.25, 0.5, 0.73, 0.99, 1]


def numbers(values):
    return ", ".join(repr(float(v)) for v in values)


print("namespace AnomalyKit.Core.Tests.Thresholds;\n")
print("/// <summary>Printed by make_weights_golden.py with NumPy 1.24.2 and SciPy 1.10.1.</summary>")
print("internal static class WeightsGolden\n{")
print(f"    public static float[] Scores => [{', '.join(repr(float(v)) + 'f' for v in scores)}];\n")
print(f"    public static double[] Weights => [{numbers(weights)}];\n")
print(f"    public static double[] Probabilities => [{numbers(probabilities)}];\n")
print(f"    public static double[] Quantiles => [{numbers(np.quantile(repeated, probabilities))}];\n")
print(f"    public const double Mean = {float(repeated.mean())!r};\n\n    public const double Deviation = {float(repeated.std())!r};\n")
print(f"    public const double Median = {float(np.median(repeated))!r};\n\n    public const double Spread = {1.4826 * float(stats.median_abs_deviation(repeated))!r};\n}}")
