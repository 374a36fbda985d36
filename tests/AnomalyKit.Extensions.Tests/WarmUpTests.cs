using AnomalyKit.Extensions.Tests.Support;
using AnomalyKit.Tests.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnomalyKit.Extensions.Tests;

/// <summary>The first explanation is as quick as others, because the host has made one before.</summary>
public sealed class WarmUpTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("00:00:05", true)]
    [InlineData("0", false)]
    public async Task Explanations_are_prepared_before_a_model_is_served(string time, bool isPrepared)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        _folder.Save("fraud.akm", Payments.Fit(1));
        builder.Configuration.AddInMemoryCollection([new("AnomalyDetection:ModelFolder", _folder.Root), new("AnomalyDetection:MaxWarmUpTime", time)]);
        builder.Services.AddAnomalyDetection().AddModel("demo", Payments.Fit(2));
        using var host = builder.Build();
        var pool = host.Services.GetRequiredService<DetectorPool>();
        await pool.ReloadAsync();
        var loaded = pool.GetModel("fraud");
        foreach (var model in (ServedModel[])[pool.GetModel("demo"), loaded, await pool.SetThresholdAsync("fraud", null, .9)])
        {
            Assert.Equal(isPrepared, model.IsWarm);
            Assert.Same(model.GetExplainer(), model.GetExplainer());
            Assert.Equal(0, model.Counts.Rows);
        }
    }

    [Fact]
    public async Task A_model_that_cannot_explain_is_served_all_the_same()
    {
        // Without a profile, sampling has no background rows.
        var detector = new TableTrainer(new LocalOutlierFactorTrainer()).Fit(Payments.Table(Payments.Values(1, 100)), new FitOptions { KeepProfile = false });
        _folder.Save("m.akm", detector);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAnomalyDetection(options => options.ModelFolder = _folder.Root);
        using var host = builder.Build();
        var pool = host.Services.GetRequiredService<DetectorPool>();
        await pool.ReloadAsync();
        Assert.True(float.IsFinite(pool.GetModel("m").Score()));
    }
}
