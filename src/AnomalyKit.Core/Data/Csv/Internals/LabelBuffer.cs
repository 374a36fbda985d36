namespace AnomalyKit.Csv;

/// <summary>Collects labels of rows whose number is not known beforehand.</summary>
/// <param name="isUsed">Whether there are labels at all.</param>
internal sealed class LabelBuffer(bool isUsed)
{
    private bool[] _labels = [];
    private int _count;

    /// <summary>Room for the labels of the next rows; empty where there are no labels.</summary>
    public Span<bool> GetSpan(int rows)
    {
        if (!isUsed)
            return default;
        if (_labels.Length - _count < rows)
            Array.Resize(ref _labels, (int)Math.Min(Array.MaxLength, Math.Max(_labels.Length * 2L, _count + (long)rows)));
        return _labels.AsSpan(_count, rows);
    }

    public void Advance(int rows) => _count += isUsed ? rows : 0;

    /// <summary>The labels, in memory not much larger than they are.</summary>
    public ReadOnlyMemory<bool> ToMemory() => _count > _labels.Length / 2 ? _labels.AsMemory(0, _count) : _labels.AsSpan(0, _count).ToArray();
}
