namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Finds the nearest points of a store: by the tree or by brute force, whichever it was made for.</summary>
internal interface INeighborSearch
{
    PointStore Store { get; }

    /// <summary>Whether leaves are skipped.</summary>
    bool UsesTree { get; }

    /// <summary>The rows that are best looked up together.</summary>
    int BlockRows(int neighbors);

    /// <summary>The nearest points of rows, nearest first, equally near ones by number.</summary>
    /// <param name="rows">Row-major cells.</param>
    /// <param name="neighbors">How many, at most as many as there are points.</param>
    /// <param name="points">Receives the numbers of <paramref name="neighbors"/> points a row.</param>
    /// <param name="distances">Receives their distances.</param>
    void Nearest(ReadOnlySpan<float> rows, int neighbors, Span<int> points, Span<double> distances);

    /// <summary>The nearest other points of every point, in the order of the points' numbers.</summary>
    void NearestOfPoints(int neighbors, int[] points, double[] distances, FitContext context);

    /// <summary>What looking rows up by the tree is estimated to cost, as a share of what it costs by brute force.</summary>
    double EstimateTreeCost(CancellationToken cancellationToken);

    /// <summary>All points within a distance of a row, nearest first, equally near ones by number.</summary>
    List<(int Point, double Distance)> Within(ReadOnlySpan<float> row, double radius);
}
