using System.Buffers;
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
        var rebase = RowsAreChecked ? null : SchemaRebase.Between(data.Schema, _schema);
        int blocks = Blocks.Count(data.RowCount, _blockRows);
        var progress = new MonotoneProgress<double>(Progress);
        int done = 0;
        fixed (float* pinned = scores)
        {
            // A span cannot be captured; the address can, and the array stays pinned until every block is done.
            nint address = (nint)pinned;
            ParallelBlocks.For(
                blocks,
                MaxDegreeOfParallelism,
                block =>
                {
                    int start = block * _blockRows;
                    int count = Math.Min(_blockRows, data.RowCount - start);
                    ScoreBlock(data, start, new Span<float>((float*)address + start, count), rebase);
                    double share = (double)Interlocked.Increment(ref done) / blocks;
                    progress.Report(share, share);
                },
                cancellationToken);
        }

        progress.Report(1, 1);
    }

    private void ScoreBlock(FeatureMatrix data, int start, Span<float> scores, SchemaRebase? rebase)
    {
        int columns = _schema.ColumnCount;
        while (!scores.IsEmpty)
        {
            var rows = data.ContiguousCells(start, scores.Length);
            int count = rows.Length / columns;
            if (rebase is null)
            {
                _scorer(RowsAreChecked ? EncodedRows.Trusted(rows, columns) : EncodedRows.Check(rows, _schema, start), scores[..count]);
            }
            else
            {
                float[] buffer = ArrayPool<float>.Shared.Rent(rows.Length);
                var rebased = buffer.AsSpan(0, rows.Length);
                rebase.Apply(rows, rebased);
                _scorer(EncodedRows.Check(rebased, _schema, start), scores[..count]);
                ArrayPool<float>.Shared.Return(buffer);
            }

            scores = scores[count..];
            start += count;
        }
    }

    private sealed class FitReport(FitContext context) : IProgress<double>
    {
        public void Report(double value) => context.Report("scoring the training rows", value);
    }
}
