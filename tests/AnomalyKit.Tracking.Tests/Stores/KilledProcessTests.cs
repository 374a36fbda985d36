using System.Globalization;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tracking.Tests.Stores;

/// <summary>Two processes at one store, one of them killed in the middle.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private const int KilledAfter = 300;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_and_no_run_is_torn()
    {
        string path = _folder.File("runs.db");
        using var killed = new ChildProcess("log", path, "1000000");
        using var other = new ChildProcess("log", path, "3300");
        string killedRun = killed.ReadLine()!, otherRun = other.ReadLine()!;
        int acknowledged = -1;
        for (int i = 0; i < KilledAfter; i++)
            acknowledged = int.Parse(killed.ReadLine()!, CultureInfo.InvariantCulture);
        killed.Kill();
        while (killed.ReadLine() is { Length: > 0 } line && int.TryParse(line, CultureInfo.InvariantCulture, out int more))
            acknowledged = more;
        other.WaitForSuccess();

        using var store = RunStore.Open(path, new RunStoreOptions { BusyTimeout = Patience.Long });
        Assert.Empty(store.Verify());
        Assert.Equal(RunStatus.Finished, (await store.GetRunAsync(otherRun)).Status);
        Assert.Equal(RunStatus.Lost, (await store.GetRunAsync(killedRun)).Status);
        await AssertComplete(store, otherRun, 3300 - LoggingChild.BatchSize - 1);
        await AssertComplete(store, killedRun, acknowledged);
    }

    private static async Task AssertComplete(RunStore store, string run, int acknowledged)
    {
        const int Stride = LoggingChild.BatchSize + 1;
        var singles = await store.GetMetricAsync(run, "single");
        var batches = await store.GetMetricAsync(run, "batch");
        Assert.InRange(singles.Count, (acknowledged / Stride) + 1, (acknowledged / Stride) + 3);
        Assert.Equal(Enumerable.Range(0, singles.Count).Select(i => (long)i * Stride), singles.Select(point => point.Step));
        // All of a batch or nothing.
        Assert.Equal(0, batches.Count % LoggingChild.BatchSize);
        Assert.InRange(singles.Count - (batches.Count / LoggingChild.BatchSize), 0, 1);
        Assert.All(batches.Concat(singles), point => Assert.Equal(point.Step, point.Value));
    }
}
