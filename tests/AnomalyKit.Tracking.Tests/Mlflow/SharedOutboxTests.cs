using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tracking.Tests.Mlflow;

/// <summary>What several trackers find in an outbox, and what is left in it.</summary>
public sealed class SharedOutboxTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private StandInMlflow _server = null!;

    private MlflowOptions Options => new() { OutboxPath = _folder.File("outbox.db"), FirstPause = TimeSpan.FromMilliseconds(5), FlushTimeout = Patience.Long };

    public async Task InitializeAsync() => _server = await StandInMlflow.StartAsync();

    public async Task DisposeAsync()
    {
        Assert.Empty(_server.Violations);
        await _server.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_logged_a_run_is_told_what_was_refused_whoever_sent_it()
    {
        _server.State.Refused.Add("p7");
        using var sender = MlflowTracker.Open(_server.Uri, Options);
        sender.StartRun(new RunStart("payments")).Complete();
        await sender.FlushAsync();
        // The first one has the turn as long as it lives.
        using (var logger = MlflowTracker.Open(_server.Uri, Options))
        {
            using var run = logger.StartRun(new RunStart("payments"));
            run.LogParameters([new("p7", "1")]);
            run.Complete();
            var error = await Assert.ThrowsAsync<RunTrackingException>(() => logger.FlushAsync());
            Assert.Contains("'p7'", error.Message, StringComparison.Ordinal);
            Assert.Single(logger.Problems);
            logger.Dispose();
            Assert.Single(logger.Problems);
        }

        Assert.Empty(sender.Problems);
        await sender.FlushAsync();
    }

    [Fact]
    public async Task What_is_sent_for_somebody_who_is_gone_is_told_here()
    {
        _server.State.Refused.Add("p7");
        _server.IsAway = true;
        using (var gone = MlflowTracker.Open(_server.Uri, Options with { FlushTimeout = TimeSpan.Zero }))
        {
            using var run = gone.StartRun(new RunStart("payments"));
            run.LogParameters([new("p7", "1")]);
            run.Complete();
        }

        _server.IsAway = false;
        using var next = MlflowTracker.Open(_server.Uri, Options);
        var error = await Assert.ThrowsAsync<RunTrackingException>(() => next.FlushAsync());
        Assert.Contains("'p7'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_has_at_most_a_hundred_problems()
    {
        _server.State.Refused.UnionWith(Enumerable.Range(0, 150).Select(i => $"p{i}"));
        using var tracker = MlflowTracker.Open(_server.Uri, Options);
        using var run = tracker.StartRun(new RunStart("payments"));
        run.LogParameters(Enumerable.Range(0, 150).Select(i => KeyValuePair.Create($"p{i}", "1")));
        run.Complete();
        await Assert.ThrowsAsync<RunTrackingException>(() => tracker.FlushAsync());
        Assert.Equal(100, tracker.Problems.Count);
        Assert.Contains("More problems of this run", tracker.Problems[^1], StringComparison.Ordinal);
    }
}
