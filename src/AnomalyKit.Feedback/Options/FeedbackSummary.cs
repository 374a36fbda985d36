namespace AnomalyKit;

/// <summary>What the answers of a session say, counted by rows.</summary>
/// <remarks>About the rows that have an answer, and about no others: those that were asked about were chosen for being strange, so that their fraction of anomalies says nothing about all rows.</remarks>
public sealed class FeedbackSummary
{
    internal FeedbackSummary(int anomalyCount, int normalCount, int unsureCount, IReadOnlyList<string> disputed)
    {
        AnomalyCount = anomalyCount;
        NormalCount = normalCount;
        UnsureCount = unsureCount;
        Disputed = disputed;
    }

    /// <summary>Rows with at least one answer.</summary>
    public int ShownCount => AnomalyCount + NormalCount + UnsureCount + Disputed.Count;

    /// <summary>Rows that are anomalies by all who are sure.</summary>
    public int AnomalyCount { get; }

    /// <summary>Rows that are normal by all who are sure.</summary>
    public int NormalCount { get; }

    /// <summary>Rows of which nobody is sure: all answers are unsure or have the weight 0.</summary>
    public int UnsureCount { get; }

    /// <summary>The keys of rows that one analyst calls an anomaly and another normal, in ordinal order. Their answers count by weight: two against one is two thirds.</summary>
    public IReadOnlyList<string> Disputed { get; }

    /// <summary>Whether all rows with an answer that counts are anomalies, or all are normal. What tells the kinds apart is not known then, so detectors keep the order of the base detector.</summary>
    public bool IsOfOneKind => Disputed.Count == 0 && AnomalyCount > 0 != NormalCount > 0;

    /// <summary>The counts in words.</summary>
    /// <returns>For example <c>8 of the 20 rows with an answer are anomalies, 11 normal, 1 unsure</c>.</returns>
    public override string ToString()
    {
        string disputed = Disputed.Count > 0 ? $", {Disputed.Count} disputed" : string.Empty;
        return $"{AnomalyCount} of the {ShownCount} rows with an answer are anomalies, {NormalCount} normal, {UnsureCount} unsure{disputed}";
    }
}
