using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnomalyKit.CarryingBack;

namespace AnomalyKit.OneClassSvm;

/// <summary>Divides among the columns by how much a row's kernel values fall short of those of a row that agrees with every support vector.</summary>
internal sealed class SvmAttributor : TransformedAttributor
{
    private static readonly AttributionInfo ByShapley = new(
        "product-kernel-shapley",
        "the score",
        isExact: true,
        "M. Mohammadi, S. L. Chau, K. Muandet: Computing Exact Shapley Values in Polynomial Time for Product-Kernel Methods, arXiv 2505.16516, 2025");

    private static readonly AttributionInfo ByGradient = new(
        "kernel-integrated-gradients",
        "the score",
        isExact: true,
        "M. Sundararajan, A. Taly, Q. Yan: Axiomatic Attribution for Deep Networks, ICML 2017 (the straight line from each support vector)");

    private readonly OneClassSvmModel _model;
    private readonly SupportPanels _panels;
    private readonly ISvmGame _game;
    private readonly bool _isByColumn;
    private readonly int[] _columnOf;
    private readonly double _baseline;

    public SvmAttributor(FeatureTransform transform, OneClassSvmModel model, FeatureSchema schema, AttributionOptions options)
        : base(transform, schema, options, model.Function.IsRadial ? ByShapley : ByGradient)
    {
        _model = model;
        _panels = new SupportPanels(model);
        _isByColumn = transform.IsIdentity || transform is ColumnScaling;
        if (model.Function.IsRadial && _isByColumn)
        {
            // A group is one player; its value is written to its first column.
            _game = new RadialGame(_panels, Groups.GroupOf, Groups.Count);
            _columnOf = [.. Enumerable.Range(0, Groups.Count).Select(group => Groups.GroupOf.IndexOf(group))];
        }
        else
        {
            _columnOf = [.. Enumerable.Range(0, model.Columns)];
            _game = model.Function.IsRadial ? new RadialGame(_panels, _columnOf, model.Columns) : new ProductGame(_panels, model.Function);
        }

        double empty = 0;
        for (int panel = 0; panel < _panels.Count; panel++)
            empty += Sum(_game.Empty(panel) * _panels.Weights(panel));
        _baseline = (model.Solved.Rho / model.Solved.CoefficientSum) - empty;
    }

    public override int BlockRows => (int)Math.Clamp((1L << 27) / ((long)_panels.Count * _panels.Columns * 64), 1, 256);

    public override double ScoreOf(double explained) => (float)Math.Clamp(explained, float.MinValue, float.MaxValue);

    protected override void AttributeImages(ReadOnlySpan<float> rows, ReadOnlySpan<float> images, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        int columns = _model.Columns;
        int inputs = Transform.InputColumns;
        int players = _game.Players;
        float[] scaled = ArrayPool<float>.Shared.Rent(columns);
        double[] buffer = ArrayPool<double>.Shared.Rent(columns + (2 * SupportPanels.Lanes * columns) + (4 * SupportPanels.Lanes * players));
        var row = buffer.AsSpan(0, columns);
        var carried = buffer.AsSpan(columns, 2 * SupportPanels.Lanes * columns);
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(buffer.AsSpan(columns + carried.Length))[..(4 * players)];
        baselines.Fill(_baseline);
        for (int i = 0; i < explained.Length; i++)
        {
            _model.Function.ScaleRow(images.Slice(i * columns, columns), _model.Origin, scaled.AsSpan(0, columns));
            for (int j = 0; j < columns; j++)
                row[j] = scaled[j];
            explained[i] = Attribute(rows.Slice(i * inputs, inputs), row, vectors, carried, contributions.Slice(i * inputs, inputs));
            if (!double.IsFinite(explained[i]))
            {
                // Weights that no fit gives: nothing can be said.
                contributions.Slice(i * inputs, inputs).Clear();
                explained[i] = baselines[i] = double.IsFinite(_baseline) ? _baseline : 0;
            }
        }

        ArrayPool<float>.Shared.Return(scaled);
        ArrayPool<double>.Shared.Return(buffer);
    }

    private static double Sum(Vector256<double> lanes) => lanes[0] + lanes[2] + (lanes[1] + lanes[3]);

    private double Attribute(ReadOnlySpan<float> source, ReadOnlySpan<double> row, Span<Vector256<double>> vectors, Span<double> carried, Span<double> contributions)
    {
        int players = _game.Players;
        var parts = vectors[..players];
        var sums = vectors.Slice(players, players);
        var scratch = vectors[(2 * players)..];
        sums.Clear();
        var total = Vector256<double>.Zero;
        for (int panel = 0; panel < _panels.Count; panel++)
        {
            var weights = _panels.Weights(panel);
            total = Vector256.FusedMultiplyAdd(_game.Divide(panel, row, scratch, parts), weights, total);
            if (_isByColumn)
            {
                for (int p = 0; p < parts.Length; p++)
                    sums[p] = Vector256.FusedMultiplyAdd(parts[p], weights, sums[p]);
            }
            else
            {
                CarryBack(panel, source, row, parts, carried, contributions);
            }
        }

        for (int p = 0; _isByColumn && p < sums.Length; p++)
            contributions[_columnOf[p]] -= Sum(sums[p]);
        return (_model.Solved.Rho / _model.Solved.CoefficientSum) - Sum(total);
    }

    /// <summary>Carries back what the row owes to each of four support vectors: differences from it, and the parts divided by them.</summary>
    private void CarryBack(int panel, ReadOnlySpan<float> source, ReadOnlySpan<double> row, ReadOnlySpan<Vector256<double>> parts, Span<double> carried, Span<double> contributions)
    {
        int columns = row.Length;
        double scale = 1 / _model.Function.CellScale;
        var cells = _panels.Cells(panel);
        var weights = _panels.Weights(panel);
        var differences = carried[..(carried.Length / 2)];
        var multipliers = carried[differences.Length..];
        for (int j = 0; j < columns; j++)
        {
            var difference = (Vector256.Create(row[j]) - SupportPanels.Widen(cells, j)) * scale;
            var multiplier = Vector256.ConditionalSelect(Vector256.Equals(difference, Vector256<double>.Zero), Vector256<double>.Zero, -parts[j] * weights / difference);
            for (int lane = 0; lane < SupportPanels.Lanes; lane++)
            {
                differences[(lane * columns) + j] = difference[lane];
                multipliers[(lane * columns) + j] = multiplier[lane];
            }
        }

        Transform.CarryBackAll(source, differences, multipliers, contributions);
    }
}
