using System.Diagnostics.CodeAnalysis;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The checks of incoming rows, with the errors they end in.</summary>
internal static class RowChecks
{
    /// <summary>Refuses cells that the schema does not allow, naming the first one: infinity, NaN where no cell may be missing, and what is no code of a category.</summary>
    public static void ThrowIfNotValid(ReadOnlySpan<float> rows, long firstRow, FeatureSchema schema)
    {
        int position = IndexOfInvalid(rows, schema);
        if (position >= 0)
            ThrowNotValid(rows[position], position, firstRow, schema);
    }

    /// <summary>The position of the first cell that the schema does not allow, or −1.</summary>
    public static int IndexOfInvalid(ReadOnlySpan<float> rows, FeatureSchema schema)
    {
        int position = schema.HasCategories ? 0 : FiniteCheck.IndexOfNonFinite(rows);
        return schema.IsPlain || position < 0 ? position : IndexOfInvalidByColumn(rows, schema.LevelCounts, schema.MissingAllowed);
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

        if (expected.HasCategories || actual.HasCategories)
            ThrowIfOtherLevels(expected, actual, parameter);
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

    /// <summary>Names a value that its cell cannot hold.</summary>
    [DoesNotReturn]
    public static void ThrowNotValid(double value, int position, long firstRow, FeatureSchema schema)
    {
        int row = Math.DivRem(position, schema.ColumnCount, out int column);
        throw new FeatureDataException(firstRow + row, column, schema, value);
    }

    private static int IndexOfInvalidByColumn(ReadOnlySpan<float> rows, ReadOnlySpan<int> levelCounts, ReadOnlySpan<bool> missingAllowed)
    {
        for (int start = 0; start < rows.Length; start += levelCounts.Length)
        {
            var row = rows.Slice(start, levelCounts.Length);
            for (int i = 0; i < row.Length; i++)
            {
                float cell = row[i];
                bool isValid = float.IsNaN(cell) ? missingAllowed[i]
                    : levelCounts[i] == 0 ? float.IsFinite(cell)
                    : cell >= 0 && cell <= levelCounts[i] && cell == MathF.Truncate(cell);
                if (!isValid)
                    return start + i;
            }
        }

        return -1;
    }

    /// <summary>Codes mean nothing to a column of numbers, nor numbers to a category, nor the codes of one dictionary to another.</summary>
    private static void ThrowIfOtherLevels(FeatureSchema expected, FeatureSchema actual, string parameter)
    {
        for (int i = 0; i < expected.ColumnCount; i++)
        {
            if (expected.LevelCounts[i] != actual.LevelCounts[i])
            {
                throw new ArgumentException(
                    $"Column {i} ('{actual.ColumnNames[i]}') of the data is {Kind(actual.LevelCounts[i])}; the detector was fitted on {Kind(expected.LevelCounts[i])} there. "
                    + "Make the data with the preparation that made the training rows, or state what its columns are with FeatureMatrix.WithSchema.",
                    parameter);
            }
        }

        static string Kind(int levels) => levels == 0 ? "a number" : $"a category of {levels} levels";
    }
}
