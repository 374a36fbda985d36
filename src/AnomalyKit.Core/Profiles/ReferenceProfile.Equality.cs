namespace AnomalyKit;

/// <content>Equality by content.</content>
public sealed partial class ReferenceProfile
{
    /// <inheritdoc/>
    public bool Equals(ReferenceProfile? other) => other is not null && HasColumnsOf(other)
        && Equals(Scores, other.Scores) && HasHeldOutScores == other.HasHeldOutScores && AlertFraction == other.AlertFraction && AlertThreshold == other.AlertThreshold
        && OtherAlertRowCount == other.OtherAlertRowCount;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ReferenceProfile);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RowCount, SampleSize, Columns.Count, Columns.Count > 0 ? Columns[0].GetHashCode() : 0, AlertFraction, AlertThreshold);

    /// <summary>Rows and columns.</summary>
    /// <returns>For example <c>284807 rows of 30 columns</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{RowCount} rows of {Columns.Count} columns");

    /// <summary>Whether both were made of the same rows, as far as columns tell.</summary>
    internal bool HasColumnsOf(ReferenceProfile other) => RowCount == other.RowCount && SampleSize == other.SampleSize && Columns.SequenceEqual(other.Columns) && AreEqual(Rows, other.Rows);

    private static bool AreEqual(FeatureMatrix? a, FeatureMatrix? b)
    {
        if (a is null || b is null)
            return a is null && b is null;
        if (a.RowCount != b.RowCount || !a.Schema.Equals(b.Schema))
            return false;
        for (int row = 0; row < a.RowCount; row++)
        {
            // NaN equals NaN here: a missing cell is a missing cell.
            var left = a.Cells(row);
            var right = b.Cells(row);
            for (int i = 0; i < left.Length; i++)
            {
                if (!left[i].Equals(right[i]))
                    return false;
            }
        }

        return true;
    }
}
