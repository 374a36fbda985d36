namespace AnomalyKit;

/// <summary>Says how much each column contributed to the score of a row.</summary>
/// <remarks>
/// <para>
/// A positive contribution made the row more anomalous, a negative one less, for every detector. For every row, baseline + Σ contributions = explained value, to a relative 10⁻⁵. The explained
/// value is the score or grows with it: <see cref="Info"/> says what it is.
/// </para>
/// <para>
/// Immutable and safe for any number of threads. A row's contributions never depend on the rows beside it or on the number of threads. Callers have forms that take values and matrices in
/// <see cref="AttributionExtensions"/>; authors of detectors derive from this class and hand it out by <see cref="IAnomalyDetector.OwnAttributor"/>.
/// </para>
/// </remarks>
public abstract class RowAttributor
{
    /// <summary>Keeps what the attributions are of.</summary>
    /// <param name="schema">The columns of the rows: the detector's.</param>
    /// <param name="options">The groups of columns; each column by itself where they name none.</param>
    /// <exception cref="ArgumentException">The groups are of another number of columns.</exception>
    protected RowAttributor(FeatureSchema schema, AttributionOptions options)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(options);
        Schema = schema;
        Groups = options.Groups ?? ColumnGroups.Columns(schema);
        if (Groups.ColumnCount != schema.ColumnCount)
            throw new ArgumentException($"The groups are of {Groups.ColumnCount} columns; the detector was fitted on {schema.ColumnCount}: {schema}.", nameof(options));
    }

    /// <summary>What is explained, and how.</summary>
    public abstract AttributionInfo Info { get; }

    /// <summary>The columns of the rows.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>What each column belongs to: there is one contribution per group.</summary>
    public ColumnGroups Groups { get; }

    /// <summary>The most rows that are handed to <see cref="AttributeRows"/> at once: enough to amortise a call, few enough to take less than 100 ms.</summary>
    /// <value>At least 1; 256 by default.</value>
    public virtual int BlockRows => 256;

    /// <summary>Attributes encoded rows on the calling thread, without allocating once its buffers are warm.</summary>
    /// <param name="rows">At most <see cref="BlockRows"/> rows in the encoding of the detector's schema.</param>
    /// <param name="contributions">Receives, row after row, one contribution per group.</param>
    /// <param name="baselines">Receives the baseline of each row: the explained value of a row about which nothing is known. For most detectors one number for all rows.</param>
    /// <param name="explained">Receives the explained value of each row.</param>
    public abstract void AttributeRows(EncodedRows rows, Span<double> contributions, Span<double> baselines, Span<double> explained);

    /// <summary>The score that belongs to an explained value: a map that grows.</summary>
    /// <param name="explained">An explained value, or a baseline.</param>
    /// <returns>The score. The default is for attributions that explain the score itself.</returns>
    public virtual double ScoreOf(double explained) => explained;

    /// <summary>Finds the cells of a row that are wrong, where the detector knows how the columns depend on each other: the fewest cells such that the rest of the row is ordinary.</summary>
    /// <param name="row">One row in the encoding of the schema.</param>
    /// <returns>The cells, the greatest deviation first, at most one per group. Empty where no cell stands out, and by default: then reasons follow the contributions.</returns>
    /// <remarks>Contributions share the score out among all columns that depend on a wrong one. These cells are what reasons name first (<see cref="Explanation.Reasons"/>).</remarks>
    public virtual IReadOnlyList<DeviatingCell> FindCells(EncodedRows row) => [];

    /// <summary>Explains one row in full. The default has neither standard errors nor members.</summary>
    /// <param name="row">One row in the encoding of the schema.</param>
    /// <param name="score">The row's score.</param>
    /// <returns>The attribution.</returns>
    public virtual Attribution Describe(EncodedRows row, float score)
    {
        var contributions = new double[Groups.Count];
        double baseline = 0;
        double explained = 0;
        AttributeRows(row, contributions, new Span<double>(ref baseline), new Span<double>(ref explained));
        return new Attribution(this, contributions, baseline, explained) { Score = score };
    }
}
