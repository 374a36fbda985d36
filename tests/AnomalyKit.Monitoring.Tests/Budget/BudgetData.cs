using AnomalyKit.Monitoring.Tests.Streams;

namespace AnomalyKit.Monitoring.Tests.Budget;

internal static class BudgetData
{
    public static AlertBudget Tracking() => new(
        new TrackingThreshold(0.02, new ReferenceSample(StreamData.Values(8, 400))) { WindowLength = 500, MinScore = 0.6 }, new AlertCeiling(30, 1000));

    public static AlertBudget Fed()
    {
        var budget = Tracking();
        foreach (double value in StreamData.Values(1, 1300))
            budget.Decide(value);
        return budget;
    }

    public static byte[] State(AlertBudget budget)
    {
        using var stream = new MemoryStream();
        budget.Save(stream);
        return stream.ToArray();
    }
}
