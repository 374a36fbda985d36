using System.Buffers;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Explains the rows of a matrix block by block, on several threads.</summary>
internal sealed class MatrixAttribution(RowAttributor attributor, AttributionOptions? options)
{
    public unsafe void Run(
        FeatureMatrix data, Span<double> contributions, Span<double> baselines, Span<double> explained, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rebase = SchemaRebase.Between(data.Schema, attributor.Schema);
        int rows = attributor.BlockRows;
        int blocks = Blocks.Count(data.RowCount, rows);
        var progress = new MonotoneProgress<double>(options?.Progress);
        int done = 0;
        fixed (double* pinnedContributions = contributions, pinnedBaselines = baselines, pinnedExplained = explained)
        {
            // Spans cannot be captured; addresses can, and the arrays stay pinned until every block is done.
            var target = new Target((nint)pinnedContributions, (nint)pinnedBaselines, (nint)pinnedExplained);
            ParallelBlocks.For(
                blocks,
                options?.MaxDegreeOfParallelism ?? -1,
                block =>
                {
                    int start = block * rows;
                    AttributeBlock(data, start, Math.Min(rows, data.RowCount - start), target, rebase);
                    double share = (double)Interlocked.Increment(ref done) / blocks;
                    progress.Report(share, share);
                },
                cancellationToken);
        }

        progress.Report(1, 1);
    }

    private unsafe void AttributeBlock(FeatureMatrix data, int start, int count, Target target, SchemaRebase? rebase)
    {
        int columns = attributor.Schema.ColumnCount;
        int groups = attributor.Groups.Count;
        while (count > 0)
        {
            var cells = data.ContiguousCells(start, count);
            int taken = cells.Length / columns;
            var contributions = new Span<double>((double*)target.Contributions + ((long)start * groups), taken * groups);
            var baselines = new Span<double>((double*)target.Baselines + start, taken);
            var explained = new Span<double>((double*)target.Explained + start, taken);
            if (rebase is null)
            {
                attributor.AttributeRows(EncodedRows.Check(cells, attributor.Schema, start), contributions, baselines, explained);
            }
            else
            {
                float[] buffer = ArrayPool<float>.Shared.Rent(cells.Length);
                var rebased = buffer.AsSpan(0, cells.Length);
                rebase.Apply(cells, rebased);
                attributor.AttributeRows(EncodedRows.Check(rebased, attributor.Schema, start), contributions, baselines, explained);
                ArrayPool<float>.Shared.Return(buffer);
            }

            start += taken;
            count -= taken;
        }
    }

    private readonly record struct Target(nint Contributions, nint Baselines, nint Explained);
}
