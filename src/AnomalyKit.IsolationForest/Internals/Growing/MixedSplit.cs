using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest;

/// <summary>Splits nodes by columns that may be categories or have missing cells.</summary>
/// <remarks>
/// Only the known cells of a node decide: a number is split between their extremes, a category by a random subset of their levels. Each row whose cell is missing goes
/// to a side drawn in proportion to the known rows on either side, so that sizes stay unbiased samples of what a row weighs in scoring. Without missing cells a number
/// is split by the same draws as in a forest of plain columns.
/// </remarks>
internal sealed class MixedSplit
{
    private readonly int[] _levelCounts;
    private readonly int[] _codes;
    private readonly List<int> _levels = [];
    private readonly List<int> _rows = [];
    private readonly List<bool> _isRight = [];

    /// <param name="schema">The columns.</param>
    /// <param name="sampleSize">The most rows of a node.</param>
    public MixedSplit(FeatureSchema schema, int sampleSize)
    {
        _levelCounts = schema.LevelCounts.ToArray();
        _codes = new int[sampleSize];
    }

    /// <summary>Brings the rows that go left to the front.</summary>
    /// <param name="feature">The column.</param>
    /// <param name="cells">Its cells, by member.</param>
    /// <param name="members">The rows of the node; reordered.</param>
    /// <param name="random">The tree's generator.</param>
    /// <param name="threshold">Known numbers below it went left; 0 of a category.</param>
    /// <param name="right">The levels that went right, ascending; null of a number.</param>
    /// <returns>How many rows went left; 0 where the known cells are all the same, so that nothing was drawn or moved.</returns>
    public int TryApply(int feature, ReadOnlySpan<float> cells, Span<int> members, ref CounterRandom random, out float threshold, out int[]? right)
    {
        if (_levelCounts[feature] == 0)
        {
            right = null;
            return SplitNumber(cells, members, ref random, out threshold);
        }

        threshold = 0;
        return SplitCategory(cells, members, ref random, out right);
    }

    private static int SplitNumber(ReadOnlySpan<float> cells, Span<int> members, ref CounterRandom random, out float threshold)
    {
        float low = float.PositiveInfinity;
        float high = float.NegativeInfinity;
        int known = 0;
        foreach (int member in members)
        {
            float cell = cells[member];
            if (float.IsNaN(cell))
                continue;
            known++;
            low = Math.Min(low, cell);
            high = Math.Max(high, cell);
        }

        threshold = 0;
        if (!(low < high))
            return 0;
        threshold = IsolationTreeBuilder.DrawThreshold(low, high, random.NextDouble());
        int below = 0;
        foreach (int member in members)
            below += cells[member] < threshold ? 1 : 0;

        int left = 0;
        for (int i = 0; i < members.Length; i++)
        {
            float cell = cells[members[i]];
            bool goesLeft = float.IsNaN(cell) ? random.NextInt32(known) < below : cell < threshold;
            left = Move(members, i, left, goesLeft);
        }

        return left;
    }

    private int SplitCategory(ReadOnlySpan<float> cells, Span<int> members, ref CounterRandom random, out int[]? right)
    {
        int known = CountLevels(cells, members);
        right = null;
        if (_levels.Count < 2)
            return 0;
        right = DrawSubset(known, ref random, out int knownRight);

        int left = 0;
        for (int i = 0; i < members.Length; i++)
        {
            float cell = cells[members[i]];
            bool goesLeft = float.IsNaN(cell) ? random.NextInt32(known) < known - knownRight : Array.BinarySearch(right, (int)cell) < 0;
            left = Move(members, i, left, goesLeft);
        }

        return left;
    }

    /// <summary>Finds the levels of the node and the rows of each. Gives the number of known cells.</summary>
    private int CountLevels(ReadOnlySpan<float> cells, ReadOnlySpan<int> members)
    {
        int known = 0;
        foreach (int member in members)
        {
            if (!float.IsNaN(cells[member]))
                _codes[known++] = (int)cells[member];
        }

        var codes = _codes.AsSpan(0, known);
        codes.Sort();
        _levels.Clear();
        _rows.Clear();
        foreach (int code in codes)
        {
            if (_levels.Count == 0 || _levels[^1] != code)
            {
                _levels.Add(code);
                _rows.Add(0);
            }

            _rows[^1]++;
        }

        return known;
    }

    /// <summary>A non-empty proper subset of the levels, each equally likely, or its complement: the one with more rows; of equals the one with the first level.</summary>
    private int[] DrawSubset(int known, ref CounterRandom random, out int knownRight)
    {
        int chosen;
        do
        {
            _isRight.Clear();
            chosen = 0;
            uint bits = 0;
            for (int i = 0; i < _levels.Count; i++, bits >>= 1)
            {
                if (i % 32 == 0)
                    bits = random.NextUInt32();
                bool isRight = (bits & 1) != 0;
                _isRight.Add(isRight);
                chosen += isRight ? 1 : 0;
            }
        }
        while (chosen == 0 || chosen == _levels.Count);

        int rows = 0;
        for (int i = 0; i < _rows.Count; i++)
            rows += _isRight[i] ? _rows[i] : 0;
        bool isKept = rows > known - rows || (rows == known - rows && _isRight[0]);
        knownRight = isKept ? rows : known - rows;
        var right = new int[isKept ? chosen : _levels.Count - chosen];
        int next = 0;
        for (int i = 0; i < _levels.Count; i++)
        {
            if (_isRight[i] == isKept)
                right[next++] = _levels[i];
        }

        return right;
    }

    private static int Move(Span<int> members, int from, int left, bool goesLeft)
    {
        (members[from], members[left]) = (members[left], members[from]);
        return left + (goesLeft ? 1 : 0);
    }
}
