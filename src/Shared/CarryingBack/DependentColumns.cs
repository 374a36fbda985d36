namespace AnomalyKit.CarryingBack;

/// <summary>Columns that exact relations tie to the columns that a model is made of, and how they share in what the model says about those.</summary>
/// <remarks>
/// Rows that keep the relations are x = A k of the kept columns k. A form of k can be written in all columns by k = T x, where T is the least-squares inverse of A with every column
/// in units of its deviation: then columns that are copies of each other share alike.
/// </remarks>
internal sealed class DependentColumns
{
    private readonly int[] _kept;
    private readonly int[] _columns;
    private readonly double[][] _weights;

    /// <summary>Finds the dependent columns.</summary>
    /// <param name="relations">The relations; those with one column that is not kept, beside kept ones, tell that column.</param>
    /// <param name="kept">The columns that the model is made of, ascending.</param>
    /// <param name="factor">F with F Fᵀ the covariance of the kept columns: a row of <paramref name="width"/> numbers each.</param>
    /// <param name="width">The columns of F.</param>
    public DependentColumns(LinearRelations relations, int[] kept, ReadOnlySpan<double> factor, int width)
    {
        _kept = kept;
        Deviations = new double[relations.ColumnCount];
        for (int i = 0; i < kept.Length; i++)
            Deviations[kept[i]] = Norm(factor.Slice(i * width, width));
        var columns = new List<int>();
        var weights = new List<double[]>();
        foreach (var relation in relations.Items)
        {
            int column = Dependent(relation);
            if (column < 0 || columns.Contains(column))
                continue;
            double[] combination = Combination(relation, column);
            double[] image = new double[width];
            for (int i = 0; i < kept.Length; i++)
                AddMultiple(factor.Slice(i * width, width), combination[i], image);
            Deviations[column] = Norm(image);
            columns.Add(column);
            weights.Add(combination);
        }

        _columns = [.. columns];
        _weights = [.. weights];
    }

    /// <summary>The standard deviation of each column; 0 for columns that do not vary.</summary>
    public double[] Deviations { get; }

    public int Count => _columns.Length;

    /// <summary>A: sets the dependent columns of a difference from its kept ones.</summary>
    public void Extend(Span<double> differences)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < _kept.Length; k++)
                sum += _weights[i][k] * differences[_kept[k]];
            differences[_columns[i]] = sum;
        }
    }

    /// <summary>Replaces rows w of numbers per column, which are zero beside the kept ones, by w T.</summary>
    public void Spread(Span<double> rows, int columnCount)
    {
        if (_columns.Length == 0)
            return;
        int size = _kept.Length;
        var scaled = new double[_columns.Length * size];
        var gram = new double[size * size];
        for (int k = 0; k < size; k++)
            gram[(k * size) + k] = 1;
        for (int i = 0; i < _columns.Length; i++)
        {
            var row = scaled.AsSpan(i * size, size);
            for (int k = 0; k < size; k++)
                row[k] = Deviations[_columns[i]] > 0 ? _weights[i][k] * Deviations[_kept[k]] / Deviations[_columns[i]] : 0;
            for (int k = 0; k < size; k++)
                AddMultiple(row, row[k], gram.AsSpan(k * size, size));
        }

        Factor(gram, size);
        var solved = new double[size];
        for (int start = 0; start < rows.Length; start += columnCount)
        {
            var row = rows.Slice(start, columnCount);
            for (int k = 0; k < size; k++)
                solved[k] = row[_kept[k]] * Deviations[_kept[k]];
            Solve(gram, solved);
            for (int k = 0; k < size; k++)
                row[_kept[k]] = solved[k] / Deviations[_kept[k]];
            for (int i = 0; i < _columns.Length; i++)
                row[_columns[i]] = Deviations[_columns[i]] > 0 ? Dot(scaled.AsSpan(i * size, size), solved) / Deviations[_columns[i]] : 0;
        }
    }

    private static double Norm(ReadOnlySpan<double> vector) => Math.Sqrt(Dot(vector, vector));

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static void AddMultiple(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] += factor * source[i];
    }

    /// <summary>The lower triangular factor of a matrix that is at least the identity.</summary>
    private static void Factor(double[] matrix, int size)
    {
        for (int j = 0; j < size; j++)
        {
            var row = matrix.AsSpan(j * size, j);
            double root = Math.Sqrt(matrix[(j * size) + j] - Dot(row, row));
            matrix[(j * size) + j] = root;
            for (int i = j + 1; i < size; i++)
                matrix[(i * size) + j] = (matrix[(i * size) + j] - Dot(row, matrix.AsSpan(i * size, j))) / root;
        }
    }

    private static void Solve(double[] factor, double[] vector)
    {
        int size = vector.Length;
        for (int i = 0; i < size; i++)
            vector[i] = (vector[i] - Dot(factor.AsSpan(i * size, i), vector.AsSpan(0, i))) / factor[(i * size) + i];
        for (int i = size - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < size; k++)
                vector[i] -= factor[(k * size) + i] * vector[k];
            vector[i] /= factor[(i * size) + i];
        }
    }

    /// <summary>The one column of a relation that is not kept; −1 where there are none or several, or nothing beside it.</summary>
    private int Dependent(LinearRelation relation)
    {
        int found = -1;
        for (int i = 0; i < relation.Columns.Length; i++)
        {
            if (Array.BinarySearch(_kept, relation.Columns[i]) >= 0)
                continue;
            if (found >= 0 || relation.Weights[i] == 0)
                return -1;
            found = relation.Columns[i];
        }

        return relation.Columns.Length > 1 ? found : -1;
    }

    private double[] Combination(LinearRelation relation, int column)
    {
        var combination = new double[_kept.Length];
        double own = relation.Weights[relation.Columns.IndexOf(column)];
        for (int i = 0; i < relation.Columns.Length; i++)
        {
            if (relation.Columns[i] != column)
                combination[Array.BinarySearch(_kept, relation.Columns[i])] = -relation.Weights[i] / own;
        }

        return combination;
    }
}
