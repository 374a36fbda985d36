namespace AnomalyKit;

/// <summary>Labeled rows ranked by score, highest first, tied rows as one group: what every ranking metric is computed from.</summary>
/// <remarks>
/// The keys of anomalous and of normal rows are sorted apart and merged while enumerating: a key then needs no label beside it, which
/// halves the memory moved, and the order of tied rows cannot matter. Memory: 8 bytes per row while sorting, 4 bytes per row afterwards.
/// </remarks>
internal sealed class ScoreRanking
{
    // Anomalous rows first, then normal rows; each part ascending by key, that is, descending by score.
    private readonly uint[] _keys;

    private ScoreRanking(uint[] keys, int anomalies)
    {
        _keys = keys;
        Anomalies = anomalies;
    }

    /// <summary>The number of rows labeled anomalous.</summary>
    internal int Anomalies { get; }

    /// <summary>The number of rows labeled normal.</summary>
    internal int Normals => _keys.Length - Anomalies;

    /// <summary>Ranks rows.</summary>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, or a score is NaN.</exception>
    internal static ScoreRanking Create(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        MetricInputs.CheckCounts(labels.Length, scores.Length, nameof(labels), nameof(scores));

        int anomalies = labels.Count(true);
        uint[] keys = GC.AllocateUninitializedArray<uint>(labels.Length);
        int nextAnomaly = 0;
        int nextNormal = anomalies;
        for (int row = 0; row < scores.Length; row++)
        {
            float score = scores[row];
            if (float.IsNaN(score))
                throw MetricInputs.NaNScore(row, nameof(scores));

            if (labels[row])
                keys[nextAnomaly++] = ScoreKey.FromScore(score);
            else
                keys[nextNormal++] = ScoreKey.FromScore(score);
        }

        uint[] scratch = GC.AllocateUninitializedArray<uint>(Math.Max(anomalies, keys.Length - anomalies));
        ScoreKeySort.Sort(keys.AsSpan(0, anomalies), scratch);
        ScoreKeySort.Sort(keys.AsSpan(anomalies), scratch);
        return new ScoreRanking(keys, anomalies);
    }

    /// <summary>The groups of tied rows, highest score first.</summary>
    public Enumerator GetEnumerator() => new(_keys.AsSpan(0, Anomalies), _keys.AsSpan(Anomalies));

    /// <summary>The number of distinct scores.</summary>
    internal int CountGroups()
    {
        int count = 0;
        foreach (ScoreGroup _ in this)
            count++;
        return count;
    }

    /// <summary>Merges the two sorted parts.</summary>
    internal ref struct Enumerator(ReadOnlySpan<uint> anomalyKeys, ReadOnlySpan<uint> normalKeys)
    {
        private readonly ReadOnlySpan<uint> _anomalyKeys = anomalyKeys;
        private readonly ReadOnlySpan<uint> _normalKeys = normalKeys;
        private int _anomaliesDone;
        private int _normalsDone;

        public ScoreGroup Current { get; private set; }

        public bool MoveNext()
        {
            bool anomaliesLeft = _anomaliesDone < _anomalyKeys.Length;
            bool normalsLeft = _normalsDone < _normalKeys.Length;
            if (!anomaliesLeft && !normalsLeft)
                return false;

            // Compared only where both are there: uint.MaxValue is no sentinel of its own right.
            uint key = !normalsLeft ? _anomalyKeys[_anomaliesDone]
                : !anomaliesLeft ? _normalKeys[_normalsDone]
                : Math.Min(_anomalyKeys[_anomaliesDone], _normalKeys[_normalsDone]);

            int anomaliesAbove = _anomaliesDone;
            int normalsAbove = _normalsDone;
            _anomaliesDone = EndOfRun(_anomalyKeys, anomaliesAbove, key);
            _normalsDone = EndOfRun(_normalKeys, normalsAbove, key);
            Current = new ScoreGroup(
                ScoreKey.ToScore(key), _anomaliesDone - anomaliesAbove, _normalsDone - normalsAbove, anomaliesAbove, normalsAbove);
            return true;
        }

        private static int EndOfRun(ReadOnlySpan<uint> keys, int start, uint key)
        {
            int end = start;
            while (end < keys.Length && keys[end] == key)
                end++;
            return end;
        }
    }
}
