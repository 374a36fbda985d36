using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Explains the rows of a matrix block by block, on several threads.</summary>
internal sealed class MatrixAttribution(RowAttributor attributor, AttributionOptions? options)
{
    public unsafe void Run(
        FeatureMatrix data, Span<double> contributions, Span<double> baselines, Span<double> explained, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int rows = attributor.BlockRows;
        int groups = attributor.Groups.Count;
        int blocks = Blocks.Count(data.RowCount, rows);
        var runs = new EncodedRuns(data, attributor.Schema);
        var progress = new MonotoneProgress<double>(options?.Progress);
        int done = 0;
        fixed (double* pinnedContributions = contributions, pinnedBaselines = baselines, pinnedExplained = explained)
        {
            // Spans cannot be captured; addresses can, and the arrays stay pinned until every block is done.
            var (atContributions, atBaselines, atExplained) = ((nint)pinnedContributions, (nint)pinnedBaselines, (nint)pinnedExplained);
            EncodedRuns.Run attribute = (run, start) => attributor.AttributeRows(
                run,
                new Span<double>((double*)atContributions + ((long)start * groups), run.RowCount * groups),
                new Span<double>((double*)atBaselines + start, run.RowCount),
                new Span<double>((double*)atExplained + start, run.RowCount));
            ParallelBlocks.For(
                blocks,
                options?.MaxDegreeOfParallelism ?? -1,
                block =>
                {
                    int start = block * rows;
                    runs.ForEach(start, Math.Min(rows, data.RowCount - start), attribute);
                    double share = (double)Interlocked.Increment(ref done) / blocks;
                    progress.Report(share, share);
                },
                cancellationToken);
        }

        progress.Report(1, 1);
    }
}
