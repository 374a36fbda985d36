using AnomalyKit.Serving.Monitors;

namespace AnomalyKit;

/// <summary>The rows of one request: scored part by part, and counted and watched for drift only once the request is answered.</summary>
/// <remarks>
/// <para>A request that is refused at its end, because it has too many rows or a bad one, then leaves no trace in counts, meters and drift. <see cref="ServedModel.Score(FeatureTable, Span{float}, CancellationToken)"/> counts rows at once.</para>
/// <para>For one thread at a time. Between two completions it keeps the rows that were sampled for the monitor, 1,024 at most, and no others.</para>
/// </remarks>
public sealed class ModelRequest
{
    private readonly ServedModel _model;
    private List<SampledRows>? _sampled;
    private int _sampledRows;
    private long _skipped;
    private long _rows;
    private long _anomalies;

    internal ModelRequest(ServedModel model) => _model = model;

    /// <summary>Scores rows on the calling thread. They are not counted yet.</summary>
    /// <param name="rows">Rows with the columns of <see cref="ServedModel.Columns"/>, found by name in any order; further columns are left alone.</param>
    /// <param name="scores">Receives one score per row; higher is more anomalous.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <exception cref="ArgumentException">There is not one score per row.</exception>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Score(FeatureTable rows, Span<float> scores, CancellationToken cancellationToken = default)
    {
        _model.ScoreUncounted(rows, scores, cancellationToken);
        _rows += scores.Length;
        _anomalies += ModelCounts.AnomaliesAmong(scores, _model.Threshold);
        if (_model.Monitor?.Pick(rows, scores, _sampledRows) is not { } picked)
            return;
        _skipped += picked.Skipped;
        if (picked.Rows is null)
            return;
        (_sampled ??= []).Add(picked);
        _sampledRows += picked.Scores.Length;
    }

    /// <summary>Counts the rows that were scored since the last completion, and offers them to the monitor: they were answered. It may go on with further rows.</summary>
    public void Complete()
    {
        if (_rows > 0)
            _model.Counts.AddRows(_rows, _anomalies);
        if (_sampledRows > 0 || _skipped > 0)
            _model.Monitor!.Keep(_sampled, _skipped);
        Discard();
    }

    /// <summary>Forgets the rows that were scored since the last completion: they were not answered.</summary>
    public void Discard()
    {
        _sampled?.Clear();
        (_rows, _anomalies, _sampledRows, _skipped) = (0, 0, 0, 0);
    }
}
