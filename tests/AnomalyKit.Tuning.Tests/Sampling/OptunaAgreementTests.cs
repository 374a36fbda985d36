using System.Text.Json;
using AnomalyKit.Tuning.Tests.Support;

namespace AnomalyKit.Tuning.Tests.Sampling;

/// <summary>TPE is Optuna 3.1's: the same densities, the same good trials, and in distribution the same results.</summary>
public sealed class OptunaAgreementTests
{
    public static TheoryData<string> Functions => [.. TestFunction.All.Keys];

    [Fact]
    public void Densities_are_those_of_Optuna()
    {
        int compared = 0;
        foreach (var golden in Goldens.Tpe.GetProperty("densities").EnumerateArray())
        {
            double[] observed = golden.GetProperty("observed").Numbers();
            var density = Density(golden.GetProperty("kind").GetString()!, observed);
            foreach (var (value, expected) in golden.GetProperty("values").Numbers().Zip(golden.GetProperty("log_density").Numbers()))
            {
                Assert.Equal(expected, density.LogDensity(value), 1e-9 * Math.Max(1, Math.Abs(expected)));
                compared++;
            }
        }

        Assert.Equal(6 * 6 * 12, compared);
    }

    [Fact]
    public void The_good_trials_are_those_of_Optuna()
    {
        foreach (var golden in Goldens.Tpe.GetProperty("splits").EnumerateArray())
        {
            Trial[] trials = [.. golden.GetProperty("trials").EnumerateArray().Select((trial, number) => Kept(trial, number))];
            var (good, others) = TrialSplit.Of(trials, SearchDirection.Minimize, withRunning: true);
            Assert.Equal(golden.GetProperty("good").Numbers().Select(number => (int)number), good.Select(trial => trial.Number));
            Assert.Equal(trials.Length, good.Length + others.Length);
            var mirrored = trials.Select(trial => trial with { Value = -trial.Value }).ToList();
            Assert.Equal(good.Select(trial => trial.Number), TrialSplit.Of(mirrored, SearchDirection.Maximize, withRunning: true).Good.Select(trial => trial.Number));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_median_of_the_best_values_is_that_of_Optuna(string name)
    {
        var golden = Goldens.Tpe.GetProperty("functions").GetProperty(name);
        var function = TestFunction.All[name];
        double[] check = [.. golden.GetProperty("check").GetProperty("point").EnumerateObject().Select(value => value.Value.ValueKind == JsonValueKind.String
            ? "abcd".IndexOf(value.Value.GetString()!, StringComparison.Ordinal)
            : value.Value.GetDouble())];
        Assert.Equal(golden.GetProperty("check").GetProperty("value").GetDouble(), function.Value(check), 9);

        int trials = Goldens.Tpe.GetProperty("trials").GetInt32();
        double[] best = [.. Enumerable.Range(0, Goldens.Tpe.GetProperty("seeds").GetInt32()).Select(seed => BestOf(function, new TpeSampler { Seed = (ulong)seed }, trials)).Order()];
        double median = (best[(best.Length / 2) - 1] + best[best.Length / 2]) / 2;
        double optuna = golden.GetProperty("tpe_median").GetDouble();
        Assert.True(median <= optuna + (0.05 * golden.GetProperty("range").GetDouble()), $"{name}: {median}, Optuna {optuna}");
        // The range is wide; random points are nearer.
        Assert.True(median <= optuna + (0.35 * (golden.GetProperty("random_median").GetDouble() - optuna)), $"{name}: {median}, Optuna {optuna}, random {golden.GetProperty("random_median")}");
    }

    private static double BestOf(TestFunction function, SearchSampler sampler, int count)
    {
        var trials = new List<Trial>();
        for (int number = 0; number < count; number++)
        {
            var point = sampler.Suggest(function.Space, trials, SearchDirection.Minimize, number)!;
            trials.Add(new Trial(number, point) { State = TrialState.Finished, Value = function.Value(point.Values.ToArray()) });
        }

        return trials.Min(trial => trial.Value!.Value);
    }

    private static IValueDensity Density(string kind, double[] observed) => kind switch
    {
        "real" => Numbers(SearchDimension.Real("x", -2, 3), observed),
        "real_log" => Numbers(SearchDimension.Real("x", 1e-4, 10, isLogarithmic: true), observed),
        "real_step" => Numbers(SearchDimension.Real("x", 0, 1, step: 0.05), observed),
        "integer" => Numbers(SearchDimension.Integer("x", 1, 21, step: 2), observed),
        "integer_log" => Numbers(SearchDimension.Integer("x", 1, 1024, isLogarithmic: true), observed),
        _ => new ChoiceDensity((ChoiceDimension)SearchDimension.Choice("x", "a", "b", "c", "d"), observed),
    };

    private static NumberDensity Numbers(SearchDimension dimension, double[] observed) => new((NumberDimension)dimension, observed);

    private static Trial Kept(JsonElement trial, int number)
    {
        int rungs = trial.GetProperty("rungs").GetInt32();
        return new Trial(number, new SearchPoint([0]))
        {
            State = rungs == 0 ? TrialState.Finished : TrialState.Pruned,
            Value = trial.GetProperty("value").GetDouble(),
            RungValues = [.. Enumerable.Repeat(0.0, rungs)],
        };
    }
}
