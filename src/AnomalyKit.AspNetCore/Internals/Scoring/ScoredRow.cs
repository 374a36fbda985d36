using System.Text.Json;

namespace AnomalyKit.Serving.Scoring;

/// <summary>The members that answers have for a row.</summary>
internal static class ScoredRow
{
    public static void Write(Utf8JsonWriter json, ServedModel model, float score, RowReasons? reasons)
    {
        WriteFinite(json, "score"u8, score);
        json.WriteBoolean("label"u8, model.IsAnomaly(score));
        if (model.HasPValues)
            WriteFinite(json, "p_value"u8, model.PValue(score));
        reasons?.Write(json);
    }

    /// <summary>A number; null where it is not finite, which JSON cannot say.</summary>
    public static void WriteFinite(Utf8JsonWriter json, ReadOnlySpan<byte> name, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    /// <inheritdoc cref="WriteFinite(Utf8JsonWriter, ReadOnlySpan{byte}, float)"/>
    public static void WriteFinite(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
