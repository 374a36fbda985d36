using System.Diagnostics;

namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>Reads the credit-card set, or another file of its kind: numbers, and a label column <c>Class</c>.</summary>
internal static class CreditCardFile
{
    /// <summary>The label column.</summary>
    public const string LabelColumn = "Class";

    /// <summary>Reads a file and, beside it on another thread, its hash.</summary>
    public static CreditCardData Load(string path, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var stopHash = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = Stopwatch.StartNew();
        var hash = Task.Run(() => UnpackedHash.ComputeAsync(path, stopHash.Token), stopHash.Token);
        try
        {
            var options = new CsvOptions { Progress = new ByteShare(progress) };
            var rows = FeatureMatrix.LoadCsv(path, LabelColumn, options: options, cancellationToken: cancellationToken);
            double seconds = watch.Elapsed.TotalSeconds;
            return new CreditCardData(rows, Path.GetFileName(path), hash.GetAwaiter().GetResult(), seconds);
        }
        catch
        {
            // The error that matters is the reading's; the hash only has to be stopped.
            stopHash.Cancel();
            ((IAsyncResult)hash).AsyncWaitHandle.WaitOne();
            throw;
        }
    }

    private sealed class ByteShare(IProgress<double> progress) : IProgress<CsvProgress>
    {
        public void Report(CsvProgress value) => progress.Report((double)value.BytesRead / Math.Max(value.TotalBytes ?? 1, 1));
    }
}
