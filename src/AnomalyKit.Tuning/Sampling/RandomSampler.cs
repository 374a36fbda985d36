using System.Globalization;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Points drawn at random, each independent of all others (J. Bergstra, Y. Bengio, <i>Random Search for Hyper-Parameter Optimization</i>, JMLR 13, 2012).</summary>
/// <remarks>The point of a trial follows from seed and number alone, so trials that run side by side never repeat each other, whoever draws them.</remarks>
public sealed class RandomSampler : SearchSampler
{
    /// <summary>The seed of all draws.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"random, seed {Seed}");

    /// <inheritdoc/>
    public override SearchPoint Suggest(SearchSpace space, IReadOnlyList<Trial> trials, SearchDirection direction, int number)
    {
        Check(space, trials, number);
        return Draw(space, new CounterRandom(Seed, (ulong)number));
    }

    internal static SearchPoint Draw(SearchSpace space, CounterRandom random)
    {
        var values = new double[space.Dimensions.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = space.Dimensions[i].FromUnit(random.NextDouble());
        return new SearchPoint(values);
    }
}
