using AnomalyKit.Explaining;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Why rows have their scores, in a text a row, by one attributor.</summary>
internal sealed class RowReasons(TableDetector detector, int maxReasons)
{
    private readonly RowAttributor _attributor = detector.CreateAttributor();

    /// <param name="rows">The rows to explain.</param>
    /// <param name="maxThreads">The most threads, or −1 for all processors.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The sentences of the reasons, one text per row; null where no column speaks against a row.</returns>
    public string?[] Of(FeatureTable rows, int maxThreads, CancellationToken cancellationToken)
    {
        var texts = new string?[rows.RowCount];
        var prepared = detector.Preparation.ApplyUnlabeled(rows, cancellationToken: cancellationToken);
        ParallelBlocks.For(rows.RowCount, maxThreads, row => texts[row] = Of(rows, prepared, row), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return texts;
    }

    private string? Of(FeatureTable rows, FeatureMatrix prepared, int row)
    {
        var attributed = AttributedRow.Of(detector.Detector, _attributor, prepared, row);
        var variants = new TableRow(detector.Preparation, detector.Detector, detector.Profile, rows.Slice(row, 1));
        var reasons = Explainer.Reasons(attributed, detector.TypicalContributions(null), variants, maxReasons);
        return reasons.Length == 0 ? null : string.Join(' ', reasons.Select(reason => reason.Sentence));
    }
}
