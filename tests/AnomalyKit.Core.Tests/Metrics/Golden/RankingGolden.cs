namespace AnomalyKit.Core.Tests.Metrics;

/// <summary>What scikit-learn computes from labelled scores.</summary>
/// <param name="Name">What is special about the rows.</param>
/// <param name="Rows">The rows.</param>
/// <param name="RocAuc">roc_auc_score.</param>
/// <param name="AveragePrecision">average_precision_score.</param>
/// <param name="Roc">roc_curve(drop_intermediate=False): rates, thresholds.</param>
/// <param name="RocDropped">roc_curve(drop_intermediate=True).</param>
/// <param name="PrecisionRecall">precision_recall_curve: precision, recall, thresholds.</param>
/// <param name="RecallAtRates">The highest true positive rate of roc_curve at each of <see cref="SklearnGolden.Rates"/>.</param>
/// <param name="BestF1">The highest F1 of precision_recall_curve.</param>
/// <param name="Threshold">A threshold that is one of the scores.</param>
/// <param name="Confusion">The confusion matrix of score > threshold.</param>
internal sealed record RankingGolden(
    string Name,
    GoldenRows Rows,
    double RocAuc,
    double AveragePrecision,
    CurveGolden[] Roc,
    CurveGolden[] RocDropped,
    CurveGolden[] PrecisionRecall,
    double[] RecallAtRates,
    double BestF1,
    double Threshold,
    ConfusionGolden Confusion);

/// <summary>One array of a curve.</summary>
/// <param name="Count">Its length.</param>
/// <param name="Samples">Up to 33 evenly spaced values.</param>
/// <param name="Digest">Σ i/Count · valueᵢ over all but the first.</param>
internal sealed record CurveGolden(int Count, double[] Samples, double Digest);

/// <summary>confusion_matrix and the measures, in the order <see cref="ConfusionMatrixTests"/> lists them.</summary>
internal sealed record ConfusionGolden(
    long TrueNegatives, long FalsePositives, long FalseNegatives, long TruePositives, double[] Measures);
