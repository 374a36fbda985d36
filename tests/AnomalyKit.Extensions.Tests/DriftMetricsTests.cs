using System.Diagnostics.Metrics;
using AnomalyKit.Extensions.Tests.Support;
using AnomalyKit.Serving.Monitors;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Extensions.Tests;

/// <summary>What alarms go by.</summary>
public sealed class DriftMetricsTests
{
    [Fact]
    public void Scores_that_drift_alone_are_measured()
    {
        var profile = Payments.Fit(1, rows: 2000).Profile!;
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        DriftComparison? last = null;
        bool hasDetected = false;
        using var meters = new WindowMeters(() => last, () => hasDetected, () => 0, factory, []);
        Assert.Empty(DriftGauges.Of(factory));
        hasDetected = true;
        Assert.Equal(new Dictionary<string, double> { ["is_drifted"] = 1 }, DriftGauges.Of(factory));
        hasDetected = false;

        last = Window(shift: 0);
        Assert.False(last.IsDrifted);
        var calm = DriftGauges.Of(factory);
        Assert.Equal((0, 0, last.Scores!.Effect), (calm["is_drifted"], calm["columns"], calm["score_effect"]));

        last = Window(shift: 0.05f);
        Assert.Equal((true, false), (last.Scores!.IsDrifted, last.Columns.Any(column => column.IsDrifted)));
        var moved = DriftGauges.Of(factory);
        Assert.Equal((1, 0, last.Scores.Effect), (moved["is_drifted"], moved["columns"], moved["score_effect"]));
        Assert.True(moved["score_effect"] > 0.1);

        DriftComparison Window(float shift)
        {
            var window = new DriftWindow(profile);
            window.Add(FeatureMatrix.Wrap(Array.ConvertAll(Payments.Values(71, 1000), value => (float)value), profile.Columns.Count));
            window.AddScores([.. Enumerable.Range(0, 1000).Select(i => (float)profile.Scores!.Quantile((i + 0.5) / 1000) + shift)]);
            return DriftComparison.Compare(profile, window);
        }
    }
}
