using System.Threading.Channels;
using AnomalyKit;
using AnomalyKit.Samples.Streaming;

// Payments arrive one by one. After 15,000 of them prices rise, the monitor notices, and a new detector takes over while the stream goes on.
var current = WatchedDetector.Fit(PaymentSource.History(10_000));
Refit? refit = null;
int alerts = 0, first = 1, last = 0;

var channel = Channel.CreateBounded<Payment>(1_000);
var source = PaymentSource.WriteAsync(channel.Writer, count: 40_000, inflationAfter: 15_000);

// Micro-batches: 100 rows at once cost less than 100 times one row, and the scores are the same.
await foreach (Payment[] batch in channel.Reader.ReadAllAsync().Chunk(100))
{
    FeatureTable rows = Payment.Table.Read(batch);
    float[] scores = current.Detector.Score(rows);
    for (int row = 0; row < batch.Length; row++)
    {
        if (scores[row] > current.Detector.Threshold && ++alerts <= 2)
            Console.WriteLine($"ALERT payment {batch[row].Id:N0}, score {scores[row]:F3}: {current.Detector.Explain(rows, row).Reasons[0].Sentence}");
    }

    last = batch[^1].Id;
    if (refit is not null)
    {
        refit.Add(batch);
        if (refit.IsDue)
        {
            // The swap is an assignment: the next batch is scored by the new detector.
            current = await refit.Result;
            refit = null;
            Summarize("a new detector takes over");
        }
    }
    else if (current.NoticesDrift(rows))
    {
        Summarize($"drift of {string.Join(" and ", current.DriftedColumns)}; the next {Refit.Rows:N0} payments are for a new detector");
        refit = new Refit();
    }
}

await source;
Summarize("the stream ends");

void Summarize(string news)
{
    int count = last - first + 1;
    Console.WriteLine($"payments {first:N0} to {last:N0}: {alerts} alerts, {1000.0 * alerts / count:F1} per 1,000; {news}");
    (alerts, first) = (0, last + 1);
}
