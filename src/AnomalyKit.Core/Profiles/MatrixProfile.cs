using System.Buffers;
using System.Globalization;
using AnomalyKit.Numerics;

namespace AnomalyKit.Profiles;

/// <summary>The profile of the rows of a matrix.</summary>
internal static class MatrixProfile
{
    private const ulong Stream = 1;
    private const ulong RowStream = 2;
    private const int RowsAtOnce = 4096;
    private const int CellsAtOnce = 8 << 20;

    /// <summary>The rows that the profile looks at and keeps, of so many.</summary>
    public static IEnumerable<long> RowsOf(long rowCount) =>
        ProfileSample.Draw(rowCount, ReferenceProfile.MaxSampleSize, Stream).Concat(ProfileSample.Draw(rowCount, ReferenceProfile.MaxRows, RowStream));

    /// <param name="data">The rows.</param>
    /// <param name="subset">Where they stand in the table that is profiled; null where they are all of it.</param>
    /// <param name="areChecked">Whether every cell is known to be one that the schema allows.</param>
    /// <param name="withColumns">Whether the columns are wanted, not the rows alone. Of a subset their ends and missing cells are those of its rows.</param>
    /// <param name="context">The running fit.</param>
    public static ReferenceProfile Of(FeatureMatrix data, RowSubset? subset, bool areChecked, bool withColumns, FitContext context)
    {
        if (data.RowCount == 0)
            throw new ArgumentException("The matrix has no rows; a profile needs at least one.", nameof(data));
        var weights = data.Weights.Span;
        if (!weights.IsEmpty)
            RowWeights.Checked(weights, nameof(data));
        int[] rows = Draw(ReferenceProfile.MaxSampleSize, Stream, weights);
        int[] background = Draw(ReferenceProfile.MaxRows, RowStream, weights);
        var columns = withColumns ? Columns(data, rows, areChecked, context) : [];
        return new ReferenceProfile(subset?.TotalRowCount ?? ProfileSample.Population(data.RowCount, weights), rows.Length, Array.AsReadOnly(columns))
            .WithRows(data.WithLabels(default).WithWeights(default).SelectRows(background));

        int[] Draw(int most, ulong stream, ReadOnlySpan<double> weights) => subset is null
            ? ProfileSample.Draw(data.RowCount, weights, most, stream)
            : subset.IndexesOf(ProfileSample.Draw(subset.TotalRowCount, most, stream));
    }

    private static ColumnProfile[] Columns(FeatureMatrix data, int[] rows, bool areChecked, FitContext context)
    {
        var ranges = MatrixRanges.Of(data, areChecked, context.Part(0, 0.2));
        var profiles = new ColumnProfile[data.ColumnCount];
        int group = Math.Clamp(CellsAtOnce / rows.Length, 1, data.ColumnCount);
        var cells = new float[group][];
        for (int i = 0; i < group; i++)
            cells[i] = GC.AllocateUninitializedArray<float>(rows.Length);
        for (int first = 0; first < profiles.Length; first += group)
        {
            int start = first;
            int count = Math.Min(group, profiles.Length - first);
            var part = context.Part(0.2 + (0.8 * first / profiles.Length), Math.Min(1, 0.2 + (0.8 * (first + count) / profiles.Length)));
            part.Part(0, 0.3).ForBlocks("profiling", Blocks.Count(rows.Length, RowsAtOnce), block => Gather(data, rows, block * RowsAtOnce, start, cells.AsSpan(0, count)));
            part.Part(0.3, 1).ForBlocks("profiling", count, i => profiles[start + i] = Profile(data.Schema, start + i, cells[i], ranges[start + i]));
        }

        return profiles;
    }

    /// <summary>Copies the sampled cells of some columns, column by column: of a few rows at a time, so that they stay in the nearest cache and columns are written in runs.</summary>
    private static void Gather(FeatureMatrix data, int[] rows, int from, int first, ReadOnlySpan<float[]> cells)
    {
        const int TileRows = 32;
        var tile = new float[TileRows * cells.Length];
        int to = Math.Min(rows.Length, from + RowsAtOnce);
        for (int start = from; start < to; start += TileRows)
        {
            int count = Math.Min(TileRows, to - start);
            for (int i = 0; i < count; i++)
                data.Cells(rows[start + i]).Slice(first, cells.Length).CopyTo(tile.AsSpan(i * cells.Length));
            for (int column = 0; column < cells.Length; column++)
            {
                var target = cells[column].AsSpan(start, count);
                for (int i = 0, at = column; i < target.Length; i++, at += cells.Length)
                    target[i] = tile[at];
            }
        }
    }

    private static ColumnProfile Profile(FeatureSchema schema, int column, float[] cells, ColumnRange range)
    {
        string name = schema.ColumnNames[column];
        // Cells behind the kept ones become room to sort in.
        int kept = 0;
        foreach (float cell in cells)
        {
            cells[kept] = cell + 0f;
            kept += float.IsNaN(cell) ? 0 : 1;
        }

        var present = cells.AsSpan(0, kept);
        float[] scratch = ArrayPool<float>.Shared.Rent(kept);
        SketchSort.Sort(present, scratch);
        ArrayPool<float>.Shared.Return(scratch);
        return schema.LevelCounts[column] > 0
            ? Levels(name, present, schema.LevelCounts[column], range.MissingFraction)
            : NumberProfile.Of<float>(name, ColumnKind.Number, present, schema.ColumnOffsets[column], range, NumberProfile.RunsOf(schema.ColumnCount));
    }

    private static ColumnProfile Levels(string name, ReadOnlySpan<float> sorted, int levels, double missingFraction)
    {
        var counts = new List<KeyValuePair<string, long>>();
        long others = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            if (sorted[start] >= levels)
                others += end - start;
            else
                counts.Add(new(sorted[start].ToString(CultureInfo.InvariantCulture), end - start));
        }

        return LevelProfile.Of(name, ColumnKind.Category, counts, others, missingFraction);
    }
}
