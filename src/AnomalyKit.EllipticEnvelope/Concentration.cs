using AnomalyKit.EllipticEnvelope.Kernels;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Concentration steps over given rows: distances, the h nearest rows, their mean and covariance, and again.</summary>
/// <remarks>
/// P. J. Rousseeuw, K. Van Driessen, <i>A Fast Algorithm for the Minimum Covariance Determinant Estimator</i>, Technometrics 41, 1999: a step never
/// raises the determinant. One pass over the rows does both halves of a step: it adds up the rows nearer than the bound of the step before, and the
/// few rows on the other side of the new bound are put right afterwards.
/// </remarks>
internal sealed class Concentration
{
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
        bool converged = false;
        int steps = 0;
        var objectives = new List<double>();
        Array.Clear(_support);
        while (steps < maximumSteps && !converged)
        {
            var scatter = _pass.Run(current.Map, bound, _distances);
            double guess = bound;
            (bound, int ties) = SmallestDistances.Find(_distances, _subsetSize);
            if (!Select(current.Map, ref scatter, guess, bound, ties) && steps > 0)
            {
                converged = true;
                break;
            }

            var next = current.From(scatter);
            steps++;
            objectives.Add(next.LogDeterminant);
            converged = steps > 1 && !(next.LogDeterminant < current.LogDeterminant - tolerance);
            current = next;
            onStep?.Invoke(current);
        }

        return new ConcentrationResult(current, bound, steps, converged, objectives);
    }

    /// <summary>Marks the new subset and turns the scatter of the guess into its scatter. Returns whether the subset is another one.</summary>
    private bool Select(AffineMap map, ref Scatter scatter, double guess, double bound, int ties)
    {
        bool changed = false;
        int missing = 0;
        int surplus = _strays.Length;
        for (int row = 0; row < _distances.Length; row++)
        {
            double distance = _distances[row];
            bool inside = distance < bound || (distance == bound && ties-- > 0);
            changed |= inside != _support[row];
            _support[row] = inside;
            if (inside == distance < guess)
                continue;
            if (inside)
                _strays[missing++] = row;
            else
                _strays[--surplus] = row;
        }

        // Where the guess was far off, starting afresh is cheaper, and taking far rows away again would cost digits.
        int strays = missing + _strays.Length - surplus;
        if (strays > _strays.Length / 4 || (surplus < _strays.Length && guess > 4 * bound))
        {
            scatter = _pass.Run(map, bound, null);
            surplus = _strays.Length;
            missing = 0;
            for (int row = 0; row < _distances.Length; row++)
            {
                if (_support[row] && !(_distances[row] < bound))
                    _strays[missing++] = row;
            }
        }

        if (missing > 0)
            scatter.Add(_pass.Of(map, _strays.AsMemory(0, missing)));
        if (surplus < _strays.Length)
            scatter.Add(_pass.Of(map, _strays.AsMemory(surplus)), -1);
        return changed;
    }
}

/// <summary>Where concentration came to.</summary>
/// <param name="Ellipsoid">Mean and covariance of the last subset.</param>
/// <param name="Bound">The largest squared distance in the last subset.</param>
/// <param name="Steps">The steps taken.</param>
/// <param name="Converged">Whether further steps would change nothing, or less than the tolerance.</param>
/// <param name="Objectives">The log determinant after each step.</param>
internal sealed record ConcentrationResult(Ellipsoid Ellipsoid, double Bound, int Steps, bool Converged, List<double> Objectives);
