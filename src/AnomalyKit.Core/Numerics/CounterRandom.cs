using System.Runtime.CompilerServices;

namespace AnomalyKit.Numerics;

/// <summary>Counter-based random numbers, fixed by specification: the Philox4x32-10 generator.</summary>
/// <remarks>
/// <para>
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, <i>Parallel Random Numbers: As Easy as 1, 2, 3</i>, SC 2011. Block <c>i</c> of stream
/// <c>s</c> is a pure function of (seed, s, i), so parallel workers draw from streams of their own and the numbers never depend on the thread
/// count, the runtime's version or the processor. The key is the seed (low word first), the counter is (i low, i high, s low, s high), and the
/// four words of a block are handed out in order.
/// </para>
/// <para>A mutable struct: keep it in a local or a field, pass it by reference. 2⁶⁴ blocks a stream. Not for cryptography.</para>
/// </remarks>
public partial struct CounterRandom
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    private readonly ulong _seed;
    private readonly ulong _stream;
    private ulong _block;
    private Words _words;
    private int _left;

    /// <summary>Starts a stream at its beginning.</summary>
    /// <param name="seed">Any number; other seeds give unrelated numbers.</param>
    /// <param name="stream">The stream, for instance the index of a tree; other streams give unrelated numbers.</param>
    public CounterRandom(ulong seed, ulong stream = 0)
    {
        _seed = seed;
        _stream = stream;
    }

    /// <summary>The next 32 random bits.</summary>
    /// <returns>A number from 0 to 2³² − 1, each equally likely.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextUInt32()
    {
        if (_left == 0)
            Refill();
        return _words[4 - _left--];
    }

    /// <summary>The next 64 random bits: two words, the first one low.</summary>
    /// <returns>A number from 0 to 2⁶⁴ − 1, each equally likely.</returns>
    public ulong NextUInt64()
    {
        ulong low = NextUInt32();
        return low | ((ulong)NextUInt32() << 32);
    }

    /// <summary>A number in [0, 1): the top 53 of 64 bits, times 2⁻⁵³.</summary>
    /// <returns>A multiple of 2⁻⁵³ below 1.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number below a bound, without bias (D. Lemire, <i>Fast Random Integer Generation in an Interval</i>, 2019).</summary>
    /// <param name="bound">The exclusive upper bound, at least 1.</param>
    /// <returns>A number from 0 to <paramref name="bound"/> − 1, each equally likely.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    // Compiled in full at once, as the row of a matrix is: a whole fit may be over before the runtime looks at it again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        uint range = (uint)bound;
        ulong product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            uint reject = (0u - range) % range;
            while ((uint)product < reject)
                product = (ulong)NextUInt32() * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>A number from the standard normal distribution (G. E. P. Box, M. E. Muller, 1958; the cosine branch of each pair).</summary>
    /// <returns>A normal variate with mean 0 and variance 1.</returns>
    /// <remarks>Uses the platform's logarithm and cosine, whose last bit may differ between platforms: not for what decides a model.</remarks>
    public double NextGaussian()
    {
        double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextDouble()));
        return radius * Math.Cos(2.0 * Math.PI * NextDouble());
    }

    /// <summary>One block of the generator: four words from a four-word counter and a two-word key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (uint W0, uint W1, uint W2, uint W3) Philox4x32(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Refill()
    {
        (_words[0], _words[1], _words[2], _words[3]) = Philox4x32(
            (uint)_block, (uint)(_block >> 32), (uint)_stream, (uint)(_stream >> 32), (uint)_seed, (uint)(_seed >> 32));
        _block++;
        _left = 4;
    }

    [InlineArray(4)]
    private struct Words
    {
        private uint _word;
    }
}
