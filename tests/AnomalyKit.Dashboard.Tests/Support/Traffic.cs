namespace AnomalyKit.Dashboard.Tests;

internal static class Traffic
{
    /// <summary>Scores a few rows as a service would, so that they are counted.</summary>
    public static void ScoreTable(this ServedModel model, int rows = 10)
    {
        var table = new FeatureTable(
            new DoubleColumn("amount", Enumerable.Repeat(60.0, rows).ToArray()), new DoubleColumn("hour", Enumerable.Repeat(12.0, rows).ToArray()), CategoryColumn.FromWords("shop", Enumerable.Repeat<string?>("Oslo", rows)));
        model.Score(table, new float[rows]);
    }
}
