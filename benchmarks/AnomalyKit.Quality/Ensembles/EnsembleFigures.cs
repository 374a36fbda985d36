namespace AnomalyKit.Quality;

/// <summary>What recipes and their members reach: one pair of figures a set.</summary>
internal sealed class EnsembleFigures
{
    private readonly Dictionary<string, Dictionary<string, List<(double RocAuc, double AveragePrecision)>>> _found = [];

    /// <summary>The names in the order in which they were measured first.</summary>
    public IEnumerable<string> Names => _found.Keys;

    /// <summary>The sets.</summary>
    public IReadOnlyList<string> Sets => [.. _found.Values.First().Keys];

    public void Add(string name, string set, ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        if (!_found.TryGetValue(name, out var sets))
            _found[name] = sets = [];
        if (!sets.TryGetValue(set, out var figures))
            sets[set] = figures = [];
        figures.Add((DetectionMetrics.RocAuc(labels, scores), DetectionMetrics.AveragePrecision(labels, scores)));
    }

    /// <summary>The mean over the seeds.</summary>
    public (double RocAuc, double AveragePrecision) On(string name, string set)
    {
        var figures = _found[name][set];
        return (figures.Average(pair => pair.RocAuc), figures.Average(pair => pair.AveragePrecision));
    }

    /// <summary>The mean over sets.</summary>
    public (double RocAuc, double AveragePrecision) Mean(string name, IEnumerable<string> sets)
    {
        (double RocAuc, double AveragePrecision)[] figures = [.. sets.Select(set => On(name, set))];
        return (figures.Average(pair => pair.RocAuc), figures.Average(pair => pair.AveragePrecision));
    }

    /// <summary>Which of several is best, by the sum of both figures, on all sets but one.</summary>
    public string BestWithout(string set, IEnumerable<string> names) => names.MaxBy(name =>
    {
        var (rocAuc, averagePrecision) = Mean(name, Sets.Where(other => other != set));
        return rocAuc + averagePrecision;
    })!;
}
