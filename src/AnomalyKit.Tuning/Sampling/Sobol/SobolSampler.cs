using System.Globalization;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Points that fill the space evenly: the Sobol sequence, moved by a random digital shift.</summary>
/// <remarks>
/// The first 2^k points are spread more evenly than random ones in every dimension and pair of dimensions; ask for a power of two. The shift (every coordinate is combined by exclusive or with
/// a random number) keeps that, gives other seeds other points, and puts no point on a border. The point of a trial follows from seed and number alone.
/// </remarks>
public sealed class SobolSampler : SearchSampler
{
    /// <summary>The largest number of dimensions.</summary>
    public const int MaxDimensions = SobolSequence.MaxDimensions;

    /// <summary>The seed of the shift.</summary>
    /// <value>Any number; the default is 0.</value>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"sobol, seed {Seed}");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The space has more than <see cref="MaxDimensions"/> dimensions.</exception>
    public override SearchPoint Suggest(SearchSpace space, IReadOnlyList<Trial> trials, SearchDirection direction, int number)
    {
        Check(space, trials, number);
        if (space.Dimensions.Count > MaxDimensions)
            throw new ArgumentException($"The space has {space.Dimensions.Count} dimensions; the Sobol sampler supports {MaxDimensions}. Use a RandomSampler.", nameof(space));
        var values = new double[space.Dimensions.Count];
        for (int i = 0; i < values.Length; i++)
        {
            uint shifted = SobolSequence.Coordinate((uint)number, i) ^ new CounterRandom(Seed, (ulong)i).NextUInt32();
            values[i] = space.Dimensions[i].FromUnit((shifted + 0.5) / (1UL << 32));
        }

        return new SearchPoint(values);
    }
}
