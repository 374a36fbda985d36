namespace AnomalyKit.Csv;

/// <summary>Takes label texts to labels, and remembers what tells whether the labels as a whole make sense.</summary>
internal sealed class LabelParser
{
    private const int MostSeen = 1000;

    private readonly HashSet<string>? _anomalyLabels;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _seenLookup;
    private long _anomalies;
    private bool _hasNormal;
    private bool _hasWord;

    public LabelParser(IReadOnlySet<string>? anomalyLabels)
    {
        _seenLookup = _seen.GetAlternateLookup<ReadOnlySpan<char>>();
        if (anomalyLabels is null)
            return;
        _anomalyLabels = new HashSet<string>(anomalyLabels, StringComparer.Ordinal);
        _lookup = _anomalyLabels.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>What is wrong with all labels so far taken together, or nothing.</summary>
    public string? Problem
    {
        get
        {
            if (_anomalyLabels is not null)
            {
                return _anomalies > 0 || _seen.Count == 0
                    ? null
                    : $"none of CsvOptions.AnomalyLabels ({CsvErrors.List(_anomalyLabels, "texts")}) occurs. The labels are: {CsvErrors.List(_seen, "or more different ones")}. "
                        + (_seen.Any(text => text.Contains('\uFFFD', StringComparison.Ordinal)) ? $"They hold U+FFFD: {StrangeCharacters.NotUtf8}" : "Name the texts that mark anomalies; if there are none, leave the column out with IgnoreColumns and read without labels.");
            }

            // A single row with a 1 says nothing about the coding.
            return _anomalies > 1 && !_hasNormal && !_hasWord
                ? "every label is 1, so that every row would be an anomaly. If 1 does mark anomalies, say so with CsvOptions.AnomalyLabels = new HashSet<string> { \"1\" }; otherwise name the texts that do, or leave the column out."
                : null;
        }
    }

    public bool TryParse(ReadOnlySpan<char> text, out bool isAnomaly)
    {
        if (_anomalyLabels is not null)
            return TryFind(Unquote.Bare(text).Trim(), out isAnomaly);
        if (text.Length == 1 && text[0] is '0' or '1')
        {
            isAnomaly = text[0] == '1';
        }
        else
        {
            text = Unquote.Bare(text).Trim();
            if (CellParser.TryParse(text, out double value) && value is 0 or 1)
                isAnomaly = value == 1;
            else if (bool.TryParse(text, out isAnomaly))
                _hasWord = true;
            else
                return false;
        }

        if (isAnomaly)
            _anomalies++;
        else
            _hasNormal = true;
        return true;
    }

    /// <summary>Why a text is not a label, and what to do.</summary>
    public static string Describe(ReadOnlySpan<char> text)
    {
        string printable = CsvErrors.Printable(text);
        if (text.IsWhiteSpace())
            return "the label is empty. Fill it in, remove the row, or skip such rows with CsvOptions.BadRows.";
        if (MissingValue.IsMarkedBy(text))
        {
            return $"'{printable}' is not a label but marks a missing one. Fill it in, remove the row, or skip such rows with CsvOptions.BadRows. If it is a label, name the labels that mark anomalies with CsvOptions.AnomalyLabels.";
        }

        if (CellParser.TryParse(Unquote.Bare(text), out double value) && double.IsFinite(value))
        {
            return $"the label '{printable}' is a number other than 0 (normal) and 1 (anomaly). Name the labels that mark anomalies with CsvOptions.AnomalyLabels, for example new HashSet<string> {{ \"{printable.Trim()}\" }}.";
        }

        string hint = StrangeCharacters.Describe(text) is { } strange ? $" {strange}" : "";
        return $"'{printable}' is not a label. Expected 0 or false (normal), 1 or true (anomaly); name other texts that mark anomalies with CsvOptions.AnomalyLabels.{hint}";
    }

    private bool TryFind(ReadOnlySpan<char> text, out bool isAnomaly)
    {
        isAnomaly = _lookup.Contains(text);
        if (isAnomaly)
            _anomalies++;
        else if (_anomalies == 0 && !text.IsEmpty && _seen.Count < MostSeen)
            _seenLookup.Add(text);
        return !text.IsEmpty;
    }
}
