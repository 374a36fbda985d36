using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The random orders that belong to a background row: a function of the seed and of the row's cells, wherever the row stands in the background.</summary>
internal readonly struct GroupOrder
{
    private readonly ulong _seed;
    private readonly ulong _stream;

    public GroupOrder(ulong seed, ReadOnlySpan<float> row)
    {
        _seed = seed;

        // FNV-1a over the cells' bits: fixed by specification, as HashCode is not.
        ulong hash = 14695981039346656037;
        foreach (float cell in row)
            hash = (hash ^ BitConverter.SingleToUInt32Bits(cell)) * 1099511628211;
        _stream = hash;
    }

    /// <summary>Draws an order: every order equally likely (R. Durstenfeld's shuffle).</summary>
    /// <param name="number">Which of the row's orders.</param>
    /// <param name="order">Receives the numbers from 0 to its length − 1.</param>
    public void Draw(int number, Span<int> order)
    {
        var random = new CounterRandom(_seed + (ulong)number, _stream);
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.NextInt32(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
