using System.Numerics.Tensors;
using AnomalyKit.Numerics;
using MathNet.Numerics.Distributions;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Deterministic starts: five robust guesses at the correlation of the columns, none of which depends on the order of the rows.</summary>
/// <remarks>
/// M. Hubert, P. J. Rousseeuw, T. Verdonck, <i>A deterministic algorithm for robust location and scatter</i>, Journal of Computational and Graphical
/// Statistics 21, 2012. Columns are standardized by median and τ-scale (R. A. Maronna, R. H. Zamar, 2002); each guess only gives directions, along
/// which the spreads are measured anew. Of the paper's six guesses the last, OGK, whose cost is p² scales, is left out.
/// </remarks>
internal sealed class DetMcdStarts
{
    private readonly ScatterPass _pass;
    private readonly ClassicalEstimate _classical;
    private readonly int _rows;
    private readonly int _rank;

    // Column-major: what is done here is done column by column.
    private readonly double[][] _columns;

    public DetMcdStarts(ScatterPass pass, ClassicalEstimate classical)
    {
        _pass = pass;
        _classical = classical;
        _rows = pass.Rows.RowCount;
        _rank = classical.Rank;
        _columns = new double[_rank][];
        ParallelBlocks.For(_rank, pass.Threads, j => _columns[j] = Standardised(classical.Columns[j]), pass.CancellationToken);
    }

    public static int Count => 5;

    /// <summary>The start of an index from 0 to 4: hyperbolic tangents, ranks, normal scores, spatial signs, the half nearest to the median.</summary>
    public Ellipsoid Start(int index)
    {
        double[] guess = index switch
        {
            0 => Correlation(Transformed(column => Array.ConvertAll(column, Math.Tanh))),
            1 => Correlation(Transformed(column => MidRanks.Of<double>(column))),
            2 => Correlation(Transformed(column => Array.ConvertAll(MidRanks.Of<double>(column), rank => Normal.InvCDF(0, 1, (rank - (1.0 / 3)) / (_rows + (1.0 / 3)))))),
            3 => Products(SpatialSigns()),
            _ => NearestHalf(),
        };
        _pass.CancellationToken.ThrowIfCancellationRequested();
        return FromDirections(new SymmetricEigen(guess, _rank, _pass.CancellationToken).Vectors);
    }

    private double[] Correlation(double[][] columns)
    {
        foreach (double[] column in columns)
        {
            double mean = column.Average();
            double norm = 0;
            for (int i = 0; i < column.Length; i++)
            {
                column[i] -= mean;
                norm += column[i] * column[i];
            }

            double factor = norm > 0 ? 1 / Math.Sqrt(norm) : 0;
            for (int i = 0; i < column.Length; i++)
                column[i] *= factor;
        }

        return Products(columns);
    }

    private double[] Products(double[][] columns)
    {
        int size = columns.Length;
        var products = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            _pass.CancellationToken.ThrowIfCancellationRequested();
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                double[] left = columns[i];
                double[] right = columns[j];
                for (int k = 0; k < left.Length; k++)
                    sum += left[k] * right[k];
                products[(i * size) + j] = sum;
                products[(j * size) + i] = sum;
            }
        }

        return products;
    }

    private double[] Standardised(int column)
    {
        var values = new double[_rows];
        for (int row = 0; row < _rows; row++)
            values[row] = _pass.Rows.Cells(row)[column];
        var (center, scale) = RobustScale.Of(values);
        double factor = scale > 0 ? 1 / scale : 0;
        for (int row = 0; row < _rows; row++)
            values[row] = (values[row] - center) * factor;
        return values;
    }

    private double[][] Transformed(Func<double[], double[]> map) => [.. _columns.Select(map)];

    private double[] SquaredNorms()
    {
        var norms = new double[_rows];
        foreach (double[] column in _columns)
        {
            for (int row = 0; row < _rows; row++)
                norms[row] += column[row] * column[row];
        }

        return norms;
    }

    private double[][] SpatialSigns()
    {
        double[] norms = SquaredNorms();
        return Transformed(column =>
        {
            var signs = new double[_rows];
            for (int row = 0; row < _rows; row++)
                signs[row] = norms[row] > 0 ? column[row] / Math.Sqrt(norms[row]) : 0;
            return signs;
        });
    }

    private double[] NearestHalf()
    {
        double[] norms = SquaredNorms();
        var (bound, _) = SmallestDistances.Find(norms, (_rows + 1) / 2);
        int[] near = [.. Enumerable.Range(0, _rows).Where(row => norms[row] <= bound)];
        return Correlation(Transformed(column => Array.ConvertAll(near, row => column[row])));
    }

    /// <summary>Spreads and location along given directions, and from the half of the rows that are nearest, the ellipsoid.</summary>
    private Ellipsoid FromDirections(double[] directions)
    {
        var projected = new double[_rank][];
        var scales = new double[_rank];
        for (int k = 0; k < _rank; k++)
        {
            _pass.CancellationToken.ThrowIfCancellationRequested();
            var values = new double[_rows];
            for (int j = 0; j < _rank; j++)
            {
                double weight = directions[(k * _rank) + j];
                TensorPrimitives.FusedMultiplyAdd(_columns[j], weight, values, values);
            }

            projected[k] = values;
            scales[k] = RobustScale.Of(values).Scale;
            if (!(scales[k] > 0))
                scales[k] = 1;
        }

        // The location is the columnwise median of the rows sphered by the symmetric root, carried back.
        var sphered = new double[_rows];
        var location = new double[_rank];
        for (int j = 0; j < _rank; j++)
        {
            _pass.CancellationToken.ThrowIfCancellationRequested();
            Array.Clear(sphered);
            for (int k = 0; k < _rank; k++)
            {
                double weight = directions[(k * _rank) + j] / scales[k];
                TensorPrimitives.FusedMultiplyAdd(projected[k], weight, sphered, sphered);
            }

            location[j] = RobustScale.Median(sphered);
        }

        var distances = new double[_rows];
        for (int k = 0; k < _rank; k++)
        {
            double center = 0;
            for (int j = 0; j < _rank; j++)
                center += directions[(k * _rank) + j] * location[j];
            center *= scales[k];
            double[] values = projected[k];
            for (int row = 0; row < _rows; row++)
            {
                double z = (values[row] - center) / scales[k];
                distances[row] += z * z;
            }
        }

        var (bound, _) = SmallestDistances.Find(distances, (_rows + 1) / 2);
        int[] near = [.. Enumerable.Range(0, _rows).Where(row => distances[row] <= bound)];
        var all = Ellipsoid.Of(_classical);
        return all.From(_pass.Of(all.Map, near));
    }
}
