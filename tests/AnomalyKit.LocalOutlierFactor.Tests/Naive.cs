namespace AnomalyKit.LocalOutlierFactor.Tests;

/// <summary>Neighbours, densities and scores straight from their definitions, in double.</summary>
internal sealed class Naive
{
    private readonly float[][] _rows;
    private readonly int[] _first;
    private readonly DistanceMetric _metric;
    private readonly (int Row, double Distance)[]?[] _others;

    public Naive(FeatureMatrix rows, DistanceMetric metric = DistanceMetric.Euclidean)
    {
        _metric = metric;
        _rows = [.. Enumerable.Range(0, rows.RowCount).Select(row => rows.Cells(row).ToArray())];
        _first = [.. _rows.Select(row => Array.FindIndex(_rows, other => other.SequenceEqual(row)))];
        _others = new (int, double)[]?[_rows.Length];
    }

    public int Count => _rows.Length;

    public double Distance(float[] left, float[] right)
    {
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < left.Length; i++)
        {
            double difference = Math.Abs((double)left[i] - right[i]);
            sum += difference;
            squares += difference * difference;
            largest = Math.Max(largest, difference);
        }

        return _metric switch
        {
            DistanceMetric.Manhattan => sum,
            DistanceMetric.Chebyshev => largest,
            _ => Math.Sqrt(squares),
        };
    }

    /// <summary>The k nearest rows: nearest first, equally near ones by the first row that equals them, then by row. One row may be left out.</summary>
    public (int Row, double Distance)[] Nearest(float[] query, int k, int except = -1) =>
    [
        .. Enumerable.Range(0, Count).Where(row => row != except).Select(row => (Row: row, Distance: Distance(query, _rows[row])))
            .OrderBy(near => near.Distance).ThenBy(near => _first[near.Row]).ThenBy(near => near.Row).Take(k),
    ];

    /// <summary>The k nearest of the other rows; all are sorted once, for every k.</summary>
    public (int Row, double Distance)[] NearestOfRow(int row, int k) => (_others[row] ??= Nearest(_rows[row], Count - 1, row))[..k];

    public float[] Row(int row) => _rows[row];

    /// <summary>The rows' own scores, then those of new rows.</summary>
    public (double[] Own, double[] New) LocalOutlierFactors(int k, params float[][] queries)
    {
        var near = Enumerable.Range(0, Count).Select(row => NearestOfRow(row, k)).ToArray();
        double[] kDistance = [.. near.Select(list => list[^1].Distance)];
        double Reach((int Row, double Distance)[] list) => list.Average(other => Math.Max(kDistance[other.Row], other.Distance));
        double[] reach = [.. near.Select(Reach)];
        double floor = 0;
        if (reach.Contains(0))
        {
            floor = reach.Where(distance => distance > 0).DefaultIfEmpty().Min();
            if (floor == 0)
                floor = near.SelectMany(list => list).Select(other => other.Distance).Where(distance => distance > 0).DefaultIfEmpty(1).Min();
        }

        double Score((int Row, double Distance)[] list)
        {
            double own = Math.Max(Reach(list), floor);
            return list.Average(other => own / Math.Max(reach[other.Row], floor));
        }

        return ([.. near.Select(Score)], [.. queries.Select(query => Score(Nearest(query, k)))]);
    }

    public double[] Distances(int k, NeighborDistance kind) => [.. Enumerable.Range(0, Count).Select(row => Of(NearestOfRow(row, k), kind))];

    public double NewDistance(float[] query, int k, NeighborDistance kind) => Of(Nearest(query, k), kind);

    private static double Of((int Row, double Distance)[] list, NeighborDistance kind) => kind switch
    {
        NeighborDistance.Largest => list[^1].Distance,
        NeighborDistance.Mean => list.Average(near => near.Distance),
        _ => (list[(list.Length - 1) / 2].Distance + list[list.Length / 2].Distance) / 2,
    };
}
