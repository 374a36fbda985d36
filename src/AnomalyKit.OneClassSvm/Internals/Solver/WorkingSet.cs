using System.Runtime.CompilerServices;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>Chooses which coefficients are optimized together: the most violating of both sides, and those of the last set that lie between their bounds.</summary>
/// <remarks>
/// T. Joachims, 1999, for the violating halves; T. Serafini, L. Zanni, 2005, for staying with coefficients between their bounds: dropping them at once makes
/// the sets take turns.
/// </remarks>
internal sealed class WorkingSet
{
    private readonly int _most;
    private readonly PriorityQueue<int, (double Gradient, int Index)> _rising;
    private readonly PriorityQueue<int, (double Gradient, int Index)> _falling;
    private readonly bool[] _chosen;
    private readonly List<int> _members = [];
    private readonly List<int> _last = [];

    public WorkingSet(int rows, int most)
    {
        _most = most;
        _chosen = new bool[rows];
        // The worst of the kept ones on top.
        _rising = new(Comparer<(double Gradient, int Index)>.Create((a, b) => Compare(b, a)));
        _falling = new(Comparer<(double Gradient, int Index)>.Create((a, b) => Compare((a.Gradient, -a.Index), (b.Gradient, -b.Index))));
    }

    /// <summary>The members, in the order in which they came.</summary>
    public IReadOnlyList<int> Members => _members;

    /// <summary>Chooses anew, given coefficients up to 1, or up to bounds of their own.</summary>
    public void Choose(ReadOnlySpan<double> alpha, ReadOnlySpan<double> gradient, double[]? bounds, Extremes extremes)
    {
        if (bounds is null)
            Choose(alpha, gradient, default(UnitBounds), extremes);
        else
            Choose(alpha, gradient, new RowBounds(bounds), extremes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Choose<TBounds>(ReadOnlySpan<double> alpha, ReadOnlySpan<double> gradient, TBounds bounds, Extremes extremes)
        where TBounds : struct, IBounds
    {
        _last.Clear();
        _last.AddRange(_members);
        foreach (int member in _members)
            _chosen[member] = false;
        _members.Clear();

        int newcomers = Math.Max(2, _last.Count == 0 ? _most : _most / 2);
        int aside = newcomers / 2;
        double worstRising = double.PositiveInfinity;
        double worstFalling = double.NegativeInfinity;
        for (int i = 0; i < alpha.Length; i++)
        {
            double value = gradient[i];
            if (value < extremes.Greatest && value < worstRising && alpha[i] < bounds[i])
            {
                if (_rising.Count < aside)
                    _rising.Enqueue(i, (value, i));
                else
                    _rising.EnqueueDequeue(i, (value, i));
                if (_rising.Count == aside && _rising.TryPeek(out _, out var worst))
                    worstRising = worst.Gradient;
            }

            if (value > extremes.Least && value > worstFalling && alpha[i] > 0)
            {
                if (_falling.Count < aside)
                    _falling.Enqueue(i, (value, i));
                else
                    _falling.EnqueueDequeue(i, (value, i));
                if (_falling.Count == aside && _falling.TryPeek(out _, out var worst))
                    worstFalling = worst.Gradient;
            }
        }

        while (_rising.TryDequeue(out int index, out _))
            Add(index);
        while (_falling.TryDequeue(out int index, out _))
            Add(index);
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (int index in _last)
            {
                bool between = alpha[index] > 0 && alpha[index] < bounds[index];
                if (_members.Count < _most && between == (pass == 0))
                    Add(index);
            }
        }
    }

    private static int Compare((double Gradient, int Index) a, (double Gradient, int Index) b)
    {
        int order = a.Gradient.CompareTo(b.Gradient);
        return order != 0 ? order : a.Index.CompareTo(b.Index);
    }

    private void Add(int index)
    {
        if (_chosen[index])
            return;
        _chosen[index] = true;
        _members.Add(index);
    }
}
