namespace AnomalyKit.Tuning.Tests.Sampling;

/// <summary>What TPE makes of trials that run, fail or were lost.</summary>
public sealed class TpeSamplerTests
{
    private static readonly SearchSpace Line = new(SearchDimension.Real("x", 0, 1));

    [Fact]
    public void The_point_follows_from_seed_number_and_history()
    {
        var history = Finished(20);
        var sampler = new TpeSampler { Seed = 3 };
        Assert.Equal(sampler.Suggest(Line, history, SearchDirection.Maximize, 20), new TpeSampler { Seed = 3 }.Suggest(Line, history, SearchDirection.Maximize, 20));
        Assert.Equal(40, Enumerable.Range(20, 20).SelectMany(number => new[] { sampler, new TpeSampler { Seed = 4 } }.Select(one => one.Suggest(Line, history, SearchDirection.Maximize, number))).Distinct().Count());
    }

    [Fact]
    public void Startup_points_are_random_points()
    {
        var history = Finished(9);
        Assert.Equal(new RandomSampler { Seed = 3 }.Suggest(Line, history, SearchDirection.Maximize, 9), new TpeSampler { Seed = 3 }.Suggest(Line, history, SearchDirection.Maximize, 9));
        Assert.NotEqual(new RandomSampler { Seed = 3 }.Suggest(Line, Finished(10), SearchDirection.Maximize, 10), new TpeSampler { Seed = 3 }.Suggest(Line, Finished(10), SearchDirection.Maximize, 10));
    }

    [Fact]
    public void A_region_that_fails_is_avoided()
    {
        // The best value is at 0.2, and nothing can be computed beyond 0.5.
        List<Trial> trials = [];
        for (int number = 0; number < 60; number++)
        {
            var point = new TpeSampler { Seed = 1 }.Suggest(Line, trials, SearchDirection.Maximize, number)!;
            double x = point.Values[0];
            trials.Add(x > 0.5 ? new Trial(number, point) { State = TrialState.Failed, Problem = "The value is NaN." } : new Trial(number, point) { State = TrialState.Finished, Value = -Math.Abs(x - 0.2) });
        }

        int early = trials.Take(20).Count(trial => trial.State == TrialState.Failed);
        int late = trials.Skip(40).Count(trial => trial.State == TrialState.Failed);
        Assert.InRange(early, 5, 15);
        Assert.True(late <= 3, $"{late} of the last 20 trials failed");
        Assert.True(trials.Max(trial => trial.Value) > -0.02);
    }

    [Fact]
    public void Trials_that_run_are_kept_away_from()
    {
        var history = Finished(30);
        int Near(bool imputes) => Enumerable.Range(0, 200).Count(seed =>
        {
            List<Trial> seen = [.. history, .. Enumerable.Range(30, 8).Select(number => new Trial(number, new SearchPoint([0.98 + (number / 4000.0)])))];
            return new TpeSampler { Seed = (ulong)seed, ImputesRunning = imputes }.Suggest(Line, seen, SearchDirection.Maximize, 38)!.Values[0] > 0.975;
        });
        int ignored = Near(imputes: false);
        int imputed = Near(imputes: true);
        Assert.True(imputed < ignored / 2, $"{imputed} of 200 beside running trials, {ignored} where they are ignored");
    }

    [Fact]
    public void Where_everything_fails_points_stay_random()
    {
        Trial[] trials = [.. Enumerable.Range(0, 50).Select(number => new Trial(number, new SearchPoint([number / 50.0])) { State = TrialState.Failed })];
        double[] drawn = [.. Enumerable.Range(50, 200).Select(number => new TpeSampler().Suggest(Line, trials, SearchDirection.Minimize, number)!.Values[0])];
        Assert.InRange(drawn.Average(), 0.42, 0.58);
    }

    private static List<Trial> Finished(int count) =>
        [.. Enumerable.Range(0, count).Select(number => new Trial(number, new SearchPoint([number / (double)count])) { State = TrialState.Finished, Value = number })];
}
