using System.Text;
using System.Text.Json;

namespace AnomalyKit.Batch.Sharding;

/// <summary>How a plan lies in a file.</summary>
internal static class PlanFormat
{
    private const string Format = "anomalykit-plan";
    private const int Version = 1;

    private static readonly (string Word, TableFormat Value)[] Formats = [("csv", TableFormat.Csv), ("parquet", TableFormat.Parquet), ("arrow", TableFormat.Arrow)];

    private static readonly (string Word, ColumnKind Value)[] Kinds =
        [("number", ColumnKind.Number), ("category", ColumnKind.Category), ("boolean", ColumnKind.Boolean), ("date_time", ColumnKind.DateTime)];

    private static readonly (string Word, ColumnRole Value)[] Roles =
        [("feature", ColumnRole.Feature), ("id", ColumnRole.Id), ("label", ColumnRole.Label), ("weight", ColumnRole.Weight)];

    public static string KeyOf(ShardPlan plan)
    {
        var text = new StringBuilder();
        text.Append(plan.ShardCount);
        foreach (var field in plan.Schema.Fields)
            text.Append('\n').Append(Word(Kinds, field.Kind)).Append(' ').Append(Word(Roles, field.Role)).Append(' ').Append(field.Name.Length).Append(' ').Append(field.Name);
        foreach (var file in plan.Files)
            text.Append('\n').Append(Word(Formats, file.File.Format)).Append(' ').Append(file.RowCount).Append(' ').Append(file.Fingerprint);
        text.Append("\nreading ").Append(plan.Reading);
        return PartKey.Of(text.ToString());
    }

    public static void Write(ShardPlan plan, string path) => JsonOutput.Write(path, json =>
    {
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("made_by", PartKey.MadeBy);
        json.WriteNumber("shards", plan.ShardCount);
        json.WriteNumber("rows", plan.RowCount);
        json.WriteString("reading", plan.Reading);
        json.WriteString("key", plan.Key);
        json.WriteStartArray("columns");
        foreach (var field in plan.Schema.Fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WriteString("kind", Word(Kinds, field.Kind));
            json.WriteString("role", Word(Roles, field.Role));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var file in plan.Files)
            WriteFile(json, file);
        json.WriteEndArray();
    });

    public static ShardPlan Read(string path, TableReadOptions options) => JsonFields.ReadFile(path, "plan of shards", fields =>
    {
        if (fields.TextOrNull("format") != Format)
            throw new ShardException($"'{path}' is not a plan of shards. Give a file to which a plan was saved.");
        if (fields.Count("version") > Version)
            throw new ShardException($"'{path}' is a plan of version {fields.Count("version")}; this version of AnomalyKit reads up to {Version}. Update AnomalyKit.");
        var schema = new TableSchema(fields.List("columns").Select(column => new TableField(column.Text("name"), column.OneOf("kind", Kinds), column.OneOf("role", Roles))));
        ShardFile[] files = [.. fields.List("files").Select(ReadFile)];
        if (files.Length == 0)
            throw fields.Wrong("files", "the list is empty");
        PlanMaking.ThrowIfUnsuited(options);
        var plan = new ShardPlan((int)fields.Count("shards", 1, Shard.MaxCount), schema, files, options);
        if (plan.Reading != fields.Text("reading"))
            throw new ShardException($"The plan '{path}' was made with other options of reading files, for example other missing marks, another decimal separator or other date formats. Give the options that it was made with, or make another plan.");
        return plan.Key == fields.Text("key") && plan.RowCount == fields.Count("rows") ? plan : throw fields.Wrong("key", "it does not match the plan in the file, so the file was edited by hand");
    });

    private static void WriteFile(Utf8JsonWriter json, ShardFile file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.File.Path);
        json.WriteString("format", Word(Formats, file.File.Format));
        json.WriteNumber("bytes", file.File.Bytes);
        json.WriteNumber("rows", file.RowCount);
        json.WriteString("fingerprint", file.Fingerprint);
        json.WriteEndObject();
    }

    private static ShardFile ReadFile(JsonFields fields) =>
        new(new TableFile(fields.Text("path"), fields.OneOf("format", Formats), fields.Count("bytes")), fields.Count("rows", 0, 1L << 40), fields.Text("fingerprint"));

    private static string Word<T>((string Word, T Value)[] known, T value)
        where T : struct, Enum => Array.Find(known, pair => pair.Value.Equals(value)).Word ?? throw new ArgumentException($"Files of the format {value} cannot be divided into shards: they are written but not read.");
}
