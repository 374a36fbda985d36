namespace AnomalyKit.EllipticEnvelope;

/// <summary>Concentration steps over given rows: distances, the h nearest rows, their mean and covariance, and again.</summary>
/// <remarks>
/// P. J. Rousseeuw, K. Van Driessen, <i>A Fast Algorithm for the Minimum Covariance Determinant Estimator</i>, Technometrics 41, 1999: a step never
/// raises the determinant. The first pass finds distances and adds up the rows nearer than a guessed bound; from then on a pass only finds distances, and the
/// scatter follows the few rows that come and go.
/// </remarks>
internal sealed class Concentration
{
    // How far the log determinant may come down before the scatter is measured anew.
    private const double AnchorRange = 10;

    private const double FarTimes = 16;

    private readonly ScatterPass _pass;
    private readonly int _subsetSize;
    private readonly double[] _distances;
    private readonly bool[] _support;
    private readonly int[] _strays;

    public Concentration(ScatterPass pass, int subsetSize)
    {
        _pass = pass;
        _subsetSize = subsetSize;
        _distances = new double[pass.Rows.RowCount];
        _support = new bool[pass.Rows.RowCount];
        _strays = new int[pass.Rows.RowCount];
    }

    /// <summary>The rows of the last step's subset.</summary>
    public bool[] Support => _support;

    /// <summary>Steps until the subset stays the same, the determinant falls by less than a tolerance, or the steps are used up.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="bound">A guess at the largest squared distance in the first subset; any number will do, a good one saves time.</param>
    /// <param name="maximumSteps">At least 1.</param>
    /// <param name="tolerance">Of the logarithm of the determinant.</param>
    /// <param name="onStep">Told after every step.</param>
    public ConcentrationResult Run(Ellipsoid start, double bound, int maximumSteps, double tolerance, Action<Ellipsoid>? onStep = null)
    {
        var current = start;
        var anchor = start;
        Scatter? scatter = null;
        bool converged = false;
        var objectives = new List<double>();
        Array.Clear(_support);
        while (objectives.Count < maximumSteps && !converged)
        {
            // Far from where its scatter is measured an ellipsoid would lose digits: measure anew.
            bool fresh = scatter is null || Math.Abs(current.LogDeterminant - anchor.LogDeterminant) > AnchorRange;
            if (fresh)
            {
                anchor = current;
                scatter = _pass.Run(anchor.Map, bound, _distances);
                MarkBelow(bound);
            }
            else
            {
                _pass.Run(current.Map, 0, _distances);
            }

            (bound, int ties) = SmallestDistances.Find(_distances, _subsetSize);
            int strays = Select(anchor, ref scatter!, bound, ties);
            if (strays == 0 && !fresh)
                break;
            var next = anchor.From(scatter);
            objectives.Add(next.LogDeterminant);
            converged = objectives.Count > 1 && !(next.LogDeterminant < current.LogDeterminant - tolerance);
            current = next;
            onStep?.Invoke(current);
        }

        return new ConcentrationResult(current, bound, objectives);
    }

    private void MarkBelow(double bound)
    {
        for (int row = 0; row < _distances.Length; row++)
            _support[row] = _distances[row] < bound;
    }

    /// <summary>Moves the mark and the scatter to the new subset. Returns how many rows came or went.</summary>
    private int Select(Ellipsoid anchor, ref Scatter scatter, double bound, int ties)
    {
        int added = 0;
        int removed = _strays.Length;
        double farthest = 0;
        for (int row = 0; row < _distances.Length; row++)
        {
            double distance = _distances[row];
            bool inside = distance < bound || (distance == bound && ties-- > 0);
            if (inside == _support[row])
                continue;
            _support[row] = inside;
            if (inside)
            {
                _strays[added++] = row;
            }
            else
            {
                _strays[--removed] = row;
                farthest = Math.Max(farthest, distance);
            }
        }

        int strays = added + _strays.Length - removed;
        if (strays > _strays.Length / 4 || farthest > FarTimes * bound)
        {
            // Starting afresh is cheaper, and taking far rows away again would cost digits.
            scatter = OfSupport(anchor);
            return strays;
        }

        if (added > 0)
            scatter.Add(_pass.Of(anchor.Map, _strays.AsMemory(0, added)));
        if (removed < _strays.Length)
            scatter.Add(_pass.Of(anchor.Map, _strays.AsMemory(removed)), -1);
        return strays;
    }

    private Scatter OfSupport(Ellipsoid anchor)
    {
        int count = 0;
        for (int row = 0; row < _support.Length; row++)
        {
            if (_support[row])
                _strays[count++] = row;
        }

        return _pass.Of(anchor.Map, _strays.AsMemory(0, count));
    }
}
