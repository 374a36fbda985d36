using System.Diagnostics;

namespace AnomalyKit.Serving.Loading;

/// <summary>Explains a row by a model before it is served, so that the first request for reasons need not find out what is typical of each column.</summary>
/// <remarks>Used by one loader at a time.</remarks>
/// <param name="maxTime">The longest time that a round spends on it: models that come later are served as they are.</param>
internal sealed class ModelWarmUp(Func<TimeSpan> maxTime)
{
    private static readonly ExplanationOptions Options = new() { MaxReasons = 1, Counterfactual = null };

    private TimeSpan _left = maxTime();

    /// <summary>Begins a round, with all of the time.</summary>
    public void BeginRound() => _left = maxTime();

    /// <summary>Warms a model up, as far as there is time.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run(ServedModel model, CancellationToken cancellationToken)
    {
        if (_left <= TimeSpan.Zero)
            return;
        long start = Stopwatch.GetTimestamp();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(_left);
        // Dates are of one kind or the other, which a schema does not tell.
        if (!TryExplain(model, datesAreUtc: false, late.Token))
            TryExplain(model, datesAreUtc: true, late.Token);
        _left -= Stopwatch.GetElapsedTime(start);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static bool TryExplain(ServedModel model, bool datesAreUtc, CancellationToken cancellationToken)
    {
        try
        {
            model.GetExplainer().Explain(AnyRow(model.Columns, datesAreUtc), Options, cancellationToken);
            return true;
        }
        catch (Exception)
        {
            // A model that cannot explain, or that explains other rows only: requests are told so. Nothing here may keep it from being served.
            return false;
        }
    }

    private static FeatureTable AnyRow(TableSchema columns, bool datesAreUtc) => new(columns.Fields.Select(field => (TableColumn)(field.Kind switch
    {
        ColumnKind.Number => new DoubleColumn(field.Name, new double[1]),
        ColumnKind.Boolean => new BooleanColumn(field.Name, new sbyte[1]),
        ColumnKind.DateTime => new DateTimeColumn(field.Name, (long[])[DateTime.UnixEpoch.Ticks], datesAreUtc),
        _ => CategoryColumn.FromWords(field.Name, ["any"]),
    })));
}
