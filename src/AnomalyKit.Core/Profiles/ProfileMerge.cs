namespace AnomalyKit.Profiles;

/// <summary>Puts profiles of different rows together.</summary>
internal static class ProfileMerge
{
    /// <param name="parts">At least two, in an order that follows from their content.</param>
    public static ReferenceProfile Of(ReferenceProfile[] parts)
    {
        var first = parts[0];
        foreach (var part in parts)
            ThrowIfDifferent(first, part);
        long rows = 0;
        foreach (var part in parts)
            rows = checked(rows + part.RowCount);
        long[] rowCounts = [.. parts.Select(part => part.RowCount)];
        long[] samples = [.. parts.Select(part => (long)part.SampleSize)];
        var rates = new ProfileRates(rowCounts, samples);
        var columns = new ColumnProfile[first.Columns.Count];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = Column([.. parts.Select(part => (part.Columns[i], (double)part.RowCount / rows))], rates);
        int sampled = (int)Math.Clamp(rates.Thinned(samples).Sum(), 1, int.MaxValue);
        var merged = new ReferenceProfile(rows, sampled, Array.AsReadOnly(columns)).WithRows(Rows(parts, rows));
        if (!Array.TrueForAll(parts, part => part.Scores is not null && part.AlertThreshold == first.AlertThreshold))
            return merged;
        return merged.WithScores(
            Merged([.. parts.Select(part => part.Scores!)], new ProfileRates(rowCounts, [.. parts.Select(part => part.Scores!.Count)])),
            Array.TrueForAll(parts, part => part.HasHeldOutScores),
            Math.Min(1, parts.Sum(part => part.AlertFraction!.Value * part.RowCount / rows)),
            first.AlertThreshold);
    }

    private static QuantileSketch Merged(QuantileSketch[] sketches, ProfileRates rates)
    {
        long[] counts = rates.Thinned([.. sketches.Select(sketch => sketch.Count)]);
        return QuantileSketch.Merge(sketches.Select((sketch, i) => sketch.ThinnedTo(counts[i])));
    }

    private static ColumnProfile Column((ColumnProfile Column, double Fraction)[] parts, ProfileRates rates)
    {
        var first = parts[0].Column;
        double missing = Math.Min(1, parts.Sum(part => part.Column.MissingFraction * part.Fraction));
        int distinct = parts.Max(part => part.Column.DistinctCount);
        if (first.Sketch is not null)
        {
            var sketch = Merged([.. parts.Select(part => part.Column.Sketch!)], rates).Frozen();
            double? minimum = parts.Min(part => part.Column.Minimum);
            double? maximum = parts.Max(part => part.Column.Maximum);
            // At least so many; parts may differ in their values.
            int least = sketch.KeptValues.IsEmpty ? 0 : minimum == maximum ? 1 : 2;
            return new ColumnProfile(first.Name, first.Kind, missing) { Sketch = sketch, Minimum = minimum, Maximum = maximum, DistinctCount = Math.Max(distinct, least) };
        }

        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        double others = 0;
        for (int part = 0; part < parts.Length; part++)
        {
            var column = parts[part].Column;
            for (int i = 0; i < column.Levels.Count; i++)
                counts[column.Levels[i]] = counts.GetValueOrDefault(column.Levels[i]) + rates.Of(part, column.LevelCounts[i]);
            others += rates.Of(part, column.OtherCount);
        }

        // Levels too rare for the common sample are counted with the others, as those beyond the most that are kept.
        others += counts.Values.Where(count => Math.Round(count) < 1).Sum();
        return LevelProfile.Of(
            first.Name, first.Kind, counts.Select(level => KeyValuePair.Create(level.Key, (long)Math.Round(level.Value))), (long)Math.Round(others), missing, Math.Max(distinct, counts.Values.Count(count => count > 0)));
    }

    /// <summary>Rows of all, in proportion to what each stands for; none where one has none.</summary>
    private static FeatureMatrix? Rows(ReferenceProfile[] parts, long rows)
    {
        var schema = parts[0].Rows?.Schema;
        if (schema is null || !Array.TrueForAll(parts, part => part.Rows is { } own && own.Schema.Equals(schema)))
            return null;
        int wanted = Math.Min(ReferenceProfile.MaxRows, parts.Sum(part => part.Rows!.RowCount));
        var builder = new FeatureMatrixBuilder(schema, wanted);
        for (int i = 0; i < wanted; i++)
        {
            double position = (i + 0.5) / wanted * rows;
            int part = 0;
            while (part < parts.Length - 1 && position >= parts[part].RowCount)
                position -= parts[part++].RowCount;
            var own = parts[part].Rows!;
            builder.Add(own.Cells((int)Math.Clamp(position / parts[part].RowCount * own.RowCount, 0, own.RowCount - 1)));
        }

        return builder.Build();
    }

    private static void ThrowIfDifferent(ReferenceProfile first, ReferenceProfile part)
    {
        if (part.Columns.Count != first.Columns.Count)
            throw new ArgumentException($"One profile has {part.Columns.Count} columns and another {first.Columns.Count}; only profiles of the same columns can be merged.");
        for (int i = 0; i < first.Columns.Count; i++)
        {
            var (a, b) = (first.Columns[i], part.Columns[i]);
            if (a.Name != b.Name || a.Kind != b.Kind)
                throw new ArgumentException($"Column {i} is '{b.Name}: {b.Kind}' in one profile and '{a.Name}: {a.Kind}' in another; only profiles of the same columns can be merged.");
        }
    }
}
