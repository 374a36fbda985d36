using System.Text.Json;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Writes the elements of outputs as flat JSON arrays.</summary>
internal static class JsonOutputs
{
    public static void Write(Utf8JsonWriter json, InferResult result, RequestedOutput output)
    {
        json.WriteStartArray("data"u8);
        switch (output.Name)
        {
            case OutputName.Score:
                foreach (float score in result.Scores)
                    Write(json, score);
                break;
            case OutputName.Label:
                foreach (float score in result.Scores)
                    json.WriteBooleanValue(result.Model.IsAnomaly(score));
                break;
            case OutputName.PValue:
                foreach (float score in result.Scores)
                    Write(json, result.Model.PValue(score));
                break;
            default:
                foreach (double contribution in result.Contributions!.Values)
                    Write(json, contribution);
                break;
        }

        json.WriteEndArray();
    }

    // JSON has neither infinity nor NaN.
    private static void Write(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }

    private static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }
}
