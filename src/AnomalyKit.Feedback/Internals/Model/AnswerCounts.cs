using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Model;

/// <summary>How many rows the answers were about, by what they say.</summary>
internal sealed record AnswerCounts(int Anomalies, int Normals)
{
    /// <summary>The most rows with answers.</summary>
    public const int MaxRows = 2_000;

    public void WriteTo(ModelWriter writer)
    {
        writer.Set("anomalies", Anomalies);
        writer.Set("normals", Normals);
    }

    public static AnswerCounts Read(ModelReader reader) => new(
        reader.GetInt32("anomalies", 0, AnswerCounts.MaxRows), reader.GetInt32("normals", 0, AnswerCounts.MaxRows));
}
