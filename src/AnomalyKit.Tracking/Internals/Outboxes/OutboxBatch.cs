using System.Text.Json;
using AnomalyKit.Keeping;
using AnomalyKit.Protocol;
using AnomalyKit.Storage;

namespace AnomalyKit.Outboxes;

/// <summary>What one request may carry of a run: at most 1,000 items, of them 100 parameters and 100 tags, and below a megabyte.</summary>
internal sealed record OutboxBatch(
    IReadOnlyList<KeyValuePair<string, string>> Parameters, IReadOnlyList<KeyValuePair<string, string>> Tags, IReadOnlyList<(long Id, MetricPoint Point)> Points)
{
    public const int MaxItems = 1000;

    /// <summary>The longest value of a parameter that MLflow keeps.</summary>
    public const int MaxParameterLength = 6000;

    /// <summary>The longest value of a tag that every version of MLflow keeps.</summary>
    public const int MaxTagLength = 5000;

    private const int MaxPairs = 100;
    private const int MaxBytes = 900_000;

    // Braces, names of fields, numbers: what an item takes besides its texts.
    private const int BytesOfItem = 160;

    public int Count => Parameters.Count + Tags.Count + Points.Count;

    /// <summary>Reads the next items; null where there are none.</summary>
    public static OutboxBatch? Read(StoreSession session, long run, int maxItems)
    {
        int bytes = 0, items = 0;
        bool Fits(int textBytes)
        {
            // The first item goes whatever its size: none is larger than a request may be.
            if (items > 0 && (items >= maxItems || bytes + textBytes + BytesOfItem > MaxBytes))
                return false;
            bytes += textBytes + BytesOfItem;
            items++;
            return true;
        }

        List<KeyValuePair<string, string>> Pairs(string table, int maxLength) =>
        [
            .. session.List(
                $"SELECT x.name, x.value FROM outbox_{table} o JOIN {table} x ON x.run = o.run AND x.name = o.name WHERE o.run = ?1 ORDER BY x.name LIMIT {MaxPairs}",
                row => KeyValuePair.Create(row.GetString(0), row.GetString(1)),
                run).TakeWhile(pair => Fits(JsonEncodedLength(pair.Key) + Math.Min(JsonEncodedLength(pair.Value), 6 * maxLength))),
        ];
        var parameters = Pairs("parameters", MaxParameterLength);
        var tags = Pairs("tags", MaxTagLength);
        var points = ReadPoints(session, run, long.MaxValue, maxItems - items).TakeWhile(point => Fits(JsonEncodedLength(point.Point.Name))).ToList();
        return items == 0 ? null : new OutboxBatch(parameters, tags, points);
    }

    /// <summary>The first points of a run.</summary>
    public static List<(long Id, MetricPoint Point)> ReadPoints(StoreSession session, long run, long last, int most) => most <= 0 ? [] : session.List(
        "SELECT p.id, p.step, p.time, p.value, m.name FROM metrics m JOIN points p ON p.metric = m.id WHERE m.run = ?1 AND p.id <= ?2 ORDER BY p.id LIMIT ?3",
        row => (row.GetInt64(0), MetricValues.ReadPoint(row, row.GetString(4), 1)),
        run, last, (long)most);

    /// <summary>The two halves of a batch, to find out which of its items a server refuses.</summary>
    public (OutboxBatch First, OutboxBatch Second) Halves() => Parameters.Count + Tags.Count > 0 && Points.Count > 0
        ? (this with { Points = [] }, this with { Parameters = [], Tags = [] })
        : Tags.Count > 0 && Parameters.Count > 0 ? (this with { Tags = [] }, this with { Parameters = [] })
        : (new OutboxBatch([.. Parameters.Take(Parameters.Count / 2)], [.. Tags.Take(Tags.Count / 2)], [.. Points.Take(Points.Count / 2)]),
            new OutboxBatch([.. Parameters.Skip(Parameters.Count / 2)], [.. Tags.Skip(Tags.Count / 2)], [.. Points.Skip(Points.Count / 2)]));

    /// <summary>The request.</summary>
    public ReadOnlyMemory<byte> ToJson(string serverId) => MlflowJson.Object(json =>
    {
        json.WriteString("run_id", serverId);
        json.WriteStartArray("metrics");
        // What is the same in every respect says nothing new, and some servers refuse it.
        foreach (var point in Points.Select(point => point.Point).Distinct())
            MlflowJson.WritePoint(json, point);
        json.WriteEndArray();
        json.WriteStartArray("params");
        foreach (var (name, value) in Parameters)
            MlflowJson.WritePair(json, name, Shortened(value, MaxParameterLength));
        json.WriteEndArray();
        json.WriteStartArray("tags");
        foreach (var (name, value) in Tags)
            MlflowJson.WritePair(json, name, Shortened(value, MaxTagLength));
        json.WriteEndArray();
    });

    /// <summary>A value that the server can keep; what was cut off is said.</summary>
    public static string Shortened(string value, int maxLength)
    {
        if (value.Length <= maxLength)
            return value;
        string end = $"… ({value.Length} characters)";
        int length = maxLength - end.Length;
        return string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[length - 1]) ? length - 1 : length), end);
    }

    private static int JsonEncodedLength(string text) => JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length;
}
