namespace AnomalyKit;

/// <summary>Why rows have their scores: attributions of any detector.</summary>
public static class AttributionExtensions
{
    /// <summary>A way of attributing, to be kept where many rows are explained one by one: what it prepares, it prepares once.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="options">Method, background and groups; null for the detector's own way, by column.</param>
    /// <returns>The detector's own attributor; a <see cref="SamplingAttributor"/> where it has none, or where the options ask for one.</returns>
    /// <exception cref="ArgumentException">The groups or the background do not have the detector's columns.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    public static RowAttributor CreateAttributor(this IAnomalyDetector detector, AttributionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        options ??= new AttributionOptions();
        if (options.SamplingBackground is null && detector.Profile?.Rows is { } rows)
            options = options with { SamplingBackground = rows };
        return (options.UseSampling ? null : detector.OwnAttributor(options)) ?? SamplingAttributor.Of(detector, options);
    }

    /// <summary>Explains the score of one row of values.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="row">One value per column, in the order of the detector's schema.</param>
    /// <param name="options">Method, background and groups; null for the detector's own way, by column.</param>
    /// <returns>The attribution.</returns>
    /// <exception cref="ArgumentException">The row has another number of values, or the options do not fit the detector.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite where the column does not allow it.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    public static Attribution Attribute(this IAnomalyDetector detector, ReadOnlySpan<float> row, AttributionOptions? options = null)
    {
        var attributor = CreateAttributor(detector, options);
        RowAttribution.ThrowIfNotOneRow(row.Length, detector.Schema, nameof(row));
        return RowAttribution.Of(detector, attributor, EncodedRows.Encode(row, detector.Schema, new float[row.Length]));
    }

    /// <inheritdoc cref="Attribute(IAnomalyDetector, ReadOnlySpan{float}, AttributionOptions)"/>
    public static Attribution Attribute(this IAnomalyDetector detector, ReadOnlySpan<double> row, AttributionOptions? options = null)
    {
        var attributor = CreateAttributor(detector, options);
        RowAttribution.ThrowIfNotOneRow(row.Length, detector.Schema, nameof(row));
        return RowAttribution.Of(detector, attributor, EncodedRows.Encode(row, detector.Schema, new float[row.Length]));
    }

    /// <summary>Explains the score of one row of a matrix.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows of the detector's columns.</param>
    /// <param name="row">The zero-based row.</param>
    /// <param name="options">Method, background and groups; null for the detector's own way, by column.</param>
    /// <returns>The attribution.</returns>
    /// <exception cref="ArgumentException">The data has other columns than the detector, or the options do not fit the detector.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite where the column does not allow it.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    public static Attribution Attribute(this IAnomalyDetector detector, FeatureMatrix data, int row, AttributionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return RowAttribution.Of(detector, CreateAttributor(detector, options), data, row);
    }

    /// <summary>Explains the scores of the rows of a matrix.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="data">Rows of the detector's columns; as many as fit into one array of contributions.</param>
    /// <param name="options">Method, background, groups, threads and progress; null for the detector's own way, by column, on all processors.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The attributions, the same at any number of threads.</returns>
    /// <exception cref="ArgumentException">The data has other columns than the detector, more rows than fit, or the options do not fit the detector.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite where the column does not allow it.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static AttributionBatch Attribute(
        this IAnomalyDetector detector, FeatureMatrix data, AttributionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var attributor = CreateAttributor(detector, options);
        long cells = (long)data.RowCount * attributor.Groups.Count;
        if (cells > Array.MaxLength)
            throw new ArgumentException($"{data.RowCount} rows make {cells} contributions, more than an array holds. Explain them in parts.", nameof(data));
        var contributions = new double[cells];
        var baselines = new double[data.RowCount];
        var explained = new double[data.RowCount];
        attributor.Attribute(data, contributions, baselines, explained, options, cancellationToken);
        return new AttributionBatch(attributor, contributions, baselines, explained);
    }

    /// <summary>Explains the scores of the rows of a matrix into the caller's spans.</summary>
    /// <param name="attributor">What <see cref="CreateAttributor"/> gave.</param>
    /// <param name="data">Rows of the detector's columns.</param>
    /// <param name="contributions">Receives, row after row, one contribution per group.</param>
    /// <param name="baselines">Receives the baseline of each row.</param>
    /// <param name="explained">Receives the explained value of each row.</param>
    /// <param name="options">Threads and progress; the rest was settled when the attributor was made.</param>
    /// <param name="cancellationToken">Stops the work; what is written so far stays.</param>
    /// <exception cref="ArgumentException">The data has other columns than the detector, or a span has another length.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite where the column does not allow it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Attribute(
        this RowAttributor attributor,
        FeatureMatrix data,
        Span<double> contributions,
        Span<double> baselines,
        Span<double> explained,
        AttributionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attributor);
        ArgumentNullException.ThrowIfNull(data);
        RowChecks.ThrowIfOtherColumns(attributor.Schema, data.Schema, nameof(data));
        if (contributions.Length != (long)data.RowCount * attributor.Groups.Count || baselines.Length != data.RowCount || explained.Length != data.RowCount)
        {
            throw new ArgumentException(
                $"Room for {contributions.Length} contributions, {baselines.Length} baselines and {explained.Length} values; "
                + $"{data.RowCount} rows of {attributor.Groups.Count} groups take {(long)data.RowCount * attributor.Groups.Count}, {data.RowCount} and {data.RowCount}.",
                nameof(contributions));
        }

        new MatrixAttribution(attributor, options).Run(data, contributions, baselines, explained, cancellationToken);
    }
}
