using AnomalyKit.Monitoring.Reference;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Conformal p-values of a stream: how extreme each value is among all values up to and including it, with ties broken at random.</summary>
/// <remarks>
/// <para>
/// The p-value of the n-th value is (#{greater} + U · #{equal}) / n, where the value itself is among the equal ones and U is uniform on (0, 1]. That of the first value is U. Small p-values mean values that
/// are higher than usual.
/// </para>
/// <para>
/// <b>Guarantee.</b> Where the values are exchangeable, for instance independent with one distribution, the p-values are independent and uniform, exactly and whatever the distribution, ties included.
/// (V. Vovk, I. Nouretdinov, A. Gammerman, <i>Testing exchangeability on-line</i>, ICML 2003.)
/// </para>
/// <para>
/// The values are kept in order, 8 bytes each, so memory and time grow with the stream; <see cref="ConformalMonitor"/> bounds both. U is drawn from the seed and n by a counter-based generator, so the seed and the
/// count are all its state. Not thread-safe.
/// </para>
/// </remarks>
public sealed class ConformalPValues
{
    private double[] _sorted;
    private int _count;

    /// <summary>Starts without a history.</summary>
    /// <param name="seed">Seed of the random numbers that break ties.</param>
    public ConformalPValues(ulong seed = 0)
        : this(seed, [])
    {
    }

    internal ConformalPValues(ulong seed, double[] sorted)
    {
        Seed = seed;
        _sorted = sorted;
        _count = sorted.Length;
    }

    /// <summary>Seed of the random numbers that break ties.</summary>
    public ulong Seed { get; }

    /// <summary>How many values were seen.</summary>
    public int Count => _count;

    /// <summary>The values seen, from the lowest.</summary>
    internal ReadOnlySpan<double> Sorted => _sorted.AsSpan(0, _count);

    /// <summary>The p-value of the next value, which then joins the history.</summary>
    /// <param name="value">Any number but NaN.</param>
    /// <returns>Above 0 and at most 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double Next(double value)
    {
        if (double.IsNaN(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"Value {_count} of the stream is NaN. Remove it, or fill it before it is watched.");
        double tieBreak = 1 - new CounterRandom(Seed, (ulong)_count).NextDouble();
        return Next(value, tieBreak);
    }

    internal double Next(double value, double tieBreak)
    {
        int below = SortedSearch.CountBelow(Sorted, value);
        int through = below + SortedSearch.CountThrough(Sorted[below..], value);
        double p = (_count - through + (tieBreak * (through - below + 1))) / (_count + 1);
        Insert(through, value);
        return p;
    }

    private void Insert(int at, double value)
    {
        if (_count == _sorted.Length)
            Array.Resize(ref _sorted, Math.Max(64, (int)Math.Min(2L * _count, Array.MaxLength)));
        Array.Copy(_sorted, at, _sorted, at + 1, _count - at);
        _sorted[at] = value;
        _count++;
    }
}
