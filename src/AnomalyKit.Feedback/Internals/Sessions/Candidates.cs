using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;
using AnomalyKit.Numerics;

namespace AnomalyKit.Feedback.Sessions;

/// <summary>The rows that questions are chosen from, ascending by key, with their priors and features.</summary>
internal sealed class Candidates
{
    private const ulong DrawStream = 2;

    private readonly int _features;
    private readonly float[] _cells;
    private readonly RowSpace _space;
    private readonly Dictionary<string, double[]> _nearness = new(StringComparer.Ordinal);

    private Candidates(SessionRows rows, RowSpace space, int[] positions)
    {
        Positions = positions;
        _space = space;
        _features = space.FeatureCount;
        if ((long)positions.Length * _features > Array.MaxLength)
            throw new ArgumentException($"{positions.Length} candidates of {_features} features are more than memory can hold in one piece. Lower FeedbackOptions.CandidateCount.");
        _cells = new float[positions.Length * _features];
        Priors = new double[positions.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            Priors[i] = rows.Prior(space, positions[i]);
            rows.Features(space, positions[i], _cells.AsSpan(i * _features, _features));
        }
    }

    /// <summary>Where each stands among the session's rows.</summary>
    public int[] Positions { get; }

    public int Count => Positions.Length;

    public double[] Priors { get; }

    public ReadOnlySpan<float> Features(int candidate) => _cells.AsSpan(candidate * _features, _features);

    /// <summary>The nearness of every candidate to a row with an answer: computed once, since answers change and rows do not.</summary>
    public double[] NearnessTo(string key, float[] features)
    {
        if (_nearness.TryGetValue(key, out double[]? nearness))
            return nearness;
        nearness = new double[Count];
        for (int i = 0; i < nearness.Length; i++)
            nearness[i] = AnswerKernel.Nearness(_space, features, Features(i));
        _nearness.Add(key, nearness);
        return nearness;
    }

    /// <summary>For how many rows nearness is kept, 8 bytes a candidate each.</summary>
    public int NearnessCount => _nearness.Count;

    /// <summary>Lets go of the nearness to rows that have no answers any more.</summary>
    public void KeepOnly(Func<string, bool> isAnswered)
    {
        foreach (string key in _nearness.Keys)
        {
            if (!isAnswered(key))
                _nearness.Remove(key);
        }
    }

    /// <summary>Another row has the key now.</summary>
    public void Forget(string key) => _nearness.Remove(key);

    public static Candidates Of(SessionRows rows, RowSpace space, FeedbackOptions options)
    {
        int count = Math.Min(options.CandidateCount, rows.Count);
        int[] ranked = rows.InKeyOrder;
        if (count < rows.Count)
        {
            // Stable: rows of equal scores stay in the order of their keys.
            ranked = [.. rows.InKeyOrder.OrderByDescending(position => rows.Scores[position])];
            int top = count / 2;
            var drawn = new int[count - top];
            new CounterRandom(options.Seed, DrawStream).SampleWithoutReplacement(rows.Count - top, drawn);
            var kept = new bool[rows.Count];
            foreach (int position in ranked.AsSpan(0, top))
                kept[position] = true;
            foreach (int rank in drawn)
                kept[ranked[top + rank]] = true;
            ranked = [.. rows.InKeyOrder.Where(position => kept[position])];
        }

        return new Candidates(rows, space, ranked);
    }
}
