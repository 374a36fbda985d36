using System.Diagnostics.CodeAnalysis;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The checks of incoming rows, with the errors they end in.</summary>
internal static class RowChecks
{
    /// <summary>Refuses NaN and infinity, naming the first one.</summary>
    public static void ThrowIfNotFinite(ReadOnlySpan<float> rows, long firstRow, FeatureSchema schema)
    {
        int position = FiniteCheck.IndexOfNonFinite(rows);
        if (position >= 0)
            ThrowNotFinite(rows[position], position, firstRow, schema);
    }

    /// <summary>Refuses a matrix whose columns are not those that the detector was fitted on.</summary>
    public static void ThrowIfOtherColumns(FeatureSchema expected, FeatureSchema actual, string parameter)
    {
        if (ReferenceEquals(expected, actual))
            return;
        if (expected.ColumnCount != actual.ColumnCount)
        {
            throw new ArgumentException(
                $"The data has {actual.ColumnCount} columns ({actual}); the detector was fitted on {expected.ColumnCount} ({expected}). "
                + "Choose them with SelectColumns; a label column is no feature and is named when the file is read.",
                parameter);
        }

        if (!expected.IsNamed || !actual.IsNamed)
            return;
        for (int i = 0; i < expected.ColumnCount; i++)
        {
            if (!string.Equals(expected.ColumnNames[i], actual.ColumnNames[i], StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"Column {i} of the data is '{actual.ColumnNames[i]}'; the detector was fitted on '{expected.ColumnNames[i]}' there. "
                    + "Bring the columns into the order of the detector's schema with SelectColumns.",
                    parameter);
            }
        }
    }

    /// <summary>Names a value that no cell can hold.</summary>
    [DoesNotReturn]
    public static void ThrowNotFinite(double value, int position, long firstRow, FeatureSchema schema)
    {
        int row = Math.DivRem(position, schema.ColumnCount, out int column);
        throw new FeatureDataException(firstRow + row, column, schema.ColumnNames[column], value);
    }
}
