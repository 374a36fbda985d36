using System.Globalization;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Tree-structured Parzen estimators: learns where good trials lie, and where the others do, and tries what is likelier among the good.</summary>
/// <remarks>
/// <para>
/// J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl, <i>Algorithms for Hyper-Parameter Optimization</i>, NIPS 2011, with the bandwidths, weights and defaults of Optuna 3.1: its points are Optuna's in distribution.
/// After <see cref="StartupTrialCount"/> random trials the best tenth of the trials, at most 25, make one density per dimension and the rest another; of <see cref="CandidateCount"/> draws from the first
/// the one with the highest ratio is tried. Dimensions are drawn independently.
/// </para>
/// <para>
/// Pruned trials rank below finished ones, those that came further first. Failed trials, and with <see cref="ImputesRunning"/> those that still run, always belong to the rest: so a region that fails, or that
/// somebody tries already, is avoided. Lost trials say nothing.
/// </para>
/// <para>Points follow from the seed, the trial's number and the history. Logarithms of the platform take part, so their last bits may differ between processors' and systems' libraries.</para>
/// </remarks>
public sealed class TpeSampler : SearchSampler
{
    /// <summary>The seed of all draws.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    /// <summary>The trials that must have come to a value before the history is looked at; until then points are random.</summary>
    /// <value>From 1 to 1,000,000; the default is 10.</value>
    public int StartupTrialCount { get; init => field = InRange(value, nameof(StartupTrialCount)); } = 10;

    /// <summary>The draws per dimension that the best is taken of.</summary>
    /// <value>From 1 to 1,000,000; the default is 24. More follow the history more closely.</value>
    public int CandidateCount { get; init => field = InRange(value, nameof(CandidateCount)); } = 24;

    /// <summary>Whether trials that still run count as though they had turned out worst.</summary>
    /// <value>True by default, so that trials side by side keep away from each other; without effect where trials run one by one.</value>
    public bool ImputesRunning { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"tpe, seed {Seed}, {StartupTrialCount} startup trials, {CandidateCount} candidates{(ImputesRunning ? string.Empty : ", running trials ignored")}");

    /// <inheritdoc/>
    public override SearchPoint Suggest(SearchSpace space, IReadOnlyList<Trial> trials, SearchDirection direction, int number)
    {
        Check(space, trials, number);
        var random = new CounterRandom(Seed, (ulong)number);
        if (trials.Count(trial => trial.State is TrialState.Finished or TrialState.Pruned) < StartupTrialCount)
            return RandomSampler.Draw(space, random);
        var (good, rest) = TrialSplit.Of(trials, direction, ImputesRunning);
        var values = new double[space.Dimensions.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = space.Dimensions[i] switch
            {
                NumberDimension numbers => Choose(new NumberDensity(numbers, Values(good, i)), new NumberDensity(numbers, Values(rest, i)), ref random),
                ChoiceDimension choices => Choose(new ChoiceDensity(choices, Values(good, i)), new ChoiceDensity(choices, Values(rest, i)), ref random),
                var other => throw new NotSupportedException($"{other.GetType().Name} has no density."),
            };
        }

        return new SearchPoint(values);
    }

    private static double[] Values(Trial[] trials, int dimension) => Array.ConvertAll(trials, trial => trial.Point.Values[dimension]);

    private static int InRange(int value, string option) => value is >= 1 and <= 1_000_000
        ? value
        : throw new ArgumentOutOfRangeException(option, value, $"{option} must lie between 1 and 1,000,000.");

    private double Choose(IValueDensity good, IValueDensity rest, ref CounterRandom random)
    {
        double best = 0;
        double highest = double.NegativeInfinity;
        for (int i = 0; i < CandidateCount; i++)
        {
            double value = good.Draw(ref random);
            double ratio = good.LogDensity(value) - rest.LogDensity(value);
            if (i == 0 || ratio > highest)
                (best, highest) = (value, ratio);
        }

        return best;
    }
}
