namespace AnomalyKit.Explaining;

/// <summary>The values that may take the place of a row's own: quantiles of the training rows, or levels that they have.</summary>
internal static class CandidateValues
{
    private const int Quantiles = 17;
    private const int MaxLevels = 16;

    /// <summary>The candidates of a column, all within its range and none like the row's own value; with the cost of each change.</summary>
    public static List<(CellValue Value, double Cost)> Of(IRowVariants row, int column, CounterfactualOptions options)
    {
        var candidates = new List<(CellValue Value, double Cost)>();
        if (row.ProfileOf(column) is not { } profile || profile.SampledCount == 0)
            return candidates;
        var value = row.ValueOf(column);
        if (profile.Sketch is { } sketch)
        {
            var (least, most) = RangeOf(row, column, options);
            var resolution = ColumnResolution.Of(profile);
            foreach (double number in Enumerable.Range(0, Quantiles).Select(i => resolution.Round(sketch.Quantile((double)i / (Quantiles - 1)))).Concat(Ends(options, row.NameOf(column), resolution)).Distinct())
            {
                if (number >= least && number <= most && number != value.Number && CanStand(number, value.Kind))
                    candidates.Add((value with { Number = number }, CostOf(profile, value, number)));
            }
        }
        else
        {
            for (int i = 0; i < Math.Min(profile.Levels.Count, MaxLevels); i++)
            {
                if (profile.Levels[i] != value.Word)
                    candidates.Add((value with { Number = double.NaN, Word = profile.Levels[i] }, 1 - (0.5 * profile.LevelCounts[i] / profile.SampledCount)));
            }
        }

        return candidates;
    }

    /// <summary>Numbers between one that ends the alert and another towards the row's own, the nearest to this one first; with the digits that the column has.</summary>
    public static IEnumerable<CellValue> Between(IRowVariants row, int column, CellValue found, double limit, CounterfactualOptions options)
    {
        var value = row.ValueOf(column);
        if (!value.HasNumber || value.IsMissing)
            yield break;
        var (least, most) = RangeOf(row, column, options);
        double to = Math.Clamp(limit, least, most);
        bool isWhole = value.Kind == ColumnKind.Number && IsWhole(found.Number) && IsWhole(value.Number);
        var resolution = ColumnResolution.Of(row.ProfileOf(column)!);
        const int Parts = 16;
        for (int i = Parts; i > 0; i--)
        {
            double number = found.Number + ((to - found.Number) * i / Parts);
            number = isWhole ? Math.Round(number) : resolution.Round(number);
            if (number >= least && number <= most && number != found.Number && number != value.Number)
                yield return found with { Number = number };
        }
    }

    /// <summary>How large a change is: the part of the training rows that lies between the two values.</summary>
    public static double CostOf(ColumnProfile profile, CellValue from, double to) => from.IsMissing
        ? 0.5
        : Math.Abs(profile.Sketch!.Rank(from.Number) - profile.Sketch.Rank(to)) + (1e-6 * Math.Abs(from.Number - to) / Math.Max(profile.Maximum!.Value - profile.Minimum!.Value, double.Epsilon));

    private static (double Least, double Most) RangeOf(IRowVariants row, int column, CounterfactualOptions options)
    {
        if (options.Ranges.TryGetValue(row.NameOf(column), out var range))
            return range;
        var profile = row.ProfileOf(column)!;
        return (profile.Minimum!.Value, profile.Maximum!.Value);
    }

    private static double[] Ends(CounterfactualOptions options, string name, ColumnResolution resolution) =>
        options.Ranges.TryGetValue(name, out var range) ? [range.Minimum, resolution.Round((range.Minimum / 2) + (range.Maximum / 2)), range.Maximum] : [];

    /// <summary>Whether a cell can hold a number: a range may be open, <c>(0, double.MaxValue)</c>.</summary>
    private static bool CanStand(double number, ColumnKind kind) => kind == ColumnKind.DateTime ? number is >= 0 and <= CellValue.LastTick : Math.Abs(number) <= float.MaxValue;

    private static bool IsWhole(double number) => number == Math.Floor(number);
}
