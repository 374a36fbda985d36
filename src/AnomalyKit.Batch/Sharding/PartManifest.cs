using System.Globalization;
using System.Text.Json;
using AnomalyKit.Json;

namespace AnomalyKit.Batch.Sharding;

/// <summary>The manifest of a part: written last, and only where all went well.</summary>
internal static class PartManifest
{
    private const string Format = "anomalykit-part";
    private const int Version = 1;

    private static readonly (string Word, ShardPartKind Value)[] Kinds = [("fit", ShardPartKind.Fit), ("score", ShardPartKind.Score)];

    public static string NameOf(ShardPartKind kind, Shard shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind.ToString().ToLowerInvariant()}-{shard.Number:D5}-of-{shard.Count:D5}");

    public static void Write(ShardPart part) => JsonOutput.Write(part.ManifestPath, json =>
    {
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("made_by", PartKey.MadeBy);
        json.WriteString("kind", Array.Find(Kinds, kind => kind.Value == part.Kind).Word);
        json.WriteNumber("shard", part.Shard.Number);
        json.WriteNumber("shards", part.Shard.Count);
        var (first, end) = part.Shard.RowsOf(part.TotalRowCount);
        json.WriteNumber("first_row", first);
        json.WriteNumber("end_row", end);
        json.WriteNumber("total_rows", part.TotalRowCount);
        json.WriteString("plan", part.PlanKey);
        json.WriteString("key", part.Key);
        json.WriteTexts("settings", part.Settings);
        WriteFile(json, "file", part.File);
        if (part.Kind != ShardPartKind.Score)
            return;
        WriteFile(json, "sketch", part.Sketch!);
        json.WriteString("model", part.ModelHash);
        json.WriteNumber("anomalies", part.AnomalyCount);
        json.WriteBoolean("has_all_rows", part.HasAllRows);
        if (part.TopCount is { } count)
            json.WriteNumber("top_count", count);
    });

    public static ShardPart Read(string path) => JsonFields.ReadFile(path, "manifest of a part", fields =>
    {
        if (fields.TextOrNull("format") != Format)
            throw new ShardException($"'{path}' is not a manifest of a part. Give the parts or their folder.");
        if (fields.Count("version") > Version)
            throw new ShardException($"'{path}' is of version {fields.Count("version")}; this version of AnomalyKit reads up to {Version}. Update AnomalyKit.");
        var kind = fields.OneOf("kind", Kinds);
        int count = (int)fields.Count("shards", 1, Shard.MaxCount);
        var shard = new Shard((int)fields.Count("shard", 1, count), count);
        long total = fields.Count("total_rows", 0, 1L << 50);
        var (first, end) = shard.RowsOf(total);
        if (fields.Count("first_row") != first || fields.Count("end_row") != end)
            throw fields.Wrong("first_row", $"shard {shard} of {total} rows has the rows {first} to {end}");
        bool isScore = kind == ShardPartKind.Score;
        return new ShardPart
        {
            Kind = kind,
            Shard = shard,
            ManifestPath = path,
            File = ReadFile(fields, "file"),
            Sketch = isScore ? ReadFile(fields, "sketch") : null,
            TotalRowCount = total,
            PlanKey = fields.Text("plan"),
            Key = fields.Text("key"),
            Settings = fields.Texts("settings"),
            ModelHash = isScore ? fields.Text("model") : null,
            AnomalyCount = isScore ? fields.Count("anomalies") : 0,
            HasAllRows = !isScore || fields.Flag("has_all_rows"),
            TopCount = isScore && fields.Has("top_count") ? (int)fields.Count("top_count", 1, int.MaxValue) : null,
        };
    });

    private static void WriteFile(Utf8JsonWriter json, string name, ShardPartFile file)
    {
        json.WriteStartObject(name);
        json.WriteString("name", file.Name);
        json.WriteNumber("bytes", file.Bytes);
        json.WriteString("sha256", file.Hash);
        json.WriteEndObject();
    }

    private static ShardPartFile ReadFile(JsonFields fields, string name)
    {
        var file = fields.Object(name);
        string fileName = file.Text("name");
        // Beside the manifest, nowhere else.
        return fileName.Length > 0 && Path.GetFileName(fileName) == fileName
            ? new ShardPartFile(fileName, file.Count("bytes"), file.Text("sha256"))
            : throw file.Wrong("name", $"'{fileName}' is not a plain file name");
    }
}
