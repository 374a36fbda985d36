namespace AnomalyKit.Csv;

/// <summary>Finds out whether words are numbers in a notation that is not read: with a unit, a currency or a percent sign beside them, or with marks between thousands. The order of the words does not matter.</summary>
internal sealed class WrittenNumbers
{
    private const double Mostly = 0.9;
    private const int MostUnits = 3;
    private const int LongestNumber = 40;

    private readonly LocalNumbers _numbers = new(new CsvTableOptions());
    private readonly SortedSet<string> _units = new(StringComparer.Ordinal);
    private long _plain;
    private long _others;
    private string? _example;

    /// <summary>How many cells are numbers with something beside or between their digits.</summary>
    public long Count { get; private set; }

    /// <summary>What stands beside the numbers, in ordinal order.</summary>
    public IReadOnlyCollection<string> Units => _units;

    /// <summary>One of the words.</summary>
    public string Example => _example ?? string.Empty;

    /// <summary>How many cells hold anything else; plain numbers are no exception.</summary>
    public long OtherCount => _others;

    /// <summary>Whether nearly all words are numbers, and not all of them plain ones.</summary>
    public bool IsFound => Count > 0 && _units.Count <= MostUnits && Count + _plain >= Mostly * (Count + _plain + _others);

    /// <summary>Looks at a word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="count">How many cells hold it.</param>
    public void See(string word, long count)
    {
        if (word.Length > LongestNumber)
        {
            _others += count;
        }
        else if (CellParser.TryParse(word, out double number) && double.IsFinite(number))
        {
            _plain += count;
            _numbers.SeeRead(word);
        }
        else if (_units.Count <= MostUnits && UnitNumber.TryDivide(word, out var unit) && _numbers.TrySee(word.AsSpan().Trim(), unit.ToString()))
        {
            Count += count;
            if (!unit.IsEmpty)
                _units.Add(unit.ToString());
            if (_example is null || string.CompareOrdinal(word, _example) < 0)
                _example = word;
        }
        else
        {
            _others += count;
        }
    }

    /// <summary>The options that read the numbers; null where none reads all of them.</summary>
    public CsvTableOptions? Options => _numbers.Simplest();

    /// <summary>The options, in words of the library.</summary>
    public string Advice() => _numbers.Advice();
}
