using AnomalyKit.Numerics;

namespace AnomalyKit.Autoencoder.Training;

/// <summary>The random numbers of a fit: every purpose has streams of its own, numbered by position, so that nothing depends on threads.</summary>
internal static class RandomStreams
{
    private const int PurposeShift = 56;

    public static CounterRandom Weights(ulong seed) => new(seed, 1UL << PurposeShift);

    public static CounterRandom Split(ulong seed) => new(seed, 2UL << PurposeShift);

    public static CounterRandom Order(ulong seed, int epoch) => new(seed, (3UL << PurposeShift) | (uint)epoch);

    public static CounterRandom Noise(ulong seed, long tile) => new(seed, (4UL << PurposeShift) | (ulong)tile);

    public static CounterRandom ErrorSample(ulong seed) => new(seed, 6UL << PurposeShift);

    public static CounterRandom Dropout(ulong seed, long tile) => new(seed, (5UL << PurposeShift) | (ulong)tile);
}
