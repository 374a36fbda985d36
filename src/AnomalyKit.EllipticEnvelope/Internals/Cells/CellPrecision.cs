using System.Numerics.Tensors;
using AnomalyKit.Affine;
using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope.Cells;

/// <summary>The precision P of all columns: Σ⁻¹ over those that the envelope is made of, and exact relations as directions in which next to no deviation is ordinary.</summary>
/// <remarks>Rows of P are made when they are first asked for: a row is explained by few of them. Safe for any number of threads.</remarks>
internal sealed class CellPrecision
{
    // Of the deviation of what a relation adds up. Tight enough that rows keep the relation to five digits, and wide enough that double still tells what is left beside it.
    private const double Tightness = 1e-5;

    private readonly EllipticEnvelopeModel _model;
    private readonly AffineMap _map;
    private readonly double[] _tight;
    private readonly double[]?[] _rows;

    /// <param name="model">The envelope.</param>
    /// <param name="deviations">The standard deviation of each column; 0 for columns that do not vary.</param>
    public CellPrecision(EllipticEnvelopeModel model, double[] deviations)
    {
        _model = model;
        _map = model.Map;
        _rows = new double[_map.InputColumns][];
        _tight = [.. model.Relations.Items.Select(relation => Deviation(relation, deviations))];
        Diagonal = new double[_map.InputColumns];
        for (int j = 0; j < Diagonal.Length; j++)
            Diagonal[j] = FixedSum.Dot(Weights(j), Weights(j));
        for (int i = 0; i < _tight.Length; i++)
        {
            var relation = model.Relations.Items[i];
            for (int k = 0; k < relation.Columns.Length; k++)
                Diagonal[relation.Columns[k]] += Squared(relation.Weights[k] / _tight[i]);
        }
    }

    public int Columns => _map.InputColumns;

    /// <summary>The diagonal of P; 0 for a column of which nothing is known.</summary>
    public double[] Diagonal { get; }

    /// <summary>A row of P.</summary>
    public ReadOnlySpan<double> Row(int column)
    {
        // Two threads may make it at once; they make the same.
        return Volatile.Read(ref _rows[column]) ?? Make(column);
    }

    /// <summary>P (x − μ): half the slope of the squared distance in each column.</summary>
    /// <param name="image">x, the image of a row.</param>
    /// <param name="slopes">Receives one number per column.</param>
    public void Slopes(ReadOnlySpan<float> image, Span<double> slopes)
    {
        var distances = new double[_map.Stride];
        for (int j = 0; j < image.Length; j++)
            TensorPrimitives.MultiplyAdd(Weights(j), image[j] - _map.Center[j], distances, distances);
        for (int j = 0; j < slopes.Length; j++)
            slopes[j] = FixedSum.Dot(Weights(j), distances);
        for (int i = 0; i < _tight.Length; i++)
        {
            var relation = _model.Relations.Items[i];
            double off = relation.Distance(image) * relation.Scale * Math.Sign(relation.Residual(image).Residual) / Squared(_tight[i]);
            for (int k = 0; k < relation.Columns.Length && off != 0; k++)
                slopes[relation.Columns[k]] += relation.Weights[k] * off;
        }
    }

    private static double Squared(double number) => number * number;

    /// <summary>What counts as an ordinary deviation from a relation: that of the score, unless rounding would drown what else is known of the columns.</summary>
    private static double Deviation(LinearRelation relation, double[] deviations)
    {
        double size = 0;
        for (int k = 0; k < relation.Columns.Length; k++)
            size = Math.Max(size, Math.Abs(relation.Weights[k]) * deviations[relation.Columns[k]]);
        return Math.Max(relation.Scale, Tightness * size);
    }

    private ReadOnlySpan<double> Weights(int column) => _map.Weights.AsSpan(column * _map.Stride, _map.Stride);

    private double[] Make(int column)
    {
        var row = new double[Columns];
        for (int j = 0; j < row.Length; j++)
            row[j] = FixedSum.Dot(Weights(column), Weights(j));
        for (int i = 0; i < _tight.Length; i++)
        {
            var relation = _model.Relations.Items[i];
            int at = relation.Columns.BinarySearch(column);
            for (int k = 0; k < relation.Columns.Length && at >= 0; k++)
                row[relation.Columns[k]] += relation.Weights[at] * relation.Weights[k] / Squared(_tight[i]);
        }

        Volatile.Write(ref _rows[column], row);
        return row;
    }
}
