namespace AnomalyKit.Csv;

/// <summary>Takes label texts to labels.</summary>
internal sealed class LabelParser(IReadOnlySet<string>? anomalyLabels)
{
    private readonly string[]? _anomalyLabels = anomalyLabels?.ToArray();

    /// <summary>What a label may be, for messages.</summary>
    public string Expected => _anomalyLabels is null
        ? "Expected a number (all but 0 are anomalies) or true/false; name the anomalies' texts with CsvOptions.AnomalyLabels."
        : "Fill it in, or remove the row.";

    public bool TryParse(ReadOnlySpan<char> text, out bool isAnomaly)
    {
        if (text.Length == 1 && text[0] is '0' or '1' && _anomalyLabels is null)
        {
            isAnomaly = text[0] == '1';
            return true;
        }

        text = text.Trim();
        isAnomaly = false;
        if (_anomalyLabels is not null)
        {
            foreach (string label in _anomalyLabels)
                isAnomaly |= text.SequenceEqual(label);
            return !text.IsEmpty;
        }

        if (CellParser.TryParse(text, out double value))
        {
            isAnomaly = value != 0;
            return double.IsFinite(value);
        }

        return bool.TryParse(text, out isAnomaly);
    }
}
