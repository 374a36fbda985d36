using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace AnomalyKit.Samples.Worker;

/// <summary>Takes payments as they come, as many at a time as are there, and says which of them are anomalies, and why.</summary>
internal sealed class AlertWorker(Channel<Payment> channel, IDetectorPool detectors, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int BatchRows = 1000;

    private readonly List<Payment> _batch = new(BatchRows);
    private readonly float[] _scores = new float[BatchRows];
    private long _alerts;
    private long _refused;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await detectors.WaitUntilReadyAsync(stoppingToken);
        while (await channel.Reader.WaitToReadAsync(stoppingToken))
        {
            _batch.Clear();
            while (_batch.Count < BatchRows && channel.Reader.TryRead(out var payment))
                _batch.Add(payment);
            // One model for the whole batch; the next batch takes what is served then.
            Score(detectors.GetModel("payments"), stoppingToken);
        }

        var model = detectors.GetModel("payments");
        Console.WriteLine($"{model.Counts.Rows:N0} payments, {_alerts:N0} alerts, {_refused:N0} refused. {Drift(model)}");
        lifetime.StopApplication();
    }

    private void Score(ServedModel model, CancellationToken stoppingToken)
    {
        while (_batch.Count > 0)
        {
            try
            {
                var rows = Payment.Rows.Read(_batch, stoppingToken);
                model.Score(rows, _scores.AsSpan(0, _batch.Count), stoppingToken);
                Alert(model, rows);
                return;
            }
            catch (TableDataException e)
            {
                // One bad row must not end the worker, nor cost the others of its batch. They are scored without it.
                Refuse(e);
            }
        }
    }

    private void Refuse(TableDataException problem)
    {
        // A row that is not known is the whole batch: the model has a column, for example, that payments have not.
        var (first, count) = problem.Row >= 0 ? ((int)problem.Row, 1) : (0, _batch.Count);
        Console.WriteLine($"REFUSED payment {_batch[first].Id}{(count > 1 ? $" and {count - 1} more" : "")}: {problem.Message}");
        _refused += count;
        _batch.RemoveRange(first, count);
    }

    private void Alert(ServedModel model, FeatureTable rows)
    {
        for (int row = 0; row < rows.RowCount; row++)
        {
            if (!model.IsAnomaly(_scores[row]))
                continue;
            _alerts++;
            if (_alerts <= 5)
                Console.WriteLine($"ALERT payment {_batch[row].Id}, score {_scores[row]:F3}: {Why(model, rows, row)}");
        }
    }

    private static string Why(ServedModel model, FeatureTable rows, int row) =>
        string.Join(' ', model.GetExplainer().Explain(rows.Slice(row, 1))[0].Reasons.Select(reason => reason.Sentence));

    private static string Drift(ServedModel model) => model.Monitor?.Snapshot() switch
    {
        null => "The model is not watched.",
        { IsDrifted: true } => "The payments are not what they were.",
        { Comparison: null } drift => $"{drift.SampledRows:N0} of them were looked at: too few for a comparison.",
        _ => "They look as they did.",
    };
}
