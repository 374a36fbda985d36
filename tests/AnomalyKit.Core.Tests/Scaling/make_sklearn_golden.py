"""Prints SklearnGolden.cs: python3 make_sklearn_golden.py > SklearnGolden.cs (scikit-learn 1.2.1, NumPy 1.24.2, Debian 12)."""
import numpy as np
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

# Exact in float32. Columns: whole numbers, one far outlier, constant, large with a small spread, two values, small.
X = np.array([[((7 * i * i + 3 * j * i) % 23) - 11.0 for j in range(6)] for i in range(11)], dtype=np.float64)
X[:, 1] = np.float32(0.1) * X[:, 1]
X[4, 1] = 4096.5
X[:, 2] = np.float32(0.1)
X[:, 3] = 16000000.0 + X[:, 3]
X[:, 4] = np.where(X[:, 4] > 0, 1.0, 0.0)
X[:, 5] = X[:, 5] * 2.0 ** -10
X = X.astype(np.float32).astype(np.float64)


def show(name, values):
    print(f"    public static double[] {name} =>\n    [")
    for row in np.atleast_2d(values):
        print("        " + ", ".join(repr(float(v)) for v in row) + ",")
    print("    ];\n")


print("namespace AnomalyKit.Core.Tests.Scaling;\n")
print("/// <summary>Printed by make_sklearn_golden.py with scikit-learn 1.2.1 and NumPy 1.24.2: python3 make_sklearn_golden.py > SklearnGolden.cs</summary>")
print("internal static class SklearnGolden\n{\n    public const int Columns = 6;\n")
show("Cells", X)
for name, scaler in (("Standard", StandardScaler()), ("MinMax", MinMaxScaler()), ("Robust", RobustScaler())):
    scaler.fit(X)
    # MinMaxScaler keeps scale_ as the reciprocal of the range.
    center = scaler.mean_ if name == "Standard" else scaler.data_min_ if name == "MinMax" else scaler.center_
    scale = 1 / scaler.scale_ if name == "MinMax" else scaler.scale_
    show(name + "Centers", center)
    show(name + "Scales", scale)
    show(name + "Scaled", scaler.transform(X))
print("}")
