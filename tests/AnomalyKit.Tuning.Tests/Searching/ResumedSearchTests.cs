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
}
