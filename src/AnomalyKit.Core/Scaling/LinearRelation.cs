namespace AnomalyKit;

/// <summary>An exact linear relation between columns that all training rows keep: Σ weight · cell = origin, up to rounding. A constant column is a relation of one column.</summary>
/// <remarks>
/// <para>
/// How far a row is off: what |Σ weight · cell − origin| exceeds the rounding of the row's own cells (4 · 2⁻²⁴ · Σ |weight · cell|) and <see cref="Tolerance"/> by,
/// divided by <see cref="Scale"/>. It is 0 for every training row, and for new rows that keep the relation but for the rounding of float32.
/// </para>
/// <para>Immutable and thread-safe. Relations of equal parameters are equal.</para>
/// </remarks>
public sealed class LinearRelation : IEquatable<LinearRelation>
{
    /// <summary>The share of its size that a cell may be off by rounding: 4 · 2⁻²⁴, four times what rounding to float32 once leaves.</summary>
    public const double RoundingFraction = 4.0 / (1 << 24);

    // Products with any float32, and sums of them, stay finite.
    private const double Largest = 1e200;

    private readonly int[] _columns;
    private readonly double[] _weights;

    /// <summary>Sets the parameters.</summary>
    /// <param name="columns">The zero-based columns, ascending.</param>
    /// <param name="weights">One number of at most 1e200 in size for each column.</param>
    /// <param name="origin">What the weighted sum of the cells is; at most 1e200 in size.</param>
    /// <param name="tolerance">How far it may be off beyond rounding; finite, at least 0.</param>
    /// <param name="scale">What counts as a distance of 1 beyond that; finite, above 0.</param>
    /// <exception cref="ArgumentException">The counts differ or are zero, columns do not ascend, or a number is out of range.</exception>
    public LinearRelation(ReadOnlySpan<int> columns, ReadOnlySpan<double> weights, double origin, double tolerance, double scale)
    {
        if (columns.IsEmpty || columns.Length != weights.Length)
            throw new ArgumentException($"{columns.Length} columns and {weights.Length} weights; give one weight for each column.", nameof(weights));
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] < 0 || (i > 0 && columns[i] <= columns[i - 1]))
                throw new ArgumentException($"Column {columns[i]} is at index {i}. Columns must be in ascending order, starting from 0.", nameof(columns));
            if (!(Math.Abs(weights[i]) <= Largest))
                throw new ArgumentException(FormattableString.Invariant($"The weight of column {columns[i]} is {weights[i]}; it must be at most {Largest} in size."), nameof(weights));
        }

        if (!(Math.Abs(origin) <= Largest))
            throw new ArgumentOutOfRangeException(nameof(origin), origin, FormattableString.Invariant($"The origin must be at most {Largest} in size."));
        if (!(tolerance >= 0 && double.IsFinite(tolerance)))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be finite and at least 0.");
        if (!(scale > 0 && double.IsFinite(1 / scale)))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale must be above 0, and its reciprocal finite.");
        _columns = columns.ToArray();
        _weights = weights.ToArray();
        Origin = origin;
        Tolerance = tolerance;
        Scale = scale;
    }

    /// <summary>The zero-based columns, ascending.</summary>
    public ReadOnlySpan<int> Columns => _columns;

    /// <summary>One weight for each of <see cref="Columns"/>.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>What the weighted sum of the cells is in the training rows.</summary>
    public double Origin { get; }

    /// <summary>How far training rows were off beyond rounding; 0 as a rule.</summary>
    public double Tolerance { get; }

    /// <summary>What counts as a distance of 1: the rounding of ordinary rows, and never more than the column's standard deviation (of a constant column, than 1).</summary>
    public double Scale { get; }

    /// <summary>How far a row is off.</summary>
    /// <param name="row">The cells of a row, all finite.</param>
    /// <returns>At least 0; 0 for rows that keep the relation.</returns>
    public double Distance(ReadOnlySpan<float> row)
    {
        var (residual, magnitude) = Residual(row);
        return Math.Max(0, (Math.Abs(residual) - (RoundingFraction * magnitude) - Tolerance) / Scale);
    }

    /// <inheritdoc/>
    public bool Equals(LinearRelation? other) => other is not null
        && Origin == other.Origin && Tolerance == other.Tolerance && Scale == other.Scale
        && _columns.AsSpan().SequenceEqual(other._columns) && _weights.AsSpan().SequenceEqual(other._weights);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LinearRelation);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_columns.Length, _columns[0], _weights[0], Origin);

    /// <summary>The same relation with another tolerance and scale.</summary>
    /// <param name="tolerance">The new tolerance.</param>
    /// <param name="scale">The new scale.</param>
    /// <returns>A new relation.</returns>
    public LinearRelation With(double tolerance, double scale) => new(_columns, _weights, Origin, tolerance, scale);

    /// <summary>How far a row's weighted sum is from the origin, and the size that its rounding is relative to.</summary>
    /// <param name="row">The cells of a row, all finite.</param>
    /// <returns>Σ weight · cell − origin, and Σ |weight · cell|.</returns>
    public (double Residual, double Magnitude) Residual(ReadOnlySpan<float> row)
    {
        double sum = -Origin;
        double magnitude = 0;
        for (int i = 0; i < _columns.Length; i++)
        {
            double term = _weights[i] * row[_columns[i]];
            sum += term;
            magnitude += Math.Abs(term);
        }

        return (sum, magnitude);
    }
}
