using AnomalyKit.Dashboard.Tables;

namespace AnomalyKit.Dashboard.Tests;

/// <summary>What belongs to one table stays with it, and viewers share the host's turns.</summary>
public sealed class ViewTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task A_search_over_the_table_of_before_shows_nothing_of_it_in_the_next_one()
    {
        using var desks = new Desks(options => options.MaxParallelWork = 1);
        using var desk = desks.NewDesk();
        using var busy = new Turns(desks, 1);
        var (before, after) = (new RowsView(Rows(600), desks.Budget), new RowsView(Rows(20), desks.Budget));
        desk.Put(before);
        var (searching, opening) = (before.ShowAsync(before.Query), before.OpenAsync(500));
        desk.Put(after);
        var shown = after.ShowAsync(after.Query);
        Assert.Empty(desk.View!.Found);
        Assert.Null(desk.View.Opened);
        busy.Dispose();
        await Task.WhenAll(searching, opening, shown);
        Assert.Equal(20, desk.View.Found.Count);
        Assert.Null(desk.View.Opened);
        Assert.Empty(before.Found);
        Assert.Null(before.Opened);
        Assert.False(after.IsSearching);
    }

    [Fact]
    public async Task Work_waits_for_its_turn_over_all_viewers_and_may_stop_waiting()
    {
        using var desks = new Desks(options => options.MaxParallelWork = 2);
        using var stop = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        int running = 0;
        var works = Enumerable.Range(0, 2).Select(_ => desks.Budget.RunLongAsync(() => Work(), default)).ToList();
        await Eventually.IsAsync(() => Volatile.Read(ref running) == 2, "two run");
        var third = desks.Budget.RunLongAsync(() => Work(), stop.Token);
        Assert.Equal("quick", await desks.Budget.RunShortAsync(() => "quick", default));
        Assert.Equal(2, Volatile.Read(ref running));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        gate.SetResult();
        await Task.WhenAll(works);

        int Work()
        {
            Interlocked.Increment(ref running);
            gate.Task.Wait();
            return Interlocked.Decrement(ref running);
        }
    }

    [Fact]
    public void Reasons_can_be_stopped()
    {
        using var rows = Rows(20);
        Assert.NotEmpty(rows.Explain(3, default).Sentences);
        Assert.ThrowsAny<OperationCanceledException>(() => rows.Explain(3, new CancellationToken(canceled: true)));
    }

    private ScoredRows Rows(int count)
    {
        using var reader = host.Detector.OpenFiles(TableFiles.Find(host.SmallTable), ["id"]);
        var table = reader.ReadAll().Slice(0, count);
        return new ScoredRows("a.csv", host.Model, table, host.Detector.Score(table), "id");
    }

    /// <summary>Takes all turns of short work, until it is disposed.</summary>
    private sealed class Turns : IDisposable
    {
        private readonly TaskCompletionSource _end = new();

        public Turns(Desks desks, int count)
        {
            using var begun = new CountdownEvent(count);
            for (int i = 0; i < count; i++)
            {
                _ = desks.Budget.RunShortAsync(
                    () =>
                    {
                        begun.Signal();
                        _end.Task.Wait();
                        return 0;
                    },
                    default);
            }

            begun.Wait();
        }

        public void Dispose() => _end.TrySetResult();
    }
}
