using System.Globalization;
using AnomalyKit.Persistence;

namespace AnomalyKit.Profiles;

/// <summary>How a profile lies in a model file.</summary>
internal static class ProfileFormat
{
    public const string Scope = "profile";

    public static void Write(ModelWriter writer, ReferenceProfile profile)
    {
        var columns = profile.Columns;
        writer.Set("rows", profile.RowCount);
        writer.Set("sample_size", profile.SampleSize);
        writer.Set("columns", columns.Count);
        writer.Set("names", TextList.ToJson([.. columns.Select(column => column.Name)]));
        writer.Add<byte>("kinds", columns.Select(column => (byte)column.Kind).ToArray());
        writer.Add<double>("missing", columns.Select(column => column.MissingFraction).ToArray());
        writer.Add<int>("distinct", columns.Select(column => column.DistinctCount).ToArray());
        writer.Add<double>("ranges", columns.SelectMany(column => new[] { column.Minimum ?? 1, column.Maximum ?? 0 }).ToArray(), columns.Count, 2);
        LevelFormat.Write(writer, columns);
        var sketches = columns.Select(column => column.Sketch).OfType<QuantileSketch>();
        SketchFormat.Write(writer.Scope("sketches"), [.. profile.Scores is null ? sketches : sketches.Append(profile.Scores)]);
        if (profile.Scores is not null)
        {
            writer.Set("scores.held_out", profile.HasHeldOutScores ? 1 : 0);
            writer.Set("alerts.fraction", profile.AlertFraction!.Value);
            writer.Set("alerts.threshold", profile.AlertThreshold!.Value);
            if (profile.OtherAlertRowCount is { } rowCount)
                writer.Set("alerts.rows", rowCount);
        }

        if (profile.Rows is { } rows)
            RowsFormat.Write(writer.Scope("sample"), rows);
    }

    /// <param name="reader">The profile's part of the file.</param>
    /// <param name="schema">The encoding of the rows.</param>
    /// <param name="columnCount">The columns that a profile with columns has.</param>
    public static ReferenceProfile Read(ModelReader reader, FeatureSchema schema, int columnCount)
    {
        ulong rows = reader.GetUInt64("rows");
        if (rows is 0 or > long.MaxValue)
            throw ModelReader.FormatError($"its profile is of {rows} rows");
        int sampled = reader.GetInt32("sample_size", 1, int.MaxValue);
        string[] names = TextList.FromJson(reader.GetString("names"), "names");
        int count = reader.GetInt32("columns", 0, int.MaxValue);
        if (names.Length != count)
            throw ModelReader.FormatError($"its profile has {count} columns and {names.Length} names");
        if (names.Distinct(StringComparer.Ordinal).Count() != count || Array.Exists(names, string.IsNullOrWhiteSpace))
            throw ModelReader.FormatError("the column names of its profile are blank or repeated");
        if (count != 0 && count != columnCount)
            throw ModelReader.FormatError($"its profile has {count} columns and its detector {columnCount}");
        bool hasScores = reader.TryGetString("scores.held_out", out string? heldOut);
        if (hasScores && heldOut is not ("0" or "1"))
            throw ModelReader.FormatError($"'scores.held_out' is '{heldOut}'; 0 or 1 was expected");
        byte[] kinds = reader.GetBytes("kinds", count);
        if (Array.Exists(kinds, kind => kind > (byte)ColumnKind.DateTime))
            throw ModelReader.FormatError("a column of its profile is of no known kind");
        int sketchCount = kinds.Count(HasSketch) + (hasScores ? 1 : 0);
        var sketches = SketchFormat.Read(reader.Scope("sketches"), sketchCount);
        var profile = new ReferenceProfile((long)rows, sampled, Array.AsReadOnly(Columns(reader, names, kinds, sketches)));
        if (hasScores)
            profile = WithScores(reader, profile, sketches[^1], heldOut == "1");
        return reader.HasPart("sample") ? profile.WithRows(RowsFormat.Read(reader.Scope("sample"), schema)) : profile;
    }

    private static ColumnProfile[] Columns(ModelReader reader, string[] names, byte[] kinds, QuantileSketch[] sketches)
    {
        double[] missing = reader.GetDoubles("missing", names.Length);
        int[] distinct = reader.GetInt32s("distinct", 0, int.MaxValue, names.Length);
        double[] ranges = reader.GetDoubles("ranges", names.Length, 2);
        var levels = LevelFormat.Read(reader, names.Length);
        var columns = new ColumnProfile[names.Length];
        int sketch = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            if (!(missing[i] >= 0 && missing[i] <= 1))
                throw ModelReader.FormatError($"element {i} of 'missing' is not a fraction");
            bool hasRange = ranges[2 * i] <= ranges[(2 * i) + 1];
            bool hasSketch = HasSketch(kinds[i]);
            if (hasSketch && !hasRange && sketches[sketch].Count > 0)
                throw ModelReader.FormatError($"column {i} of its profile has values and no range");
            if (hasSketch ? levels[i].Names.Length > 0 : hasRange)
                throw ModelReader.FormatError($"column {i} of its profile is a number with levels, or a category with a range");
            columns[i] = new ColumnProfile(names[i], (ColumnKind)kinds[i], missing[i])
            {
                Sketch = hasSketch ? sketches[sketch++].Frozen() : null,
                Levels = Array.AsReadOnly(levels[i].Names),
                LevelCounts = Array.AsReadOnly(levels[i].Counts),
                OtherCount = levels[i].Others,
                DistinctCount = distinct[i],
                Minimum = hasRange ? ranges[2 * i] : null,
                Maximum = hasRange ? ranges[(2 * i) + 1] : null,
            };
        }

        return columns;
    }

    private static ReferenceProfile WithScores(ModelReader reader, ReferenceProfile profile, QuantileSketch scores, bool areHeldOut)
    {
        double fraction = reader.GetDouble("alerts.fraction");
        long? rows = null;
        if (reader.TryGetString("alerts.rows", out string? others))
            rows = long.TryParse(others, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count > 0 ? count : throw ModelReader.FormatError($"'alerts.rows' is '{others}'; a number of rows was expected");
        return fraction is >= 0 and <= 1 && scores.Count > 0
            ? profile.WithScores(scores, areHeldOut, fraction, reader.GetDouble("alerts.threshold"), rows)
            : throw ModelReader.FormatError($"the fraction of alerts in its profile is {fraction}, or there are no scores");
    }

    private static bool HasSketch(byte kind) => (ColumnKind)kind is ColumnKind.Number or ColumnKind.DateTime;
}
