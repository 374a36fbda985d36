namespace AnomalyKit.Tuning.Tests;

public sealed class ResumedSearchTests
{
    private static readonly FeatureMatrix Data = LabeledRows.Make();

    private static DetectorSearch Search(Action? whenFitted = null) => new(new MixTrainer { WhenFitted = _ => whenFitted?.Invoke() })
    {
        Space = new SearchSpace(MixTrainer.WeightDimension),
        TrialCount = 8,
        OuterFolds = 2,
    };

    [Fact]
    public void A_search_that_was_stopped_goes_on_where_it_was_and_comes_to_the_same()
    {
        var store = new InMemoryStudyStore();
        using var source = new CancellationTokenSource();
        int fits = 0;
        void Stop()
        {
            if (Interlocked.Increment(ref fits) == 30)
                source.Cancel();
        }

        Assert.ThrowsAny<OperationCanceledException>(() => Search(Stop).Run(Data, new SearchOptions { Store = store, StudyName = "kept", MaxDegreeOfParallelism = 1 }, source.Token));
        int later = 0;
        var resumed = Search(() => Interlocked.Increment(ref later)).Run(Data, new SearchOptions { Store = store, StudyName = "kept" });
        int whole = 0;
        var anew = Search(() => Interlocked.Increment(ref whole)).Run(Data);

        Assert.Equal(anew.Trials.Select(trial => trial.Value), resumed.Trials.Select(trial => trial.Value));
        Assert.Equal(anew.Estimate!.Value, resumed.Estimate!.Value);
        // Four fits of the trainer as it is were made, and 26 of trials, of which six trials came to their end.
        Assert.Equal(whole - 24, later);
    }

    [Fact]
    public void A_search_is_not_gone_on_with_on_other_data()
    {
        var store = new InMemoryStudyStore();
        Search().Run(Data, new SearchOptions { Store = store });

        var problem = Assert.Throws<ArgumentException>(() => Search().Run(LabeledRows.Make(seed: 2), new SearchOptions { Store = store }));

        Assert.Contains("fact data", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_is_not_gone_on_with_another_split()
    {
        string[] keys = [.. Enumerable.Range(0, Data.RowCount).Select(row => $"{row % 30}")], others = [.. Enumerable.Range(0, Data.RowCount).Select(row => $"{row % 40}")];
        foreach (var (first, second) in new[]
        {
            (ValidationSplit.Stratified(3, seed: 1), ValidationSplit.Stratified(3, seed: 2)),
            (ValidationSplit.Grouped(keys, 3), ValidationSplit.Grouped(others, 3)),
        })
        {
            var store = new InMemoryStudyStore();
            (Search() with { Split = first }).Run(Data, new SearchOptions { Store = store });
            (Search() with { Split = first }).Run(Data, new SearchOptions { Store = store });
            var problem = Assert.Throws<ArgumentException>(() => (Search() with { Split = second }).Run(Data, new SearchOptions { Store = store }));
            Assert.Contains("fact split", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_search_is_not_gone_on_with_another_preparation_or_label()
    {
        double[] cells = [.. Enumerable.Range(0, 120).Select(row => row % 10 == 0 ? double.NaN : Math.Sin(row))];
        sbyte[] fraud = [.. Enumerable.Range(0, 120).Select(row => (sbyte)(row % 12 == 0 ? 1 : 0))], strange = [.. Enumerable.Range(0, 120).Select(row => (sbyte)(row % 15 == 0 ? 1 : 0))];
        var table = new FeatureTable(new DoubleColumn("x", cells), new DoubleColumn("y", Enumerable.Range(0, 120).Select(row => row * 0.5).ToArray()), new BooleanColumn("fraud", fraud), new BooleanColumn("strange", strange));
        var store = new InMemoryStudyStore();
        Run(MissingCells.Median, "fraud");
        Run(MissingCells.Median, "fraud");
        Assert.Contains("fact preparation", Assert.Throws<ArgumentException>(() => Run(MissingCells.Mean, "fraud")).Message, StringComparison.Ordinal);
        Assert.Contains("fact roles", Assert.Throws<ArgumentException>(() => Run(MissingCells.Median, "strange")).Message, StringComparison.Ordinal);

        void Run(MissingCells missing, string label) => new DetectorSearch(new TableTrainer(new MixTrainer()) { Preparation = new TablePreparation { Missing = missing } }) { Space = new SearchSpace(MixTrainer.WeightDimension), TrialCount = 2, OuterFolds = 0 }
            .Run(table.WithRole(label, ColumnRole.Label), new SearchOptions { Store = store });
    }
}
