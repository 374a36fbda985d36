using System.Numerics.Tensors;

namespace AnomalyKit.EllipticEnvelope.Cells;

/// <summary>Columns of a row that are taken as unknown, one after the other, and what that leaves: the slopes and the precision of the other columns.</summary>
/// <remarks>
/// Freeing column c sweeps it out of P (a step of a Cholesky factorization): the squared distance falls by rᶜ² / Pᶜᶜ, where r are the slopes of what is left and P is its precision. What is then left of the distance
/// is that of the other columns in their own marginal distribution.
/// </remarks>
internal sealed class FreedColumns
{
    // Of the column's own precision: what is less is what rounding leaves of a column that the freed ones determine.
    private const double LeastPrecision = 1e-12;

    private readonly CellPrecision _precision;
    private readonly double[] _given;
    private readonly double[] _slopes;
    private readonly double[] _left;
    private readonly List<int> _columns = [];
    private readonly List<double[]> _rows = [];
    private readonly List<double> _steps = [];

    /// <param name="precision">The precision of all columns.</param>
    /// <param name="slopes">P (x − μ) of the row.</param>
    public FreedColumns(CellPrecision precision, double[] slopes)
    {
        _precision = precision;
        _given = slopes;
        _slopes = [.. slopes];
        _left = [.. precision.Diagonal];
    }

    /// <summary>The columns, in the order in which they were freed. Those that earlier ones determine are left out.</summary>
    public IReadOnlyList<int> Columns => _columns;

    /// <summary>What freeing them takes off the squared distance.</summary>
    public double Distance { get; private set; }

    /// <summary>Takes all columns as known again.</summary>
    public void Clear()
    {
        _given.CopyTo(_slopes, 0);
        _precision.Diagonal.CopyTo(_left, 0);
        _columns.Clear();
        _steps.Clear();
        Distance = 0;
    }

    /// <summary>Frees columns.</summary>
    public void Add(ReadOnlySpan<int> columns)
    {
        foreach (int column in columns)
            Add(column);
    }

    /// <summary>How much freeing further columns takes off the squared distance.</summary>
    public double Gain(ReadOnlySpan<int> columns)
    {
        if (columns.Length == 1)
            return IsLeft(columns[0], _left[columns[0]]) ? _slopes[columns[0]] * _slopes[columns[0]] / _left[columns[0]] : 0;
        int size = columns.Length;
        Span<double> block = new double[size * (size + 1)];
        var slopes = block[(size * size)..];
        for (int i = 0; i < size; i++)
        {
            var row = _precision.Row(columns[i]);
            for (int k = 0; k < size; k++)
                block[(i * size) + k] = row[columns[k]];
            for (int step = 0; step < _columns.Count; step++)
            {
                for (int k = 0; k < size; k++)
                    block[(i * size) + k] -= _rows[step][columns[i]] * _rows[step][columns[k]];
            }

            slopes[i] = _slopes[columns[i]];
        }

        double gain = 0;
        for (int i = 0; i < size; i++)
        {
            double pivot = block[(i * size) + i];
            if (!IsLeft(columns[i], pivot))
                continue;
            gain += slopes[i] * slopes[i] / pivot;
            for (int k = i + 1; k < size; k++)
            {
                double factor = block[(k * size) + i] / pivot;
                slopes[k] -= factor * slopes[i];
                for (int l = i + 1; l < size; l++)
                    block[(k * size) + l] -= factor * block[(i * size) + l];
            }
        }

        return gain;
    }

    /// <summary>How far each of <see cref="Columns"/> lies above its conditional mean, given all columns that are not freed.</summary>
    public double[] Excesses()
    {
        var excesses = new double[_columns.Count];
        for (int i = excesses.Length - 1; i >= 0; i--)
        {
            double sum = _steps[i];
            for (int k = i + 1; k < excesses.Length; k++)
                sum -= _rows[i][_columns[k]] * excesses[k];
            excesses[i] = sum / _rows[i][_columns[i]];
        }

        return excesses;
    }

    private void Add(int column)
    {
        if (!IsLeft(column, _left[column]))
            return;
        int step = _columns.Count;
        if (step == _rows.Count)
            _rows.Add(new double[_precision.Columns]);
        double[] row = _rows[step];
        _precision.Row(column).CopyTo(row);
        for (int earlier = 0; earlier < step; earlier++)
            TensorPrimitives.MultiplyAdd(_rows[earlier], -_rows[earlier][column], row, row);
        double root = Math.Sqrt(_left[column]);
        TensorPrimitives.Divide(row, root, row);
        row[column] = root;
        double size = _slopes[column] / root;
        TensorPrimitives.MultiplyAdd(row, -size, _slopes, _slopes);
        for (int j = 0; j < row.Length; j++)
            _left[j] -= row[j] * row[j];
        _left[column] = 0;
        _columns.Add(column);
        _steps.Add(size);
        Distance += size * size;
    }

    private bool IsLeft(int column, double precision) => precision > LeastPrecision * _precision.Diagonal[column];
}
