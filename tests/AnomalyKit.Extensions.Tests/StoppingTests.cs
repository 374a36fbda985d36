using System.Diagnostics.Metrics;
using AnomalyKit.Extensions.Tests.Support;
using AnomalyKit.Serving.Hosting;
using AnomalyKit.Serving.Loading;
using AnomalyKit.Tests.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AnomalyKit.Extensions.Tests;

/// <summary>The end of a host. An entry point disposes it while a test's WebApplicationFactory stops it, so nothing may depend on the order.</summary>
public sealed class StoppingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_host_can_be_stopped_after_it_was_disposed_and_disposed_twice()
    {
        var (host, reloader) = await StartAsync();
        await host.Services.GetRequiredService<IDetectorPool>().WaitUntilReadyAsync().WaitAsync(Patience.Long);
        host.Dispose();
        await reloader.StopAsync(CancellationToken.None);
        reloader.Dispose();
        await reloader.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_host_can_be_stopped_beside_its_disposal()
    {
        for (int round = 0; round < 20; round++)
        {
            var (host, reloader) = await StartAsync();
            using var together = new Barrier(2);
            var disposal = Task.Run(() =>
            {
                together.SignalAndWait();
                host.Dispose();
            });
            await Task.Run(async () =>
            {
                together.SignalAndWait();
                await reloader.StopAsync(CancellationToken.None);
            });
            await disposal;
        }
    }

    [Fact]
    public async Task A_load_that_is_under_way_when_the_pool_is_disposed_ends_by_itself()
    {
        _folder.Save("fraud.akm", Payments.Fit(1));
        DetectorPool? ending = null;
        var options = new AnomalyDetectionOptions { ModelFolder = _folder.Root };
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var pool = ending = new DetectorPool([], Options, new ModelLoader(meters: null, factory, () => options.Monitoring), NullLogger.Instance);
        await pool.ReloadAsync();
        Assert.NotNull(pool.FindModel("fraud"));
        // Nobody would end its measurements later: they have ended, so no rows are waited for.
        Assert.Equal(0, DriftGauges.Of(factory, waits: true)["missing_rows"]);

        // Asked for when the turn has been taken, and before, when there is no pool yet.
        AnomalyDetectionOptions Options()
        {
            ending?.Dispose();
            ending = null;
            return options;
        }
    }

    [Fact]
    public async Task A_pool_that_was_disposed_loads_nothing_more_and_serves_what_it_has()
    {
        _folder.Save("fraud.akm", Payments.Fit(1));
        var options = new AnomalyDetectionOptions { ModelFolder = _folder.Root };
        var pool = new DetectorPool([], () => options, new ModelLoader(meters: null, meterFactory: null), NullLogger.Instance);
        await pool.ReloadAsync();
        _folder.Save("claims.akm", Payments.Fit(2));
        pool.Dispose();
        await pool.ReloadAsync();
        Assert.Equal("fraud", Assert.Single(pool.Models).Name);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.LoadAsync("claims"));
    }

    private async Task<(IHost Host, ModelReloader Reloader)> StartAsync()
    {
        _folder.Save("fraud.akm", Payments.Fit(1));
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAnomalyDetection(options => options.ModelFolder = _folder.Root);
        var host = builder.Build();
        await host.StartAsync();
        return (host, host.Services.GetServices<IHostedService>().OfType<ModelReloader>().Single());
    }
}
