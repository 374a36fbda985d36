using AnomalyKit.Profiles;

namespace AnomalyKit.Persistence;

/// <summary>How a detector's frame (kind, columns, transform, threshold, calibration, profile, origin) lies in a model file.</summary>
internal static class FrameFormat
{
    // Made-up names cost some 100 bytes a column that the file does not vouch for: a few bytes of a hostile file may claim any number.
    private const int MaximumUnnamedColumns = 1 << 20;

    public static void Write(ModelWriter writer, string kind, DetectorFrame frame)
    {
        writer.Set("detector", kind);
        writer.Set("threshold", frame.Threshold);
        writer.Set("threshold.origin", frame.ThresholdOrigin);
        writer.Set("columns", frame.Schema.ColumnCount);
        if (frame.Schema.IsNamed)
            writer.Set("columns.names", TextList.ToJson(frame.Schema.ColumnNames));
        else if (frame.Schema.ColumnCount > MaximumUnnamedColumns)
            throw new InvalidOperationException($"Model files hold at most {MaximumUnnamedColumns} unnamed columns; name the {frame.Schema.ColumnCount} columns.");
        if (frame.Schema.HasOffsets)
            writer.Add("columns.offsets", new ReadOnlyMemory<double>(frame.Schema.ColumnOffsets.ToArray()));
        ColumnKindFormat.Write(writer, frame.Schema);
        var transform = writer.Scope("transform");
        transform.Set("kind", frame.Transform.Kind);
        frame.Transform.WriteTo(transform);
        if (frame.Calibrator is { } calibrator)
            calibrator.WriteTo(writer.Scope("calibration"));
        if (frame.Profile is { } profile)
            ProfileFormat.Write(writer.Scope(ProfileFormat.Scope), profile);
        if (frame.Origin is { } origin)
            OriginFormat.Write(writer.Scope(OriginFormat.Scope), origin);
    }

    public static (string Kind, DetectorFrame Frame) Read(ModelReader reader, ModelCatalog catalog)
    {
        string kind = reader.GetString("detector");
        double threshold = reader.GetDouble("threshold");
        string origin = reader.GetString("threshold.origin");
        var schema = ReadSchema(reader);
        var transform = catalog.ReadTransform(reader.Scope("transform"));
        if (transform.InputColumns != schema.ColumnCount)
            throw ModelReader.FormatError($"its transform takes {transform.InputColumns} columns and it has {schema.ColumnCount}");
        var calibrator = ScoreCalibrator.TryRead(reader.Scope("calibration"));
        var profile = reader.HasPart(ProfileFormat.Scope) ? ProfileFormat.Read(reader.Scope(ProfileFormat.Scope), schema, schema.ColumnCount) : null;
        return (kind, new DetectorFrame(schema, transform, threshold, origin) { Calibrator = calibrator, Profile = profile, Origin = OriginFormat.Read(reader.Scope(OriginFormat.Scope)) });
    }

    private static FeatureSchema ReadSchema(ModelReader reader)
    {
        int columns = reader.GetInt32("columns", 1, int.MaxValue);
        bool named = reader.TryGetString("columns.names", out string? json);
        double[]? offsets = reader.HasArray("columns.offsets") ? reader.GetDoubles("columns.offsets", columns) : null;
        var (levels, missing) = ColumnKindFormat.Read(reader, columns, offsets);
        if (!named)
        {
            if (columns > MaximumUnnamedColumns)
                throw ModelReader.FormatError($"it claims {columns} unnamed columns, of which a file holds at most {MaximumUnnamedColumns}");
            var unnamed = FeatureSchema.Unnamed(columns);
            return offsets is null && levels is null && missing is null
                ? unnamed
                : new FeatureSchema([.. unnamed.ColumnNames], offsets, isNamed: false, levels, missing);
        }

        string[] names = TextList.FromJson(json!, "columns.names");
        if (names.Length != columns)
            throw ModelReader.FormatError($"it names {names.Length} columns and has {columns}");
        try
        {
            return new FeatureSchema(names, offsets, isNamed: true, levels, missing);
        }
        catch (ArgumentException exception)
        {
            throw ModelReader.FormatError("its column names are blank or repeated", exception);
        }
    }
}
