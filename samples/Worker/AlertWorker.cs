using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace AnomalyKit.Samples.Worker;

/// <summary>Takes payments as they come, as many at a time as are there, and says which of them are anomalies, and why.</summary>
internal sealed class AlertWorker(Channel<Payment> channel, IDetectorPool detectors, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int BatchRows = 1000;

    private readonly List<Payment> _batch = new(BatchRows);
    private readonly float[] _scores = new float[BatchRows];
    private readonly double[] _values = new double[BatchRows * Payment.Columns.Count];
    private long _alerts;

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
        Console.WriteLine($"{model.Counts.Rows:N0} payments, {_alerts:N0} alerts. {Drift(model)}");
        lifetime.StopApplication();
    }

    private void Score(ServedModel model, CancellationToken stoppingToken)
    {
        int columns = model.Columns.ColumnCount;
        for (int row = 0; row < _batch.Count; row++)
            _batch[row].CopyTo(_values.AsSpan(row * columns, columns));
        var scores = _scores.AsSpan(0, _batch.Count);
        model.Score(_values.AsSpan(0, _batch.Count * columns), scores, stoppingToken);
        for (int row = 0; row < scores.Length; row++)
        {
            if (!model.IsAnomaly(scores[row]))
                continue;
            _alerts++;
            if (_alerts <= 5)
                Console.WriteLine($"ALERT payment {_batch[row].Id}, score {scores[row]:F3}: {Why(model, row)}");
        }
    }

    private string Why(ServedModel model, int row)
    {
        var payment = _batch[row];
        var table = model.Rows.Read(new Dictionary<string, object?> { ["amount"] = payment.Amount, ["hour"] = payment.Hour, ["distance"] = payment.Distance });
        return string.Join(' ', model.Detector.Explain(table, 0).Reasons.Select(reason => reason.Sentence));
    }

    private static string Drift(ServedModel model) => model.Monitor?.Snapshot() switch
    {
        null => "The model is not watched.",
        { IsDrifted: true } => "The payments are not what they were.",
        { Comparison: null } drift => $"{drift.SampledRows:N0} of them were looked at: too few for a comparison.",
        _ => "They look as they did.",
    };
}
