using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>Looks for two equal whole numbers in a column of any length: exactly up to 65,536 different numbers, beyond among a sample of the numbers that is the same in all parts of the column.</summary>
/// <remarks>A number is in the sample or not by its own bits (P. B. Gibbons, <i>Distinct Sampling for Highly-Accurate Answers to Distinct Values Queries</i>, VLDB 2001), so that equal ones meet.</remarks>
internal sealed class RepeatSearch
{
    private const int MaxKept = 1 << 16;

    private readonly HashSet<long> _kept = [];
    private int _level;

    /// <summary>Whether a number came twice.</summary>
    public bool HasRepeat { get; private set; }

    public long Minimum { get; private set; } = long.MaxValue;

    public long Maximum { get; private set; } = long.MinValue;

    public void Add(Int64Column column)
    {
        var cells = column.Cells.Span;
        for (int row = 0; row < cells.Length && !HasRepeat; row++)
        {
            if (column.IsMissing(row))
                continue;
            Minimum = Math.Min(Minimum, cells[row]);
            Maximum = Math.Max(Maximum, cells[row]);
            Add(cells[row]);
        }
    }

    public void Append(RepeatSearch other)
    {
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        _level = Math.Max(_level, other._level);
        _kept.RemoveWhere(number => !IsSampled(number));
        if (other.HasRepeat)
            Found();
        foreach (long number in other._kept)
            Add(number);
    }

    public void WriteTo(ModelWriter writer)
    {
        writer.Set("found", HasRepeat ? 1 : 0);
        writer.Set("level", _level);
        writer.Add<long>("ends", new[] { Minimum, Maximum });
        writer.Add<long>("kept", _kept.Order().ToArray());
    }

    public static RepeatSearch Read(ModelReader reader)
    {
        long[] ends = reader.GetInt64s("ends", 2);
        var search = new RepeatSearch { HasRepeat = reader.GetInt32("found", 0, 1) == 1, Minimum = ends[0], Maximum = ends[1], _level = reader.GetInt32("level", 0, 63) };
        long[] kept = reader.GetInt64s("kept", -1);
        search._kept.UnionWith(kept);
        return search._kept.Count <= MaxKept && search._kept.Count == kept.Length ? search : throw ModelReader.FormatError("the numbers of a column were kept too often");
    }

    private void Add(long number)
    {
        if (HasRepeat || !IsSampled(number))
            return;
        if (!_kept.Add(number))
        {
            Found();
            return;
        }

        while (_kept.Count > MaxKept)
        {
            _level++;
            _kept.RemoveWhere(kept => !IsSampled(kept));
        }
    }

    private void Found()
    {
        HasRepeat = true;
        _kept.Clear();
    }

    /// <summary>The finaliser of SplitMix64: its low bits depend on all bits of the number.</summary>
    private bool IsSampled(long number)
    {
        ulong bits = (ulong)number;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        bits ^= bits >> 31;
        return (bits & ((1UL << _level) - 1)) == 0;
    }
}
