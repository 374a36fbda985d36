namespace AnomalyKit.ML.Rows;

/// <summary>The names of the columns that detectors add, as ML.NET's evaluation expects them.</summary>
internal static class ScoreColumns
{
    public const string Score = "Score";
    public const string PredictedLabel = "PredictedLabel";
    public const string PValue = "PValue";
}
