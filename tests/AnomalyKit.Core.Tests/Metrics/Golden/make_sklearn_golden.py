"""Writes SklearnGolden.cs: what scikit-learn says about the rows that GoldenRows.cs also makes.

Command (in this folder; Debian 12: apt-get install python3-sklearn, which is 1.2.1):

    /usr/bin/python3 make_sklearn_golden.py > SklearnGolden.cs

Scores are float32 on both sides. roc_curve's first threshold is max + 1 in 1.2.1 and +infinity since 1.3; +infinity is recorded.
"""
import platform
import warnings

import numpy as np
import sklearn
from sklearn import metrics

MASK = (1 << 64) - 1
RATES = [0.0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.9, 1.0]


def generate(seed, rows, per_million, levels, shift):
    """The twin of GoldenRows.Generate: integers only, so both languages make the same rows."""
    state = seed
    labels, scores = [], []
    for row in range(rows):
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        label = row == 0 or (row > 1 and (state >> 40) % 1_000_000 < per_million)
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        level = (state >> 40) % levels - levels // 2 + (shift if label else 0)
        labels.append(label)
        scores.append(np.float32(level) / np.float32(1024))
    return np.array(labels), np.array(scores, dtype=np.float32)


def number(value):
    value = float(value)
    return "double.PositiveInfinity" if value == np.inf else repr(value) + "d"


def numbers(values):
    return "[" + ", ".join(number(v) for v in values) + "]"


def bools(values):
    return "[" + ", ".join("true" if v else "false" for v in values) + "]"


def floats(values):
    return "[" + ", ".join(repr(float(v)) + "f" for v in values) + "]"


def curve(values):
    """Length, up to 33 evenly spaced values, and a sum weighted by position that covers all of them but the first."""
    count = len(values)
    samples = min(count, 33)
    picked = [values[i * (count - 1) // max(samples - 1, 1)] for i in range(samples)]
    digest = sum(float(i) / count * float(values[i]) for i in range(1, count))
    return f"new({count}, {numbers(picked)}, {number(digest)})"


def roc(labels, scores, drop):
    fpr, tpr, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=drop)
    thresholds = thresholds.astype(float)
    thresholds[0] = np.inf
    return fpr, tpr, thresholds


def confusion(labels, flags):
    y, p = labels.astype(int), flags.astype(int)
    tn, fp, fn, tp = metrics.confusion_matrix(y, p, labels=[0, 1]).ravel()
    zero = dict(zero_division=0)
    measures = [
        metrics.precision_score(y, p, pos_label=1, **zero),
        metrics.recall_score(y, p, pos_label=1, **zero),
        metrics.f1_score(y, p, pos_label=1, **zero),
        metrics.precision_score(y, p, pos_label=0, **zero),
        metrics.recall_score(y, p, pos_label=0, **zero),
        metrics.f1_score(y, p, pos_label=0, **zero),
        metrics.f1_score(y, p, average="macro", labels=[0, 1], **zero),
        metrics.f1_score(y, p, average="weighted", labels=[0, 1], **zero),
        metrics.accuracy_score(y, p),
        metrics.balanced_accuracy_score(y, p),
        fp / (fp + tn) if fp + tn else 0.0,
        metrics.matthews_corrcoef(y, p),
    ]
    return f"new({tn}, {fp}, {fn}, {tp}, {numbers(measures)})"


def ranking_case(name, source, labels, scores):
    assert scores.dtype == np.float32
    fpr, tpr, thresholds = roc(labels, scores, False)
    precision, recall, _ = metrics.precision_recall_curve(labels, scores)
    with np.errstate(invalid="ignore"):
        f1 = np.nan_to_num(2 * precision * recall / (precision + recall))
    threshold = np.sort(scores)[int(0.9 * (len(scores) - 1))]
    lines = [
        f'        new("{name}", {source},',
        f"            RocAuc: {number(metrics.roc_auc_score(labels, scores))},",
        f"            AveragePrecision: {number(metrics.average_precision_score(labels, scores))},",
        f"            Roc: [{', '.join(curve(v) for v in roc(labels, scores, False))}],",
        f"            RocDropped: [{', '.join(curve(v) for v in roc(labels, scores, True))}],",
        f"            PrecisionRecall: [{', '.join(curve(v) for v in metrics.precision_recall_curve(labels, scores))}],",
        f"            RecallAtRates: {numbers(tpr[fpr <= rate].max() for rate in RATES)},",
        f"            BestF1: {number(f1.max())},",
        f"            Threshold: {number(threshold)},",
        f"            Confusion: {confusion(labels, scores > threshold)}),",
    ]
    return "\n".join(lines)


def generated(name, seed, rows, per_million, levels, shift):
    source = f"GoldenRows.Generate({seed}, {rows}, {per_million}, {levels}, {shift})"
    return ranking_case(name, source, *generate(seed, rows, per_million, levels, shift))


def literal(name, labels, scores):
    labels, scores = np.array(labels, dtype=bool), np.array(scores, dtype=np.float32)
    return ranking_case(name, f"new({bools(labels)}, {floats(scores)})", labels, scores)


def flags_case(labels, flags):
    labels, flags = np.array(labels, dtype=bool), np.array(flags, dtype=bool)
    return f"        ({bools(labels)}, {bools(flags)}, {confusion(labels, flags)}),"


def main():
    warnings.simplefilter("ignore")
    rng = np.random.RandomState(7)
    normal_labels = rng.rand(60) < 0.2
    normal_scores = (rng.randn(60) + normal_labels).astype(np.float32)
    one = np.float32(1)
    ulp = np.nextafter(one, np.float32(2))
    cases = [
        generated("random", 1, 5000, 300_000, 8_000_000, 1_000_000),
        generated("no signal", 2, 3000, 500_000, 8_000_000, 0),
        generated("worse than chance", 3, 2000, 200_000, 4000, -1500),
        generated("heavy ties", 4, 4000, 100_000, 7, 1),
        generated("two scores", 5, 500, 250_000, 2, 0),
        generated("all equal", 6, 101, 100_000, 1, 0),
        generated("separated", 7, 300, 50_000, 100, 1000),
        generated("one anomaly in 20000", 8, 20000, 0, 50_000, 20_000),
        generated("0.17 percent anomalies", 9, 20000, 1727, 100_000, 40_000),
        generated("one normal row", 10, 2000, 1_000_000, 5000, 100),
        literal("two rows, right", [False, True], [0.25, 0.5]),
        literal("two rows, wrong", [True, False], [0.25, 0.5]),
        literal("two rows, tied", [True, False], [0.5, 0.5]),
        literal("three rows", [True, False, True], [3, 2, 1]),
        literal("gaussian", normal_labels, normal_scores),
        literal("neighbouring floats, denormals and extremes",
                [True, False, True, False, False, True, False, True, False],
                [one, ulp, ulp, 1e-45, 0.0, -1e-45, -3.4e38, 3.4e38, -1.0]),
    ]
    t, f = True, False
    flags = [
        flags_case([f, f, f], [f, f, f]),
        flags_case([f, f, f], [t, t, t]),
        flags_case([f, f, f], [f, t, f]),
        flags_case([t, t, t], [t, t, t]),
        flags_case([t, t, t], [f, f, f]),
        flags_case([t, t, f], [f, f, f]),
        flags_case([t, t, f], [t, t, t]),
        flags_case([t, f, f, t, f], [t, t, f, f, f]),
        flags_case([f], [f]),
        flags_case([t], [t]),
        flags_case([t], [f]),
    ]
    print(f"""// <auto-generated>
// /usr/bin/python3 make_sklearn_golden.py > SklearnGolden.cs
// Python {platform.python_version()}, numpy {np.__version__}, scikit-learn {sklearn.__version__}
// </auto-generated>
#nullable enable
namespace AnomalyKit.Core.Tests.Metrics;

internal static class SklearnGolden
{{
    internal static readonly double[] Rates = {numbers(RATES)};

    internal static readonly RankingGolden[] Rankings =
    [""")
    print("\n".join(cases))
    print("""    ];

    internal static readonly (bool[] Labels, bool[] Flags, ConfusionGolden Expected)[] Flags =
    [""")
    print("\n".join(flags))
    print("    ];\n}")


main()
