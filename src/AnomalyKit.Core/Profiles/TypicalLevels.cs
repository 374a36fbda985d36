using MathNet.Numerics.Statistics;

namespace AnomalyKit.Profiles;

/// <summary>What each level of a column contributes to ordinary rows. A rare level contributes more than the others to every row that has it; only what lies above that is special about one.</summary>
internal sealed class TypicalLevels
{
    // Of fewer rows a median says little.
    private const int MinRows = 5;

    private readonly int[] _at;
    private readonly TypicalLevel[] _levels;

    private TypicalLevels(int[] at, TypicalLevel[] levels) => (_at, _levels) = (at, levels);

    /// <param name="at">The cells of a row that tell its level.</param>
    /// <param name="cells">Row after row, the cells that the detector sees.</param>
    /// <param name="contributions">One per row: that of the column.</param>
    /// <param name="isWrong">One per row: whether the detector finds the column's cell to be wrong.</param>
    /// <returns>Null where no level has enough rows.</returns>
    public static TypicalLevels? Of(int[] at, float[] cells, double[] contributions, bool[] isWrong)
    {
        int stride = cells.Length / contributions.Length;
        var found = new List<(float[] Cells, List<int> Rows)>();
        for (int row = 0; row < contributions.Length; row++)
        {
            int start = row * stride;
            int level = found.FindIndex(one => AreCells(one.Cells, at, cells.AsSpan(start, stride)));
            if (level < 0)
            {
                level = found.Count;
                found.Add((Array.ConvertAll(at, cell => cells[start + cell]), []));
            }

            found[level].Rows.Add(row);
        }

        found.RemoveAll(one => one.Rows.Count < MinRows);
        if (found.Count == 0)
            return null;
        TypicalLevel[] levels = [.. found.Select(one => LevelOf(one.Cells, [.. one.Rows.Select(row => contributions[row])], 2 * one.Rows.Count(row => isWrong[row]) > one.Rows.Count))];
        // A few rows tell a spread badly. So it is that of all levels, or its own if that is wider.
        double[] beyond = [.. found.SelectMany((one, level) => one.Rows.Select(row => contributions[row] - levels[level].Median)).Order()];
        double spread = beyond[(int)(TypicalContributions.High * (beyond.Length - 1))];
        return new TypicalLevels(at, [.. levels.Select(level => level with { Spread = Math.Max(spread, level.Spread) })]);
    }

    /// <summary>The level that a row has; null where too few rows with it are known.</summary>
    public TypicalLevel? Of(ReadOnlySpan<float> row)
    {
        foreach (var level in _levels)
        {
            if (AreCells(level.Cells, _at, row))
                return level;
        }

        return null;
    }

    private static TypicalLevel LevelOf(float[] cells, double[] contributions, bool isWrongInMost)
    {
        Array.Sort(contributions);
        double median = SortedArrayStatistics.Median(contributions);
        return new TypicalLevel(cells, median, contributions[(int)Math.Ceiling(TypicalContributions.High * (contributions.Length - 1))] - median, isWrongInMost);
    }

    // Missing cells are NaN, and one like the other.
    private static bool AreCells(float[] cells, int[] at, ReadOnlySpan<float> row)
    {
        for (int i = 0; i < at.Length; i++)
        {
            if (!cells[i].Equals(row[at[i]]))
                return false;
        }

        return true;
    }
}
