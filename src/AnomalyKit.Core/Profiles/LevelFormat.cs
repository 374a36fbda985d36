using AnomalyKit.Persistence;

namespace AnomalyKit.Profiles;

/// <summary>How the counts of levels lie in a model file: those of all columns side by side. Absent where no column has levels.</summary>
internal static class LevelFormat
{
    private const string Starts = "levels.starts";

    public static void Write(ModelWriter writer, IReadOnlyList<ColumnProfile> columns)
    {
        if (columns.All(column => column.Sketch is not null))
            return;
        var starts = new int[columns.Count + 1];
        for (int i = 0; i < columns.Count; i++)
            starts[i + 1] = starts[i] + columns[i].Levels.Count;
        writer.Add<int>(Starts, starts);
        writer.Add<long>("levels.counts", columns.SelectMany(column => column.LevelCounts).ToArray());
        writer.Add<long>("levels.others", columns.Select(column => column.OtherCount).ToArray());
        writer.Set("levels", TextList.ToJson([.. columns.SelectMany(column => column.Levels)]));
    }

    public static (string[] Names, long[] Counts, long Others)[] Read(ModelReader reader, int columns)
    {
        var read = new (string[] Names, long[] Counts, long Others)[columns];
        if (!reader.HasArray(Starts))
        {
            Array.Fill(read, ([], [], 0));
            return read;
        }

        int[] starts = reader.GetInt32s(Starts, 0, int.MaxValue, columns + 1);
        string[] names = TextList.FromJson(reader.GetString("levels"), "levels");
        long[] counts = reader.GetInt64s("levels.counts", names.Length);
        long[] others = reader.GetInt64s("levels.others", columns);
        if (starts[0] != 0 || starts[^1] != names.Length)
            throw ModelReader.FormatError("the levels of its profile do not fit its columns");
        if (Array.Exists(counts, IsNoCount) || Array.Exists(others, IsNoCount))
            throw ModelReader.FormatError("the counts of levels in its profile are out of range");
        for (int i = 0; i < columns; i++)
        {
            var range = starts[i]..starts[i + 1];
            if (starts[i + 1] < starts[i] || starts[i + 1] > names.Length || starts[i + 1] - starts[i] > LevelProfile.MaxLevels)
                throw ModelReader.FormatError($"column {i} of its profile has {(long)starts[i + 1] - starts[i]} levels; at most {LevelProfile.MaxLevels} are kept");
            if (names[range].Distinct(StringComparer.Ordinal).Count() != names[range].Length)
                throw ModelReader.FormatError($"column {i} of its profile has a level twice");
            read[i] = (names[range], counts[range], others[i]);
        }

        return read;
    }

    // So that no sum of them can overflow.
    private static bool IsNoCount(long count) => count is < 0 or > 1L << 52;
}
