namespace AnomalyKit.Tuning.Tests.Pruning;

/// <summary>Who goes on, by hand.</summary>
public sealed class SuccessiveHalvingTests
{
    // Eight curves over the resources 1, 2, 4 and 8. Trial 4 begins badly and would win; trial 7 begins well and ends badly; 2 and 5 are equal at the first rung.
    private static readonly double[][] Curves =
    [
        [0.10, 0.20, 0.30, 0.40],
        [0.60, 0.62, 0.64, 0.66],
        [0.50, 0.70, 0.75, 0.80],
        [0.70, 0.60, 0.65, 0.70],
        [0.20, 0.60, 0.90, 0.99],
        [0.50, 0.80, 0.85, 0.90],
        [0.30, 0.31, 0.32, 0.33],
        [0.90, 0.50, 0.30, 0.10],
    ];

    private static readonly SuccessiveHalving Halving = new() { Eta = 2, MinFraction = 1.0 / 8 };

    [Fact]
    public void Rungs_are_powers_of_eta_up_to_all_rows()
    {
        Assert.Equal([0.125, 0.25, 0.5, 1], Halving.Fractions);
        Assert.Equal(8, Halving.RoundSize);
        Assert.Equal(3, new SuccessiveHalving().Fractions.Count);
        Assert.Equal(9, new SuccessiveHalving().RoundSize);
        Assert.Equal([1.0], new SuccessiveHalving { MinFraction = 0.5 }.Fractions);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SuccessiveHalving { Eta = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SuccessiveHalving { MinFraction = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SuccessiveHalving { MinRows = 0 });
    }

    [Theory]
    [InlineData(SearchDirection.Maximize, 1)]
    [InlineData(SearchDirection.Minimize, -1)]
    public void Of_eight_curves_4_2_and_1_go_on(SearchDirection direction, int sign)
    {
        // At 1: 7, 3, 1, then 2 before 5 by number. At 2 of those four: 2, 1. At 4 of these two: 2.
        List<Trial> trials = [.. Curves.Select((curve, number) => new Trial(number, new SearchPoint([number])) { State = TrialState.Waiting, RungValues = [sign * curve[0]] })];
        int[][] expected = [[1, 2, 3, 7], [1, 2], [2]];
        for (int rung = 0; rung < 3; rung++)
        {
            var survivors = Halving.Survivors(trials, rung, direction);
            Assert.Equal(expected[rung], survivors.Order());
            for (int i = 0; i < trials.Count; i++)
            {
                if (survivors.Contains(i))
                    trials[i] = trials[i] with { RungValues = [.. trials[i].RungValues, sign * Curves[i][rung + 1]] };
                else if (trials[i].State == TrialState.Waiting)
                    trials[i] = trials[i] with { State = TrialState.Pruned, Value = trials[i].RungValues[^1] };
            }

            // What was decided stays so, as it must after a restart.
            Assert.Equal(expected[rung], Halving.Survivors(trials, rung, direction).Order());
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(5, 2)]
    public void At_least_one_goes_on_and_ties_go_by_number(int trials, int survivors)
    {
        var round = Enumerable.Range(0, trials).Select(number => new Trial(number, new SearchPoint([0])) { State = TrialState.Waiting, RungValues = [0.5] }).Reverse();
        Assert.Equal(Enumerable.Range(0, survivors), Halving.Survivors(round, 0, SearchDirection.Maximize).Order());
    }

    [Fact]
    public void Failed_trials_are_the_worst_of_those_that_came()
    {
        Trial[] round = [.. Enumerable.Range(0, 8).Select(number => number < 5
            ? new Trial(number, new SearchPoint([0])) { State = number == 4 ? TrialState.Lost : TrialState.Failed }
            : new Trial(number, new SearchPoint([0])) { State = TrialState.Waiting, RungValues = [number] })];
        Assert.Equal([5, 6, 7], Halving.Survivors(round, 0, SearchDirection.Maximize).Order());
        // Those that failed at the first rung did not come to the second.
        round = [.. round.Select(trial => trial.State == TrialState.Waiting ? trial with { RungValues = [.. trial.RungValues, 1] } : trial)];
        Assert.Equal([5], Halving.Survivors(round, 1, SearchDirection.Maximize).Order());
    }
}
