using AnomalyKit.Profiles;

namespace AnomalyKit.Explaining;

/// <summary>
/// Attributes the rows that a profile keeps, so that reasons can say what is special about a row. A category of many levels contributes much to every row, and a rare level more than the others; only what lies above that is special about one.
/// </summary>
internal static class TypicalRows
{
    // A block takes less than 100 ms by the contract of attributors, which bounds the time of the first explanation.
    private const int MaxBlocks = 2;

    // Of fewer rows a median says little. It also leaves out sampling, whose blocks are single rows: it measures from background rows already.
    private const int MinRows = 8;

    /// <summary>The typical contributions of a detector of matrices, by its columns.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="options">How the row to be explained is attributed; null for the detector's own way.</param>
    /// <returns>Null where nothing is known, or where contributions are measured from background rows.</returns>
    public static TypicalContributions? Of(IAnomalyDetector detector, AttributionOptions? options) => Of(detector, detector, detector.Profile, groups: null, column => detector.Schema.LevelCounts[column] > 0, options);

    /// <summary>The typical contributions of groups of a detector's columns.</summary>
    /// <param name="owner">Whose they are: computed once for it and kept as long as it lives.</param>
    /// <param name="detector">The detector.</param>
    /// <param name="profile">Keeps rows in the encoding of the detector.</param>
    /// <param name="groups">The groups; null for each column by itself.</param>
    /// <param name="hasLevels">Whether a group is a category or a boolean, whose levels are compared each with its own rows.</param>
    /// <param name="options">How the row to be explained is attributed; null for the detector's own way.</param>
    /// <returns>Null where nothing is known, or where contributions are measured from background rows.</returns>
    public static TypicalContributions? Of(object owner, IAnomalyDetector detector, ReferenceProfile? profile, ColumnGroups? groups, Func<int, bool> hasLevels, AttributionOptions? options)
    {
        if (profile?.Rows is not { } rows || options is { UseSampling: true } or { Background: not null })
            return null;
        var typical = profile.TypicalContributions.GetValue(owner, _ => Find(detector, rows, groups, hasLevels));
        return typical == TypicalContributions.Unknown ? null : typical;
    }

    private static TypicalContributions Find(IAnomalyDetector detector, FeatureMatrix rows, ColumnGroups? groups, Func<int, bool> hasLevels)
    {
        if (detector.OwnAttributor(new AttributionOptions { Groups = groups, SamplingBackground = rows }) is not { } attributor)
            return TypicalContributions.Unknown;
        int count = Math.Min(rows.RowCount, MaxBlocks * attributor.BlockRows);
        if (count < MinRows)
            return TypicalContributions.Unknown;
        var some = rows.SelectRows([.. Enumerable.Range(0, count).Select(i => (int)((long)i * rows.RowCount / count))]);
        var contributions = new double[checked(count * attributor.Groups.Count)];
        new MatrixAttribution(attributor, new AttributionOptions { MaxDegreeOfParallelism = 1 }).Run(some, contributions, new double[count], new double[count], CancellationToken.None);
        var cells = new float[checked(count * detector.Schema.ColumnCount)];
        new EncodedRuns(some, detector.Schema).ForEach(0, count, (run, start) => run.Cells.CopyTo(cells.AsSpan(start * detector.Schema.ColumnCount)));
        int[][] levelCells = LevelCells(attributor.Groups, hasLevels);
        return TypicalContributions.Of(contributions, cells, count, levelCells, WrongCells(attributor, some, detector.Schema, levelCells));
    }

    /// <summary>For each row, the groups with levels whose cells the detector finds to be wrong.</summary>
    private static int[][] WrongCells(RowAttributor attributor, FeatureMatrix rows, FeatureSchema schema, int[][] levelCells)
    {
        var wrong = new int[rows.RowCount][];
        Array.Fill(wrong, []);
        // It takes time, and only levels are asked for.
        if (Array.Exists(levelCells, cells => cells.Length > 0))
        {
            new EncodedRuns(rows, schema).ForEach(0, rows.RowCount, (run, start) =>
            {
                for (int row = 0; row < run.RowCount; row++)
                    wrong[start + row] = [.. attributor.FindCells(run.Slice(row, 1)).Select(cell => cell.Index).Where(group => levelCells[group].Length > 0)];
            });
        }

        return wrong;
    }

    /// <summary>For each group that has levels, the columns that tell which; none for the others.</summary>
    private static int[][] LevelCells(ColumnGroups groups, Func<int, bool> hasLevels)
    {
        int[] groupOf = groups.GroupOf.ToArray();
        return [.. Enumerable.Range(0, groups.Count).Select(group => hasLevels(group) ? [.. Enumerable.Range(0, groupOf.Length).Where(column => groupOf[column] == group)] : Array.Empty<int>())];
    }
}
