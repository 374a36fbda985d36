namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Raises the scores of rows that depart from columns that were constant in training, by how far they depart.</summary>
/// <remarks>
/// With u the sum of a row's departures, its score s becomes 1 − (1 − s) / (1 + 8 √u): the gap to the greatest score is divided by 9 for one unit, and by 800 for 10,000. The
/// root keeps departures apart over many orders of magnitude. Only operations that IEEE 754 rounds correctly are used, so scores are the same on every machine.
/// </remarks>
internal sealed class ConstantDepartures
{
    public const double Steepness = 8;

    // A value that went through several roundings to float32, 2⁻²⁴ of it each, has not departed.
    private const double CellRounding = 1.0 / (1 << 20);

    // Rows without the schema's offset were rounded once as whole values, before the offset was taken off.
    private const double ValueRounding = 1.0 / (1 << 23);

    private readonly int[] _columns;
    private readonly float[] _values;
    private readonly double[] _tolerances;
    private readonly double[] _units;
    private readonly bool[] _isCategory;

    /// <param name="constants">The columns and their values.</param>
    /// <param name="schema">The columns that rows are scored in, or null where the model sees transformed ones, which have no offsets.</param>
    public ConstantDepartures(ConstantColumns constants, FeatureSchema? schema)
    {
        _columns = constants.Columns;
        _values = constants.Values;
        _tolerances = new double[_columns.Length];
        _units = new double[_columns.Length];
        _isCategory = new bool[_columns.Length];
        for (int i = 0; i < _columns.Length; i++)
        {
            // A known cell of a category is the level or another one: it departs by 1 or not at all.
            _isCategory[i] = schema is not null && schema.LevelCounts[_columns[i]] > 0;
            double size = Math.Abs((double)_values[i]);
            double offset = schema is null ? 0 : Math.Abs(schema.ColumnOffsets[_columns[i]]);
            _tolerances[i] = (size * CellRounding) + (offset * ValueRounding);
            _units[i] = size is 0 or > 1 ? 1 : size;
        }
    }

    /// <summary>The constant columns, ascending.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>The value of each.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>How far a cell of each may be off.</summary>
    public ReadOnlySpan<double> Tolerances => _tolerances;

    /// <summary>What counts as a departure of 1 of each.</summary>
    public ReadOnlySpan<double> Units => _units;

    /// <summary>Whether each holds codes of levels.</summary>
    public ReadOnlySpan<bool> IsCategory => _isCategory;

    /// <summary>Raises scores in place; those of rows that keep the constants stay as they are, to the bit.</summary>
    public void Raise(ReadOnlySpan<float> rows, Span<float> scores)
    {
        if (scores.IsEmpty)
            return;
        int columns = rows.Length / scores.Length;
        for (int i = 0; i < scores.Length; i++)
        {
            double departure = Departure(rows.Slice(i * columns, columns));
            if (departure > 0)
                scores[i] = (float)Raised(scores[i], departure);
        }
    }

    /// <summary>The score of a row that departs.</summary>
    /// <param name="score">Its score by the trees.</param>
    /// <param name="departure">The sum of its departures, at least 0.</param>
    public static double Raised(double score, double departure) => 1 - ((1 - score) / (1 + (Steepness * Math.Sqrt(departure))));

    /// <summary>The sum of a row's departures.</summary>
    public double Departure(ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int i = 0; i < _columns.Length; i++)
            sum += Departure(i, row);
        return sum;
    }

    /// <summary>How far a row departs from one of <see cref="Columns"/>.</summary>
    public double Departure(int constant, ReadOnlySpan<float> row)
    {
        float cell = row[_columns[constant]];
        if (cell == _values[constant] || float.IsNaN(cell))
            return 0;
        return _isCategory[constant] ? 1 : Math.Max(Math.Abs((double)cell - _values[constant]) - _tolerances[constant], 0) / _units[constant];
    }
}
