using System.Diagnostics.CodeAnalysis;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The checks of cells, with the errors they end in.</summary>
internal static class CellChecks
{
    /// <summary>Refuses cells that the schema does not allow, naming the first one: infinity, NaN where no cell may be missing, and what is not a code of a category.</summary>
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
}
