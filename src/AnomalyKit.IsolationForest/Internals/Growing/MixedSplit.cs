using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest;

/// <summary>Splits nodes by columns that may be categories or have missing cells.</summary>
/// <remarks>
/// Only the known cells of a node decide: a number is split between their extremes, a category by a random subset of their levels. Each row whose cell is missing goes
/// to a side drawn in proportion to the known rows on either side, so that sizes stay unbiased samples of what a row weighs in scoring. Without missing cells a number
/// is split by the same draws as in a forest of plain columns. Levels are drawn in the order in which the node's rows have them, so no split depends on their codes.
/// </remarks>
internal sealed class MixedSplit
{
    private readonly int[] _levelCounts;
    private readonly int[] _codes;
    private readonly int[] _places;
    private readonly List<NodeLevel> _levels = [];
    private readonly List<bool> _isRight = [];

    /// <param name="schema">The columns.</param>
    /// <param name="sampleSize">The most rows of a node.</param>
    public MixedSplit(FeatureSchema schema, int sampleSize)
    {
        _levelCounts = schema.LevelCounts.ToArray();
        _codes = new int[sampleSize];
        _places = new int[sampleSize];
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

    /// <summary>Finds the levels of the node in the order of their first rows, and the rows of each. Gives the number of known cells.</summary>
    private int CountLevels(ReadOnlySpan<float> cells, ReadOnlySpan<int> members)
    {
        int known = 0;
        for (int i = 0; i < members.Length; i++)
        {
            float cell = cells[members[i]];
            if (float.IsNaN(cell))
                continue;
            _codes[known] = (int)cell;
            _places[known++] = i;
        }

        Array.Sort(_codes, _places, 0, known);
        _levels.Clear();
        for (int i = 0, start = 0; i < known; i++)
        {
            if (i + 1 < known && _codes[i + 1] == _codes[i])
                continue;
            int first = _places[start];
            for (int j = start; j <= i; j++)
                first = Math.Min(first, _places[j]);
            _levels.Add(new NodeLevel(first, _codes[i], i + 1 - start));
            start = i + 1;
        }

        _levels.Sort(static (one, other) => one.First.CompareTo(other.First));
        return known;
    }

    /// <summary>A non-empty proper subset of the levels, each equally likely, or its complement: the one with more rows; of equals the one with the first row's level.</summary>
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
        for (int i = 0; i < _levels.Count; i++)
            rows += _isRight[i] ? _levels[i].Rows : 0;
        bool isKept = rows > known - rows || (rows == known - rows && _isRight[0]);
        knownRight = isKept ? rows : known - rows;
        var right = new int[isKept ? chosen : _levels.Count - chosen];
        int next = 0;
        for (int i = 0; i < _levels.Count; i++)
        {
            if (_isRight[i] == isKept)
                right[next++] = _levels[i].Code;
        }

        Array.Sort(right);
        return right;
    }

    private static int Move(Span<int> members, int from, int left, bool goesLeft)
    {
        (members[from], members[left]) = (members[left], members[from]);
        return left + (goesLeft ? 1 : 0);
    }

    /// <param name="First">The place of its first row among the members.</param>
    /// <param name="Code">The level.</param>
    /// <param name="Rows">How many known rows have it.</param>
    private readonly record struct NodeLevel(int First, int Code, int Rows);
}
