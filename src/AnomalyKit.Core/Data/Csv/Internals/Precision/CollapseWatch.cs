namespace AnomalyKit.Csv;

/// <summary>Looks whether different numbers of a column become the same double.</summary>
/// <remarks>That a double leaves something out of a number in the file is no evidence: it does so with most doubles that were written with the
/// fewest digits that lead back to them.</remarks>
internal sealed class CollapseWatch
{
    private const int MostValues = 4096;

    private readonly Dictionary<double, double> _rests = [];

    /// <summary>Whether it has been seen.</summary>
    public bool HasSeen { get; private set; }

    public void Add(double value, double rest)
    {
        if (HasSeen)
            return;
        if (_rests.TryGetValue(value, out double other))
            HasSeen = other != rest;
        else if (_rests.Count < MostValues)
            _rests.Add(value, rest);
    }
}
