using System.Text.Json;
using AnomalyKit.Serving.Routes;

namespace AnomalyKit.Serving.Scoring;

/// <summary>The members that answers have for a row.</summary>
internal static class ScoredRow
{
    public static void Write(Utf8JsonWriter json, ServedModel model, float score, RowReasons? reasons)
    {
        JsonResponse.WriteFinite(json, "score"u8, score);
        json.WriteBoolean("label"u8, model.IsAnomaly(score));
        if (model.HasPValues)
            JsonResponse.WriteFinite(json, "p_value"u8, model.PValue(score));
        reasons?.Write(json);
    }
}
