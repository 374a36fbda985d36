"""Prints AttributionGolden.cs: /usr/bin/python3 make_attribution_golden.py > AttributionGolden.cs (scikit-learn 1.2.1, NumPy 1.24.2, Debian 12).

Trees of scikit-learn's IsolationForest, and path-dependent Shapley values of their mean path length as S. M. Lundberg et al., Nature Machine Intelligence 2 (2020), define them: Algorithm 1 over all subsets of the
columns, and Algorithm 2 (EXTEND and UNWIND), which must agree. Leaves are worth their depth + c(n), the exact c of Liu, Ting and Zhou 2008. Signs are turned: shorter is more anomalous.
"""
from itertools import combinations
from math import factorial

import numpy as np
from sklearn.ensemble import IsolationForest

ROWS, COLUMNS, TREES, SAMPLE = 200, 6, 6, 48
X = np.array([[((7 * i * i + 5 * j * i * i + 3 * j + i) % 211) / 64.0 for j in range(COLUMNS)] for i in range(ROWS)], dtype=np.float32)
model = IsolationForest(n_estimators=TREES, max_samples=SAMPLE, random_state=3).fit(X)
harmonic = np.concatenate([[0.0], np.cumsum(1.0 / np.arange(1, SAMPLE + 1))])
c = lambda n: 2 * (harmonic[n] - 1)


def below(threshold):
    """scikit-learn goes left at x <= threshold; the least float32 above it says the same with x < t."""
    t = np.float32(threshold)
    return t if t > threshold else np.nextafter(t, np.float32(np.inf))


class Tree:
    def __init__(self, tree):
        self.feature, self.threshold, self.left, self.size, self.value = [], [], [], [], []
        order, depth = [0], [0]
        for place, node in enumerate(order):
            leaf = tree.children_left[node] < 0
            n = int(tree.n_node_samples[node])
            self.feature.append(-1 if leaf else int(tree.feature[node]))
            self.threshold.append(np.float32(0) if leaf else below(tree.threshold[node]))
            self.left.append(0 if leaf else len(order))
            self.size.append(n)
            self.value.append(depth[place] + c(n) if leaf else 0.0)
            if not leaf:
                order += [tree.children_left[node], tree.children_right[node]]
                depth += [depth[place] + 1] * 2


def expected(tree, x, known, node=0):
    """Algorithm 1: EXPVALUE."""
    if tree.feature[node] < 0:
        return tree.value[node]
    left, f = tree.left[node], tree.feature[node]
    if f in known:
        return expected(tree, x, known, left if x[f] < tree.threshold[node] else left + 1)
    return (tree.size[left] * expected(tree, x, known, left) + tree.size[left + 1] * expected(tree, x, known, left + 1)) / tree.size[node]


def by_subsets(tree, x):
    phi = np.zeros(COLUMNS)
    for f in range(COLUMNS):
        others = [g for g in range(COLUMNS) if g != f]
        for size in range(COLUMNS):
            weight = factorial(size) * factorial(COLUMNS - size - 1) / factorial(COLUMNS)
            for known in combinations(others, size):
                phi[f] += weight * (expected(tree, x, {*known, f}) - expected(tree, x, {*known}))
    return phi


def by_paths(tree, x):
    """Algorithm 2: a path is a list of [column, part of zeros, part of ones, weight]."""
    phi = np.zeros(COLUMNS)

    def extend(path, zero, one, column):
        path = [list(part) for part in path] + [[column, zero, one, 1.0 if not path else 0.0]]
        last = len(path) - 1
        for i in range(last - 1, -1, -1):
            path[i + 1][3] += one * path[i][3] * (i + 1) / (last + 1)
            path[i][3] = zero * path[i][3] * (last - i) / (last + 1)
        return path

    def unwind(path, index):
        last = len(path) - 1
        zero, one, rest = path[index][1], path[index][2], path[-1][3]
        path = [list(part) for part in path]
        for i in range(last - 1, -1, -1):
            if one != 0:
                before = path[i][3]
                path[i][3] = rest * (last + 1) / ((i + 1) * one)
                rest = before - path[i][3] * zero * (last - i) / (last + 1)
            else:
                path[i][3] = path[i][3] * (last + 1) / (zero * (last - i))
        for i in range(index, last):
            path[i][:3] = path[i + 1][:3]
        return path[:-1]

    def recurse(node, path, zero, one, column):
        path = extend(path, zero, one, column)
        if tree.feature[node] < 0:
            for i in range(1, len(path)):
                weight = sum(part[3] for part in unwind(path, i))
                phi[path[i][0]] += weight * (path[i][2] - path[i][1]) * tree.value[node]
            return
        left, f = tree.left[node], tree.feature[node]
        hot, cold = (left, left + 1) if x[f] < tree.threshold[node] else (left + 1, left)
        zero, one = 1.0, 1.0
        for i in range(1, len(path)):
            if path[i][0] == f:
                zero, one = path[i][1:3]
                path = unwind(path, i)
                break
        recurse(hot, path, zero * tree.size[hot] / tree.size[node], one, f)
        recurse(cold, path, zero * tree.size[cold] / tree.size[node], 0.0, f)

    recurse(0, [], 1.0, 1.0, -1)
    return phi


trees = [Tree(estimator.tree_) for estimator in model.estimators_]
assert all(tree.size[0] == SAMPLE for tree in trees)
for row in X:
    for tree, estimator in zip(trees, model.estimators_):
        leaf = expected(tree, row, range(COLUMNS))
        path = estimator.tree_.decision_path(row.reshape(1, -1)).indices
        assert leaf == len(path) - 1 + c(estimator.tree_.n_node_samples[path[-1]]), "routes differ"

probes = np.concatenate([X[:4], X[10:12] * np.float32(3), [np.full(COLUMNS, -5, np.float32)]]).astype(np.float32)
subsets = -np.array([np.mean([by_subsets(tree, row) for tree in trees], axis=0) for row in probes])
paths = -np.array([np.mean([by_paths(tree, row) for tree in trees], axis=0) for row in probes])
assert np.abs(subsets - paths).max() < 1e-12
baseline = -np.mean([expected(tree, X[0], ()) for tree in trees])

starts = np.concatenate([[0], np.cumsum([len(tree.feature) for tree in trees])])
join = lambda name, form="{}": ", ".join(form.format(v) for tree in trees for v in getattr(tree, name))
print("namespace AnomalyKit.IsolationForest.Tests;\n")
print(f"/// <summary>Printed by make_attribution_golden.py: {TREES} trees of scikit-learn 1.2.1's IsolationForest, rows, and the Shapley values of the negated mean path length by the published definition.</summary>")
print("internal static class AttributionGolden\n{")
print(f"    public const int Columns = {COLUMNS};\n\n    public const int SampleSize = {SAMPLE};\n\n    public const double Baseline = {baseline!r};\n")
print(f"    public static int[] TreeStarts => [{', '.join(map(str, starts))}];\n")
print(f"    public static int[] Feature => [{join('feature')}];\n")
print(f"    public static float[] Threshold => [{join('threshold', '{:.9g}f')}];\n")
print(f"    public static int[] Left => [{join('left')}];\n")
print(f"    public static int[] Size => [{join('size')}];\n")
print(f"    public static float[] Rows => [{', '.join(f'{v:.9g}f' for v in probes.ravel())}];\n")
print(f"    public static double[] Contributions => [{', '.join(repr(float(v)) for v in subsets.ravel())}];\n}}")
