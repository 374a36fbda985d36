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
        DetectorPool? pool = null;
        var options = new AnomalyDetectionOptions { ModelFolder = _folder.Root };
        pool = new DetectorPool([], Options, new ModelLoader(meters: null, meterFactory: null), NullLogger.Instance);
        await pool.ReloadAsync();
        Assert.NotNull(pool.FindModel("fraud"));

        // Asked for when the turn has been taken, and once before, when there is no pool yet.
        AnomalyDetectionOptions Options()
        {
            pool?.Dispose();
            return options;
        }
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
