using System.Buffers;
using AnomalyKit.CarryingBack;
using AnomalyKit.EllipticEnvelope.Cells;
using AnomalyKit.EllipticEnvelope.Kernels;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Shapley values of squared Mahalanobis distances, in closed form: column j gets (x − μ)ⱼ [Σ⁻¹ (x − μ)]ⱼ. What a row is charged with for broken relations goes to their columns.</summary>
internal sealed unsafe class EnvelopeAttributor : TransformedAttributor
{
    private const int TileRows = 64;

    private static readonly AttributionInfo Description = new(
        "mahalanobis-shapley",
        "the score: the squared Mahalanobis distance",
        isExact: true,
        "M. Mayrhofer, P. Filzmoser: Multivariate outlier explanations using Shapley values and Mahalanobis distances, Econometrics and Statistics, 2023");

    private readonly EllipticEnvelopeModel _model;
    private readonly IRowKernel _kernel;
    private readonly DependentColumns _dependent;
    private readonly BrokenRelations _broken;
    private readonly BackMap _back;
    private readonly Lazy<EnvelopeCells?> _cells;

    public EnvelopeAttributor(FeatureTransform transform, EllipticEnvelopeModel model, IRowKernel kernel, FeatureSchema schema, AttributionOptions options)
        : base(transform, schema, options, Description)
    {
        _model = model;
        _kernel = kernel;
        _dependent = new DependentColumns(model.Relations, model.Columns, model.Factor, model.Rank);
        _broken = new BrokenRelations(model.Relations, model.Location, _dependent.Deviations);
        int columns = model.Location.Length;
        var spread = new double[model.Rank * columns];
        for (int i = 0; i < model.Rank; i++)
        {
            for (int j = 0; j < columns; j++)
                spread[(i * columns) + j] = model.Map.Weights[(j * model.Map.Stride) + i];
        }

        _dependent.Spread(spread, columns);
        _back = new BackMap(spread, columns);
        _cells = new Lazy<EnvelopeCells?>(() => EnvelopeCells.Of(Transform, Schema, Groups, _model, _dependent.Deviations));
    }

    public override int BlockRows => (int)Math.Clamp((1L << 25) / ((long)_model.Map.InputColumns * _model.Map.Stride), 1, 256);

    public override double ScoreOf(double explained) => (float)Math.Min(explained, float.MaxValue);

    public override IReadOnlyList<DeviatingCell> FindCells(EncodedRows row)
    {
        if (row.RowCount != 1 || row.ColumnCount != Schema.ColumnCount)
            throw new ArgumentException($"{row.RowCount} rows of {row.ColumnCount} columns were given; one row of {Schema.ColumnCount} was expected.", nameof(row));
        return _cells.Value?.Find(row.Cells) ?? [];
    }

    protected override void AttributeImages(ReadOnlySpan<float> rows, ReadOnlySpan<float> images, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        baselines.Clear();
        var map = _model.Map;
        int columns = map.InputColumns;
        int mapped = TileRows * map.Stride;
        int slopes = TileRows * _back.Stride;
        double[] buffer = ArrayPool<double>.Shared.Rent(mapped + slopes + (4 * map.InputStride));
        fixed (float* source = images)
        fixed (double* working = buffer, lengths = explained, products = contributions, center = map.Center)
        {
            for (int start = 0; start < explained.Length; start += TileRows)
            {
                int count = Math.Min(TileRows, explained.Length - start);
                float* tile = source + ((long)start * columns);
                _kernel.Map(map, tile, count, working, working + mapped + slopes);
                _kernel.SquaredLengths(working, count, map.Stride, lengths + start);
                _kernel.MapBack(_back, working, map.Stride, count, working + mapped);
                if (Transform.IsIdentity && _broken.Count == 0)
                    _kernel.Products(tile, count, columns, center, working + mapped, _back.Stride, products + ((long)start * columns));
                else
                    Carry(rows, images, start, count, buffer.AsSpan(mapped, slopes), contributions, explained);
            }
        }

        ArrayPool<double>.Shared.Return(buffer);
        Overflow(contributions, explained);
    }

    /// <summary>Carries the contributions of a tile back through the transform, with what broken relations add.</summary>
    private void Carry(ReadOnlySpan<float> rows, ReadOnlySpan<float> images, int start, int count, ReadOnlySpan<double> slopes, Span<double> contributions, Span<double> explained)
    {
        int columns = Transform.OutputColumns;
        int inputs = Transform.InputColumns;
        double[] buffer = ArrayPool<double>.Shared.Rent(2 * columns);
        var differences = buffer.AsSpan(0, columns);
        var charges = buffer.AsSpan(columns, columns);
        for (int i = 0; i < count; i++)
        {
            var row = rows.Slice((start + i) * inputs, inputs);
            var image = images.Slice((start + i) * columns, columns);
            var target = contributions.Slice((start + i) * inputs, inputs);
            for (int j = 0; j < columns; j++)
                differences[j] = image[j] - _model.Location[j];
            _dependent.Extend(differences);
            Transform.CarryBack(row, differences, slopes.Slice(i * _back.Stride, columns), target);
            if (_broken.Count == 0 || _broken.SquaredDistance(image) is var distance && distance == 0)
                continue;
            explained[start + i] += distance;
            charges.Clear();
            _broken.Divide(image, distance, charges);
            differences.Fill(1);
            Transform.CarryBack(row, charges, differences, target);
        }

        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>Distances beyond double, which only a file that was tampered with can bring about, are shared alike.</summary>
    private void Overflow(Span<double> contributions, Span<double> explained)
    {
        int inputs = Transform.InputColumns;
        for (int row = 0; row < explained.Length; row++)
        {
            if (double.IsFinite(explained[row]))
                continue;
            explained[row] = float.MaxValue;
            var target = contributions.Slice(row * inputs, inputs);
            target.Fill((double)float.MaxValue / inputs);
        }
    }
}
