namespace AnomalyKit.EllipticEnvelope;

/// <summary>Concentration steps over rows that count a number of times each: the nearest rows whose weights add up to h, of the last of them a part.</summary>
/// <remarks>With whole weights these are the steps over the repeated rows, where of equally distant copies the first ones are taken. Every step sums its subset anew.</remarks>
internal sealed class WeightedConcentration
{
    private readonly ScatterPass _pass;
    private readonly double _subsetSize;
    private readonly double[] _distances;
    private double[] _taken;

    /// <param name="pass">Rows with weights.</param>
    /// <param name="subsetSize">h, at most the sum of the weights.</param>
    public WeightedConcentration(ScatterPass pass, double subsetSize)
    {
        _pass = pass;
        _subsetSize = subsetSize;
        _distances = new double[pass.Rows.RowCount];
        _taken = new double[pass.Rows.RowCount];
    }

    /// <summary>The rows of the last step's subset, those that are in it in part among them.</summary>
    public bool[] Support() => Array.ConvertAll(_taken, taken => taken > 0);

    /// <summary>Steps until the subset stays the same, the determinant falls by no more than a tolerance, or the steps are used up.</summary>
    public ConcentrationResult Run(Ellipsoid start, int maximumSteps, double tolerance)
    {
        var current = start;
        var objectives = new List<double>();
        double bound = 0;
        bool converged = false;
        Array.Clear(_taken);
        while (objectives.Count < maximumSteps && !converged)
        {
            _pass.Run(current.Map, 0, _distances);
            double[] taken = Nearest(out bound);
            if (objectives.Count > 0 && taken.AsSpan().SequenceEqual(_taken))
                break;
            _taken = taken;
            int[] rows = [.. Enumerable.Range(0, taken.Length).Where(row => taken[row] > 0)];
            var next = current.From(_pass.Of(current.Map, rows, Array.ConvertAll(rows, row => taken[row])));
            objectives.Add(next.LogDeterminant);
            converged = objectives.Count > 1 && !(next.LogDeterminant < current.LogDeterminant - tolerance);
            current = next;
        }

        return new ConcentrationResult(current, bound, objectives);
    }

    /// <summary>How much of each row is among the h nearest; of equally distant rows the first ones are.</summary>
    private double[] Nearest(out double bound)
    {
        var weights = _pass.Rows.Weights.Span;
        int[] order = [.. Enumerable.Range(0, _distances.Length)];
        double[] keys = [.. _distances];
        Array.Sort(keys, order);
        double left = _subsetSize;
        int first = 0;
        var taken = new double[_distances.Length];
        bound = keys[^1];
        while (first < order.Length && left > 0)
        {
            int end = first + 1;
            while (end < order.Length && keys[end] == keys[first])
                end++;
            // Sorting leaves equal distances in any order.
            order.AsSpan(first, end - first).Sort();
            bound = keys[first];
            for (; first < end && left > 0; first++)
            {
                int row = order[first];
                taken[row] = Math.Min(weights[row], left);
                left -= taken[row];
            }

            first = end;
        }

        return taken;
    }
}
