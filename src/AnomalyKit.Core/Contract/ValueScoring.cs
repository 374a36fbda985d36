using System.Buffers;

namespace AnomalyKit;

/// <summary>Scores rows of values, float or double, on the calling thread, block by block and without allocating.</summary>
internal static class ValueScoring
{
    private delegate EncodedRows Encoder<T>(ReadOnlySpan<T> values, FeatureSchema schema, Span<float> buffer, long firstRow);

    public static void Score(IAnomalyDetector detector, ReadOnlySpan<float> values, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(detector);
        if (values.Overlaps(scores))
            throw new ArgumentException("The scores overlap the values: they would change rows that are yet to be scored.", nameof(scores));
        Score(detector, values, scores, EncodedRows.Encode, detector.Schema.HasOffsets);
    }

    public static void Score(IAnomalyDetector detector, ReadOnlySpan<double> values, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(detector);
        Score(detector, values, scores, EncodedRows.Encode, needsBuffer: true);
    }

    private static void Score<T>(IAnomalyDetector detector, ReadOnlySpan<T> values, Span<float> scores, Encoder<T> encode, bool needsBuffer)
    {
        var schema = detector.Schema;
        int columns = schema.ColumnCount;
        if (values.Length != (long)scores.Length * columns)
        {
            throw new ArgumentException(
                $"{values.Length} values were given for {scores.Length} scores; with {columns} columns that takes {(long)scores.Length * columns} values. "
                + $"Give whole rows of the columns that the detector was fitted on: {schema}.",
                nameof(values));
        }

        int block = Math.Min(detector.BlockRows, Math.Max(scores.Length, 1));
        float[]? buffer = needsBuffer ? ArrayPool<float>.Shared.Rent(block * columns) : null;
        try
        {
            for (int start = 0; start < scores.Length; start += block)
            {
                int count = Math.Min(block, scores.Length - start);
                var rows = encode(values.Slice(start * columns, count * columns), schema, buffer, start);
                detector.ScoreRows(rows, scores.Slice(start, count));
            }
        }
        finally
        {
            if (buffer is not null)
                ArrayPool<float>.Shared.Return(buffer);
        }
    }
}
