using System.Buffers;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Prepares and scores the rows of a table block by block, so that no matrix of all of them is made.</summary>
internal sealed class TableScoring(FittedPreparation preparation, IAnomalyDetector detector)
{
    public IAnomalyDetector Detector => detector;

    /// <param name="table">The rows.</param>
    /// <param name="scores">One per row.</param>
    /// <param name="firstRow">The number of the first row in its source, for errors.</param>
    /// <param name="maxThreads">The most threads, or −1 for all processors.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    public unsafe void Run(FeatureTable table, Span<float> scores, long firstRow, int maxThreads, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bound = preparation.Bind(table);
        int blockRows = detector.BlockRows;
        int blocks = Blocks.Count(table.RowCount, blockRows);
        fixed (float* pinned = scores)
        {
            // A span cannot be captured; the address can, and the array stays pinned until every block is done.
            nint address = (nint)pinned;
            ParallelBlocks.For(
                blocks,
                maxThreads,
                block =>
                {
                    int start = block * blockRows;
                    int count = Math.Min(blockRows, table.RowCount - start);
                    ScoreBlock(bound, start, firstRow, new Span<float>((float*)address + start, count));
                },
                cancellationToken);
        }
    }

    private void ScoreBlock(TableColumn[] bound, int start, long firstRow, Span<float> scores)
    {
        int columns = preparation.Output.ColumnCount;
        float[] buffer = ArrayPool<float>.Shared.Rent(checked(scores.Length * columns));
        try
        {
            var cells = buffer.AsSpan(0, scores.Length * columns);
            preparation.Encode(bound, start, scores.Length, cells, firstRow);
            detector.ScoreRows(EncodedRows.Trusted(cells, columns), scores);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }
}
