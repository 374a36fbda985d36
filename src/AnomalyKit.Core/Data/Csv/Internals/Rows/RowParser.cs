namespace AnomalyKit.Csv;

/// <summary>Parses records into numbers and labels.</summary>
internal sealed class RowParser
{
    private readonly CsvRecords _records;
    private readonly ColumnPlan _plan;
    private readonly LabelParser _labels;
    private readonly RowProblems _problems;
    private readonly double[] _values;
    private readonly double[] _rests;
    private bool _hasRests;

    public RowParser(CsvRecords records, ColumnPlan plan, LabelParser labels, RowProblems problems)
    {
        _records = records;
        _plan = plan;
        _labels = labels;
        _problems = problems;
        int stride = PrecisionMonitor.PaddedColumns(plan.Positions.Length);
        _values = new double[stride];
        _rests = new double[stride];
    }

    /// <summary>The numbers of the row that was parsed last.</summary>
    public ParsedRow Row => new(_values, _hasRests ? _rests : default, Label, _records.Line);

    private bool Label { get; set; }

    /// <summary>Parses the current record.</summary>
    /// <returns>What is wrong with it, or nothing; then <see cref="Row"/> holds it.</returns>
    public CsvFormatException? Parse()
    {
        if (_records.CellCount != _plan.FileColumns)
            return _problems.Ragged();
        if (_hasRests)
        {
            _rests.AsSpan().Clear();
            _hasRests = false;
        }

        int[] positions = _plan.Positions;
        for (int i = 0; i < positions.Length; i++)
        {
            var text = _records[positions[i]];
            bool parsed = CellParser.TryParse(text, out double value, out double rest)
                || (text.Contains('"') && CellParser.TryParse(Unquote.Bare(text), out value, out rest));
            if (!parsed || !double.IsFinite(value))
            {
                return _problems.Cell(positions[i]);
            }

            _values[i] = value;
            if (rest != 0)
            {
                _rests[i] = rest;
                _hasRests = true;
            }
        }

        Label = false;
        if (_plan.LabelPosition >= 0)
        {
            if (!_labels.TryParse(_records[_plan.LabelPosition], out bool label))
                return _problems.Label();
            Label = label;
        }

        return null;
    }
}
