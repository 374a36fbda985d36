"""Prints LibsvmGolden.cs: python3 make_libsvm_golden.py FOLDER > LibsvmGolden.cs (scikit-learn 1.2.1, which is LIBSVM 3.25; NumPy 1.24.2, Debian 12).

FOLDER holds ADBench's classical sets as NAME.csv.gz. Columns are brought to [0, 1] and rounded to float32, as the tests do: on centered columns
the linear kernel's optimum is zero, which nothing can be compared with.
"""
import gzip
import sys

import numpy as np
from sklearn.svm import OneClassSVM

SETS = ["2_annthyroid", "7_Cardiotocography", "27_PageBlocks", "29_Pima", "31_satimage-2", "40_vowels"]
KERNELS = [("Rbf", "rbf"), ("Linear", "linear"), ("Polynomial", "poly"), ("Sigmoid", "sigmoid")]
NU, MOST_ROWS, PROBES = 0.1, 2000, 8


def load(path):
    with gzip.open(path, "rt") as file:
        x = np.loadtxt(file, delimiter=",", skiprows=1)[:MOST_ROWS, :-1]
    x = x.astype(np.float32).astype(float)
    low, spread = x.min(0), x.max(0) - x.min(0)
    return ((x - low) / np.where(spread > 0, spread, 1)).astype(np.float32).astype(float)


def gram(kernel, gamma, a, b):
    product = a @ b.T
    if kernel == "linear":
        return product
    if kernel == "poly":
        return (gamma * product) ** 3
    if kernel == "sigmoid":
        return np.tanh(gamma * product)
    return np.exp(-gamma * np.maximum((a ** 2).sum(1)[:, None] + (b ** 2).sum(1)[None] - 2 * product, 0))


def solve(x, kernel, gamma, tolerance):
    model = OneClassSVM(nu=NU, kernel=kernel, gamma=gamma, degree=3, coef0=0.0, tol=tolerance, cache_size=1000, max_iter=2_000_000).fit(x)
    alpha = model.dual_coef_.ravel()
    return model, 0.5 * alpha @ gram(kernel, gamma, model.support_vectors_, model.support_vectors_) @ alpha


print("namespace AnomalyKit.OneClassSvm.Tests;\n")
print("/// <summary>Printed by make_libsvm_golden.py: what scikit-learn 1.2.1's OneClassSVM (LIBSVM) finds on sets of ADBench, with nu 0.1, gamma 1 for the radial kernel and 1 / columns else.</summary>")
print("internal static class LibsvmGolden\n{")
print("    /// <summary>Set, kernel, objective in double at tolerance 1e-3 and at 1e-5, rho, greatest |f|, and decision values of every 250th row, all three at 1e-3.</summary>")
print("    public static IReadOnlyList<(string Set, string Kernel, double Coarse, double Fine, double Rho, double Greatest, double[] Values)> Solutions { get; } =\n    [")
for name in SETS:
    x = load("%s/%s.csv.gz" % (sys.argv[1], name))
    for ours, kernel in KERNELS:
        gamma = 1.0 if kernel == "rbf" else 1.0 / x.shape[1]
        model, coarse = solve(x, kernel, gamma, 1e-3)
        _, fine = solve(x, kernel, gamma, 1e-5)
        values = model.decision_function(x)
        print('        ("%s", "%s", %.12g, %.12g, %.9g, %.9g, [%s]),' % (
            name, ours, coarse, fine, -model.intercept_[0], np.abs(values).max(), ", ".join("%.9g" % v for v in values[::250][:PROBES])))
        print(name, ours, coarse, fine, model.n_iter_, file=sys.stderr)
print("    ];\n}")
