using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <summary>Finds out whether rows that pass by are those that a detector was fitted on, as far as its profile tells.</summary>
/// <remarks>
/// They are if there are as many of them as the profile stands for, and if those that it looked at have its distributions exactly, in the columns that tell most. Columns with few different values tell
/// too little: other rows may have the same ones as often.
/// </remarks>
internal sealed class FittedRowsCheck
{
    private const int MaxColumns = 32;
    private const int MinDistinct = 20;

    private readonly ReferenceProfile? _profile;
    private readonly ColumnProfile[] _columns = [];
    private readonly long[] _looked = [];
    private readonly List<FeatureTable> _parts = [];
    private long _rowCount;
    private int _next;

    /// <param name="profile">What the detector remembers; null if it remembers nothing.</param>
    public FittedRowsCheck(ReferenceProfile? profile)
    {
        _profile = profile;
        if (profile is not { Columns.Count: > 0 })
            return;
        _columns = [.. profile.Columns.OrderByDescending(column => column.DistinctCount).Take(MaxColumns)];
        _looked = TableProfile.RowsOf(profile.RowCount);
    }

    /// <summary>Looks at further rows.</summary>
    public void Add(FeatureTable batch)
    {
        var rows = new List<int>();
        for (; _next < _looked.Length && _looked[_next] < _rowCount + batch.RowCount; _next++)
            rows.Add((int)(_looked[_next] - _rowCount));
        _rowCount += batch.RowCount;
        if (rows.Count == 0)
            return;
        var looked = batch.SelectColumns(_columns.Select(column => column.Name)).SelectRows(rows.ToArray());
        // Without the words of all other rows.
        _parts.Add(looked.Trimmed(looked.Schema));
    }

    /// <summary>Whether all rows that came are those of the fit for certain.</summary>
    public bool AreFitted()
    {
        if (_profile is null || _rowCount != _profile.RowCount || _columns is not [{ DistinctCount: >= MinDistinct }, ..])
            return false;
        var rows = FeatureTable.Concat(_parts);
        return _columns.All(column => TableProfile.IsOf(column, rows[column.Name], _profile.Columns.Count));
    }
}
