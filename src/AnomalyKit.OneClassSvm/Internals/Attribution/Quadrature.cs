namespace AnomalyKit.OneClassSvm;

/// <summary>Gauss-Legendre rules on [0, 1] for products of linear factors, ∏ (1 + t u) with −1 ≤ u ≤ 0.</summary>
/// <remarks>
/// n nodes are exact up to degree 2n − 1. Of a product of more factors the error is at most S²ⁿ (n!)⁴ / ((2n + 1) (2n)!³), where S = Σ |u|: no derivative of order 2n exceeds S²ⁿ. The rule with the
/// fewest nodes whose error is below 10⁻¹⁰ is taken.
/// </remarks>
internal sealed class Quadrature
{
    private const double Error = 1e-10;

    private readonly double[][] _nodes;
    private readonly double[][] _weights;
    private readonly double[] _limits;

    /// <summary>Prepares the rules.</summary>
    /// <param name="degree">The highest degree of a product.</param>
    public Quadrature(int degree)
    {
        int most = (degree / 2) + 1;
        var counts = new List<int>();
        for (int count = 2; count < most; count += Math.Max(1, count / 3))
            counts.Add(count);
        counts.Add(most);
        _nodes = new double[counts.Count][];
        _weights = new double[counts.Count][];
        _limits = new double[counts.Count];
        for (int i = 0; i < counts.Count; i++)
        {
            (_nodes[i], _weights[i]) = Rule(counts[i]);
            _limits[i] = i == counts.Count - 1 ? double.PositiveInfinity : Limit(counts[i]);
        }
    }

    /// <summary>The nodes and weights for products whose factors' |u| sum up to at most this.</summary>
    public (double[] Nodes, double[] Weights) For(double sum)
    {
        int i = 0;
        while (sum > _limits[i])
            i++;
        return (_nodes[i], _weights[i]);
    }

    /// <summary>The largest S for which so many nodes do.</summary>
    private static double Limit(int count)
    {
        double log = Math.Log(Error) + Math.Log((2 * count) + 1);
        for (int i = 1; i <= 2 * count; i++)
            log += (3 * Math.Log(i)) - (i <= count ? 4 * Math.Log(i) : 0);
        return Math.Exp(log / (2 * count));
    }

    /// <summary>The zeros of the Legendre polynomial by Newton's method, moved to [0, 1].</summary>
    private static (double[] Nodes, double[] Weights) Rule(int count)
    {
        var nodes = new double[count];
        var weights = new double[count];
        for (int i = 0; i < count; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            double slope = 0;
            for (int step = 0; step < 50; step++)
            {
                double before = 1;
                double value = x;
                for (int k = 2; k <= count; k++)
                    (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
                if (count == 1)
                    before = 1;
                slope = count * ((x * value) - before) / ((x * x) - 1);
                double change = value / slope;
                x -= change;
                if (Math.Abs(change) < 1e-16)
                    break;
            }

            nodes[i] = (1 - x) / 2;
            weights[i] = 1 / ((1 - (x * x)) * slope * slope);
        }

        return (nodes, weights);
    }
}
