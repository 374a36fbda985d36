using System.Globalization;
using AnomalyKit.Csv;
using AnomalyKit.Numerics;
using AnomalyKit.Tables;

namespace AnomalyKit;

/// <summary>What is counted of a column of words.</summary>
internal sealed class WordTally(TableField field, InspectionOptions options) : ColumnTally(field, options)
{
    private const int MaxLength = 100;

    private readonly ValueCounts<string> _counts = new(options.MaxDistinctValues);
    private readonly SortedDictionary<string, long> _notNumbers = new(StringComparer.Ordinal);
    private double _letters;

    public override bool HasExactDistinctCount => _counts.IsExact;

    /// <summary>The mean length of the cells that are there.</summary>
    public double MeanLength => _letters / Math.Max(1, RowCount - MissingCount);

    /// <summary>How many cells are numbers.</summary>
    public long NumberCount { get; private set; }

    /// <summary>Whether a number has a decimal point.</summary>
    public bool HasFractions { get; private set; }

    /// <summary>How many cells say that a number is infinite.</summary>
    public long InfiniteCount { get; private set; }

    /// <summary>How many cells are dates as ISO 8601 writes them.</summary>
    public long DateCount { get; private set; }

    /// <summary>What the words are as numbers that are not read.</summary>
    public WrittenNumbers Written { get; } = new();

    /// <summary>Some of the words that are not numbers, and how many cells have them.</summary>
    public IReadOnlyDictionary<string, long> NotNumbers => _notNumbers;

    protected override int ExactDistinctCount => _counts.DistinctCount;

    protected override string ContentKind => "words ";

    public long CountOf(string word) => _counts.CountOf(word);

    public IEnumerable<string> Words => _counts.Values;

    public override ColumnInspection Result() => Result(_counts.Frequent(StringComparer.Ordinal).Select(pair => new FrequentValue(Readable(pair.Value), pair.Count, _counts.IsExact)));

    protected override int Count(TableColumn batch, Span<ulong> hashes)
    {
        const int MaxNotNumbers = 16;
        var column = (CategoryColumn)batch;
        var counts = new int[column.Levels.Count];
        int missing = 0;
        foreach (int code in column.Codes.Span)
        {
            if (code < 0)
                missing++;
            else
                counts[code]++;
        }

        var hashOf = new ulong[counts.Length];
        for (int level = 0; level < counts.Length; level++)
        {
            if (counts[level] == 0)
                continue;
            string word = column.Levels[level];
            hashOf[level] = CellHash.Of(word);
            _counts.Add(Key(word, hashOf[level]), counts[level]);
            Distinct.Add(hashOf[level], counts[level]);
            _letters += (double)word.Length * counts[level];
            Written.See(word, counts[level]);
            DateCount += IsoDateTime.TryParse(word, out _, out _) ? counts[level] : 0;
            InfiniteCount += InfiniteWords.Contains(word) ? counts[level] : 0;
            if (word.Length <= MaxLength && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
                (NumberCount, HasFractions) = (NumberCount + counts[level], HasFractions || word.Contains('.', StringComparison.Ordinal));
            else if (_notNumbers.ContainsKey(Readable(word)) || _notNumbers.Count < MaxNotNumbers)
                _notNumbers[Readable(word)] = _notNumbers.GetValueOrDefault(Readable(word)) + counts[level];
        }

        var codes = column.Codes.Span;
        for (int row = 0; row < codes.Length; row++)
            hashes[row] = codes[row] < 0 ? CellHash.Missing : hashOf[codes[row]];
        return missing;
    }

    /// <summary>A word as it is, or of a long one the beginning and what tells it from others that begin so.</summary>
    private static string Key(string word, ulong hash) => word.Length <= MaxLength ? word : string.Create(CultureInfo.InvariantCulture, $"{Beginning(word)}{hash:x16}");

    private static string Readable(string key) => key.Length <= MaxLength ? key : string.Concat(Beginning(key), "…");

    /// <summary>The first letters, without half of a pair of surrogates.</summary>
    private static ReadOnlySpan<char> Beginning(string word) => word.AsSpan(0, char.IsHighSurrogate(word[MaxLength - 1]) ? MaxLength - 1 : MaxLength);
}
