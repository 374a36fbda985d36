using System.Text;
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
    public async Task Alerts_of_a_page_have_their_main_reason_and_other_rows_none()
    {
        using var desks = new Desks();
        using var view = new RowsView(Rows(120), desks.Budget);
        await view.ShowAsync(view.Query);
        int[] alerts = [.. view.Found.Take(RowsView.PageRows).Where(view.Rows.IsAlert)];
        Assert.NotEmpty(alerts);
        Assert.All(alerts, row => Assert.Null(view.ReasonOf(row)));
        await view.ReasonAsync();
        string[] expected = view.Rows.ReasonsOf(alerts, maxReasons: 1, default);
        Assert.Equal(expected, alerts.Select(view.ReasonOf));
        Assert.All(expected, text => Assert.NotEmpty(text));
        Assert.All(view.Found.Where(row => !view.Rows.IsAlert(row)), row => Assert.Null(view.ReasonOf(row)));
    }

    [Fact]
    public void A_file_of_reasons_says_what_explanations_say()
    {
        using var rows = Rows(600);
        byte[][] plain = [.. CsvExport.Parts(rows)], reasoned = [.. CsvExport.PartsWithReasons(rows, default)];
        using var file = new MemoryStream([.. reasoned.SelectMany(part => part)]);
        using var reader = CsvTableReader.Open(file);
        var table = reader.ReadAll();
        Assert.Equal(rows.Count, table.RowCount);
        Assert.DoesNotContain("reasons", Encoding.UTF8.GetString(plain[0]).Split('\n')[0], StringComparison.Ordinal);
        for (int row = 0; row < rows.Count; row++)
        {
            string? said = rows.IsAlert(row) ? string.Join(' ', rows.Explain(row, default).Reasons.Select(reason => reason.Sentence)) : null;
            Assert.Equal(said, table[TableDetector.ReasonsColumn].Text(row));
        }

        Assert.ThrowsAny<OperationCanceledException>(() => CsvExport.PartsWithReasons(rows, new CancellationToken(canceled: true)).Count());
    }

    [Theory]
    [InlineData(',', null, "row;id;amount;")]
    [InlineData(',', '\t', "row\tid\tamount\t")]
    [InlineData('.', null, "row,id,amount,")]
    public void A_table_with_decimal_commas_goes_back_with_them(char separator, char? delimiter, string head)
    {
        using var folder = new Folder();
        using var desks = new Desks();
        using var desk = desks.NewDesk();
        string path = folder["table.csv"];
        string between = (delimiter ?? (separator == ',' ? ';' : ',')).ToString();
        File.WriteAllLines(path, File.ReadLines(host.SmallTable).Select(line => line.Replace(",", between, StringComparison.Ordinal).Replace('.', separator)));
        var options = new CsvTableOptions { DecimalSeparator = separator, Delimiter = delimiter };
        using var rows = desk.Score(host.Model, path, "table.csv", ["id"], new TableReadOptions { Csv = options }, null, default);
        byte[] written = [.. CsvExport.Parts(rows).SelectMany(part => part)];
        Assert.StartsWith(head, Encoding.UTF8.GetString(written), StringComparison.Ordinal);
        using var reader = CsvTableReader.Open(new MemoryStream(written), options: options);
        var table = reader.ReadAll();
        Assert.Equal(rows.Scores, Enumerable.Range(0, rows.Count).Select(row => (float)((NumberColumn)table[TableDetector.ScoreColumn]).Value(row)));
        Assert.Equal(Enumerable.Range(0, rows.Count).Select(row => ((NumberColumn)rows.Table["amount"]).Value(row)), Enumerable.Range(0, rows.Count).Select(row => ((NumberColumn)table["amount"]).Value(row)));
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
        return new ScoredRows("a.csv", host.Model, table, host.Detector.Score(table), ["id"]);
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
