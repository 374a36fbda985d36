using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Scores the rows of a matrix block by block, on several threads.</summary>
internal sealed class MatrixScoring
{
    private readonly RowScorer _scorer;
    private readonly FeatureSchema _schema;
    private readonly int _blockRows;

    private MatrixScoring(RowScorer scorer, FeatureSchema schema, int blockRows)
    {
        _scorer = scorer;
        _schema = schema;
        _blockRows = blockRows;
    }

    /// <summary>The threads to use at most; −1 for all processors.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;

    /// <summary>Whether the cells were checked before and are in the scorer's own schema.</summary>
    public bool RowsAreChecked { get; init; }

    /// <summary>Receives the share of the rows that are scored.</summary>
    public IProgress<double>? Progress { get; init; }

    public static MatrixScoring By(IAnomalyDetector detector, ScoreOptions? options, bool rowsAreChecked = false) =>
        new(detector.ScoreRows, detector.Schema, detector.BlockRows)
        {
            MaxDegreeOfParallelism = options?.MaxDegreeOfParallelism ?? -1,
            Progress = options?.Progress,
            RowsAreChecked = rowsAreChecked,
        };

    public static MatrixScoring By(DetectorModel model, FeatureSchema schema, FitContext context) => new(model.ScoreRows, schema, model.BlockRows)
    {
        MaxDegreeOfParallelism = context.Threads,
        Progress = new FitReport(context),
        RowsAreChecked = true,
    };

    public unsafe void Run(FeatureMatrix data, Span<float> scores, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var runs = new EncodedRuns(data, _schema, RowsAreChecked);
        int blocks = Blocks.Count(data.RowCount, _blockRows);
        var progress = new MonotoneProgress<double>(Progress);
        int done = 0;
        fixed (float* pinned = scores)
        {
            // A span cannot be captured; the address can, and the array stays pinned until every block is done.
            nint address = (nint)pinned;
            EncodedRuns.Run score = (rows, start) => _scorer(rows, new Span<float>((float*)address + start, rows.RowCount));
            ParallelBlocks.For(
                blocks,
                MaxDegreeOfParallelism,
                block =>
                {
                    int start = block * _blockRows;
                    runs.ForEach(start, Math.Min(_blockRows, data.RowCount - start), score);
                    double share = (double)Interlocked.Increment(ref done) / blocks;
                    progress.Report(share, share);
                },
                cancellationToken);
        }

        progress.Report(1, 1);
    }

    private sealed class FitReport(FitContext context) : IProgress<double>
    {
        public void Report(double value) => context.Report("scoring the training rows", value);
    }
}
