"""Prints WeightsGolden.cs: /usr/bin/python3 make_weights_golden.py > WeightsGolden.cs (scikit-learn 1.2.1, which is LIBSVM 3.25 with weights of instances; NumPy 1.24.2, Debian 12)."""
import numpy as np
from sklearn.svm import OneClassSVM

ROWS, COLUMNS = 60, 3
# Exact in float32.
X = np.array([[((7 * i * i + 5 * j * i + 3 * j) % 101) / 32.0 for j in range(COLUMNS)] for i in range(ROWS)])
WEIGHTS = {"whole": [1.0 + i % 4 for i in range(ROWS)], "parts": [0.25 + (i * i % 7) / 4.0 for i in range(ROWS)]}


def numbers(values):
    return ", ".join(f"{float(v):.12g}" for v in values)


print("namespace AnomalyKit.OneClassSvm.Tests;\n")
print("/// <summary>Printed by make_weights_golden.py: what scikit-learn 1.2.1's OneClassSVM (LIBSVM with weights of instances) finds with tol 1e-9 and gamma 0.5.</summary>")
print("internal static class WeightsGolden\n{")
print(f"    public const int Columns = {COLUMNS};\n")
print(f"    public static float[] Cells => [{', '.join(f'{v:.9g}f' for v in X.ravel())}];\n")
print("    /// <summary>Weights, nu, the sum of coefficients, rho, and the decision values of all rows.</summary>")
print("    public static IReadOnlyList<(double[] Weights, double Nu, double Sum, double Rho, double[] Values)> Solutions { get; } =\n    [")
for name, weights in WEIGHTS.items():
    for nu in (0.1, 0.5):
        model = OneClassSVM(nu=nu, gamma=0.5, tol=1e-9).fit(X, sample_weight=weights)
        print(f"        // {name}\n        ([{numbers(weights)}], {nu}, {model.dual_coef_.sum():.12g}, {model.offset_[0]:.12g},")
        print(f"            [{numbers(model.decision_function(X))}]),")
print("    ];\n}")
