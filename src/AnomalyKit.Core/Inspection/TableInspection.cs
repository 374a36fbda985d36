namespace AnomalyKit;

/// <summary>What a person should know of a table before a detector is fitted: its columns, and what AnomalyKit would stumble over.</summary>
/// <remarks>
/// <para>
/// One pass in memory that does not grow with the rows: per column a <see cref="QuantileSketch"/> and up to <see cref="InspectionOptions.MaxDistinctValues"/> values, and up to
/// <see cref="InspectionOptions.MaxDistinctRows"/> hashes of rows. What is exact and what an estimate is said of each number. The same rows give the same inspection on any number of threads.
/// </para>
/// <para>Immutable.</para>
/// </remarks>
public sealed class TableInspection
{
    internal TableInspection(long rowCount, IReadOnlyList<ColumnInspection> columns, IReadOnlyList<InspectionFinding> findings, long duplicateRowCount, bool hasExactDuplicateRowCount)
    {
        RowCount = rowCount;
        Columns = columns;
        Findings = findings;
        DuplicateRowCount = duplicateRowCount;
        HasExactDuplicateRowCount = hasExactDuplicateRowCount;
    }

    /// <summary>The number of rows.</summary>
    public long RowCount { get; }

    /// <summary>The columns in the order of the table.</summary>
    public IReadOnlyList<ColumnInspection> Columns { get; }

    /// <summary>What to know, what a fit would refuse first.</summary>
    public IReadOnlyList<InspectionFinding> Findings { get; }

    /// <summary>How many rows are equal to an earlier row in all feature columns: rows minus different rows. An estimate where <see cref="HasExactDuplicateRowCount"/> is false.</summary>
    public long DuplicateRowCount { get; }

    /// <summary>Whether <see cref="DuplicateRowCount"/> is exact: rows are compared by 64-bit hashes, which for a million rows errs with a probability below 10⁻⁷.</summary>
    public bool HasExactDuplicateRowCount { get; }

    /// <summary>Which columns of numbers move together.</summary>
    public TableCorrelations Correlations { get; internal init; } = new([], 0, 0, 0, 0);

    /// <summary>Whether a fit with default options would refuse the table.</summary>
    public bool BlocksFit => Findings.Any(finding => finding.BlocksFit);

    /// <summary>Looks at all rows that a reader has left.</summary>
    /// <param name="reader">The rows; it stays open.</param>
    /// <param name="options">Memory and threads; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The inspection. A table without rows is one, too.</returns>
    /// <exception cref="InvalidOperationException">The reader has no rows left, because they were read before.</exception>
    /// <exception cref="TableDataException">A cell is not what its column holds, or the source is damaged.</exception>
    /// <exception cref="IOException">The source fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableInspection Of(TableReader reader, InspectionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        using var tally = new TableTally(reader.Schema, options ?? new InspectionOptions());
        reader.ThrowIfSpent();
        while (reader.ReadBatch(tally.BatchRows, cancellationToken) is { } batch)
            tally.Add(batch, cancellationToken);
        reader.MarkSpent();
        return tally.Result();
    }

    /// <summary>Looks at the rows of a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="options">Memory and threads; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The inspection, the same as that of a reader of these rows.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TableInspection Of(FeatureTable table, InspectionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var tally = new TableTally(table.Schema, options ?? new InspectionOptions());
        for (int start = 0; start < table.RowCount; start += tally.BatchRows)
            tally.Add(table.Slice(start, Math.Min(tally.BatchRows, table.RowCount - start)), cancellationToken);
        return tally.Result();
    }

    /// <summary>Columns that a detector has learned from although they probably say which rows are anomalies.</summary>
    /// <param name="profile">The profile of the detector's training rows.</param>
    /// <returns>A finding per column of two values that is named like a label; none as a rule.</returns>
    public static IReadOnlyList<InspectionFinding> FindLikelyLabels(ReferenceProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return [.. LabelFindings.Of(profile)];
    }

    /// <summary>Columns that a detector has learned from as words although nearly all of them are numbers: with a unit or a currency beside them, in another notation, or with a few words such as <c>inf</c> among them.</summary>
    /// <param name="profile">The profile of the detector's training rows.</param>
    /// <returns>A finding per column; none as a rule. Its counts are those of the rows that the profile keeps of a long table.</returns>
    public static IReadOnlyList<InspectionFinding> FindNumbersAsWords(ReferenceProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return [.. NumberWordFindings.Of(profile)];
    }

    /// <summary>Columns of numbers that spread so differently that a detector on distances sees little but the larger ones: ask for it where a detector measures distances and its columns are not scaled.</summary>
    /// <param name="profile">The profile of the detector's training rows.</param>
    /// <returns>A finding that names the column of the largest and that of the smallest spread, if they differ 10 times or more; otherwise none. The spread is the distance of the 5 % and the 95 % quantile; columns without one are left out.</returns>
    public static IReadOnlyList<InspectionFinding> FindUnequalSpreads(ReferenceProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return [.. SpreadFindings.Of(profile)];
    }

    /// <summary>Whether the threshold of a detector rests on few of the rows that its conformal calibration set aside, so that another seed would give another threshold.</summary>
    /// <param name="detector">A fitted detector.</param>
    /// <returns>A finding if fewer than 16 of these rows lie above a threshold that a rule found in them; otherwise none.</returns>
    public static IReadOnlyList<InspectionFinding> FindFewAlertRows(TableDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return [.. ThresholdFindings.Of(detector)];
    }

    /// <summary>The inspection as JSON with names in snake case.</summary>
    /// <returns>
    /// Indented JSON: <c>format</c> (<c>anomalykit.inspection</c>), <c>version</c> (1), <c>rows</c>, <c>duplicate_rows</c> (<c>count</c>, <c>exact</c>), <c>blocks_fit</c>; <c>columns</c>, each with
    /// <c>name</c>, <c>kind</c> (<c>number</c>, <c>category</c>, <c>boolean</c>, <c>date_time</c>), <c>role</c>, <c>origin</c>, <c>missing</c>, <c>missing_fraction</c>, <c>distinct</c>
    /// (<c>count</c>, <c>exact</c>), <c>numbers</c> (<c>minimum</c>, <c>lower_quartile</c>, <c>median</c>, <c>upper_quartile</c>, <c>maximum</c>, <c>mean</c>, <c>standard_deviation</c>,
    /// <c>rank_error</c>, <c>infinite</c>) or <c>dates</c> (<c>earliest</c>, <c>median</c>, <c>latest</c>) or neither, and <c>frequent_values</c> (<c>value</c>, <c>count</c>, <c>exact</c>);
    /// <c>correlations</c> (<c>compared_columns</c>, <c>comparable_columns</c>, <c>rows</c>, <c>pair_count</c>, and <c>pairs</c>, each with <c>columns</c>, <c>rank_correlation</c> and <c>rows</c>);
    /// and <c>findings</c>, each with <c>kind</c> in snake case, <c>columns</c>, <c>message</c>, <c>advice</c> and <c>blocks_fit</c>. What is not known is null; every number is finite. Later versions may add names.
    /// </returns>
    public string ToJson() => InspectionJson.Write(this);

    /// <summary>The size of the table and the number of findings, in a line.</summary>
    /// <returns>For example <c>284807 rows, 31 columns, 3 findings</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{RowCount} rows, {Columns.Count} columns, {Findings.Count} findings");
}
