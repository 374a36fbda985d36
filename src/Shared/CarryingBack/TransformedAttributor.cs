using System.Buffers;

namespace AnomalyKit.CarryingBack;

/// <summary>Attributes rows whose model sees their images under a transform, and adds columns up by group.</summary>
internal abstract class TransformedAttributor : RowAttributor
{
    protected TransformedAttributor(FeatureTransform transform, FeatureSchema schema, AttributionOptions options, AttributionInfo info)
        : base(schema, options)
    {
        Transform = transform;
        Info = info;
    }

    public sealed override AttributionInfo Info { get; }

    protected FeatureTransform Transform { get; }

    public sealed override void AttributeRows(EncodedRows rows, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        if (rows.ColumnCount != Schema.ColumnCount && rows.RowCount > 0)
            throw new ArgumentException($"The rows have {rows.ColumnCount} columns; the detector was fitted on {Schema.ColumnCount}: {Schema}.", nameof(rows));
        if (contributions.Length != (long)rows.RowCount * Groups.Count || baselines.Length != rows.RowCount || explained.Length != rows.RowCount)
        {
            throw new ArgumentException(
                $"Room for {contributions.Length} contributions, {baselines.Length} baselines and {explained.Length} values; there are {rows.RowCount} rows of {Groups.Count} groups.",
                nameof(contributions));
        }

        int images = Transform.IsIdentity ? 0 : rows.RowCount * Transform.OutputColumns;
        int cells = Groups.AreColumns ? 0 : rows.Cells.Length;
        float[] imageBuffer = ArrayPool<float>.Shared.Rent(images);
        double[] columnBuffer = ArrayPool<double>.Shared.Rent(cells);
        try
        {
            var columns = Groups.AreColumns ? contributions : columnBuffer.AsSpan(0, cells);
            columns.Clear();
            if (!Transform.IsIdentity)
                Transform.Apply(rows.Cells, imageBuffer.AsSpan(0, images));
            AttributeImages(rows.Cells, Transform.IsIdentity ? rows.Cells : imageBuffer.AsSpan(0, images), columns, baselines, explained);
            for (int row = 0; row < rows.RowCount && !Groups.AreColumns; row++)
                Groups.Sum(columns.Slice(row * rows.ColumnCount, rows.ColumnCount), contributions.Slice(row * Groups.Count, Groups.Count));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(imageBuffer);
            ArrayPool<double>.Shared.Return(columnBuffer);
        }
    }

    /// <summary>Attributes rows.</summary>
    /// <param name="rows">The cells of the rows.</param>
    /// <param name="images">The cells of their images.</param>
    /// <param name="contributions">One number per column of the rows: zeros, to which contributions are added.</param>
    /// <param name="baselines">Receives one baseline per row.</param>
    /// <param name="explained">Receives one explained value per row.</param>
    protected abstract void AttributeImages(ReadOnlySpan<float> rows, ReadOnlySpan<float> images, Span<double> contributions, Span<double> baselines, Span<double> explained);
}
