using System.Globalization;

namespace AnomalyKit;

/// <summary>Gives the rows to the trials that do well on few of them: successive halving (K. Jamieson, A. Talwalkar, <i>Non-stochastic Best Arm Identification and Hyperparameter Optimization</i>, AISTATS 2016).</summary>
/// <remarks>
/// <para>
/// The trials of a round run in step. At each rung all of them see the same fraction of the rows, and of n trials that came to the rung the best n / <see cref="Eta"/>, rounded down but at least one, go on to the next,
/// which has <see cref="Eta"/> times the rows. Values are compared at the very rung, never with those of another. Failed trials count as the worst of those that came to it; of equal ones the lower number goes on.
/// </para>
/// <para>
/// A number of neighbors is shrunk with the rows of a rung: it means something else on a ninth of the rows. The elliptic envelope makes no random starts below the last rung. All other options are the trial's.
/// </para>
/// <para>With the defaults, and at least 4,500 rows to fit on, nine trials see a ninth of the rows, three a third and one all of them: a third of the work of nine full trials.</para>
/// </remarks>
public sealed record SuccessiveHalving
{
    /// <summary>One in this many trials continues to the next rung.</summary>
    /// <value>From 2 to 100; the default is 3.</value>
    public int Eta { get; init => field = value is >= 2 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(Eta), value, "Eta must lie between 2 and 100."); } = 3;

    /// <summary>The smallest fraction of the rows that a rung may have. The first rung has the smallest 1 / Eta^k that is not below it.</summary>
    /// <value>From 0.0001 to 1; the default is 1/9. It must leave enough labeled rows to tell trials apart.</value>
    public double MinFraction
    {
        get;
        init => field = value is >= 1e-4 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MinFraction), value, "MinFraction must lie between 0.0001 and 1.");
    } = 1.0 / 9;

    /// <summary>The fewest rows that a detector is fitted on at a rung of a <see cref="DetectorSearch"/>. Rungs that would have fewer in the smallest fit are left out; if none but the last remains, nothing is pruned. A <see cref="Study"/> knows no rows, and does not look at it.</summary>
    /// <value>From 1 to 1,000,000; the default is 500: what is best on fewer rows says little about what is best on all.</value>
    public int MinRows { get; init => field = value is >= 1 and <= 1_000_000 ? value : throw new ArgumentOutOfRangeException(nameof(MinRows), value, "MinRows must lie between 1 and 1,000,000."); } = 500;

    /// <summary>The fractions of the rows, rung by rung; the last is 1.</summary>
    public IReadOnlyList<double> Fractions
    {
        get
        {
            var fractions = new List<double>();
            for (double rows = 1; 1 / rows >= MinFraction * (1 - 1e-9); rows *= Eta)
                fractions.Insert(0, 1 / rows);
            return fractions;
        }
    }

    /// <summary>The trials of a round of which one is left at the last rung.</summary>
    public int RoundSize => (int)Math.Round(1 / Fractions[0]);

    /// <summary>The options in one line.</summary>
    /// <returns>For example <c>successive halving, eta 3, from 0.1111 of the rows</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"successive halving, eta {Eta}, from {Fractions[0]:0.####} of the rows");

    /// <summary>The same halving, less the rungs that would have too few of so many rows; null if none but the last remains.</summary>
    /// <param name="rows">The rows that a detector is fitted on at the last rung.</param>
    internal SuccessiveHalving? On(int rows)
    {
        var fewer = this with { MinFraction = Math.Clamp((double)MinRows / rows, MinFraction, 1) };
        return fewer.Fractions.Count > 1 ? fewer : null;
    }

    /// <summary>Which trials of a round go on after a rung at which all have arrived.</summary>
    /// <param name="round">All trials of the round.</param>
    /// <param name="rung">The rung, from 0.</param>
    /// <param name="direction">Which values are better.</param>
    /// <returns>The numbers of those that go on.</returns>
    internal HashSet<int> Survivors(IEnumerable<Trial> round, int rung, SearchDirection direction)
    {
        // Who failed or was lost on the way to this rung has as many values as there are rungs below.
        var came = round.Where(trial => trial.RungValues.Count > rung || (trial.RungValues.Count == rung && trial.State is TrialState.Failed or TrialState.Lost)).ToList();
        var ranked = came.Where(trial => trial.RungValues.Count > rung)
            .OrderBy(trial => direction == SearchDirection.Minimize ? trial.RungValues[rung] : -trial.RungValues[rung])
            .ThenBy(trial => trial.Number);
        return [.. ranked.Take(Math.Max(1, came.Count / Eta)).Select(trial => trial.Number)];
    }
}
