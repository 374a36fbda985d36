namespace AnomalyKit;

/// <summary>The weights that ride along with rows; none by default.</summary>
/// <param name="Values">One weight per row; empty where there are none.</param>
/// <param name="Exist">Whether there are weights: no weights and weights of no rows look alike.</param>
internal readonly record struct RowWeights(ReadOnlyMemory<double> Values, bool Exist)
{
    public RowWeights Slice(int start, int count) => Exist ? new(Values.Slice(start, count), true) : default;

    public RowWeights Select(ReadOnlySpan<int> rows)
    {
        if (!Exist)
            return default;
        var source = Values.Span;
        var selected = new double[rows.Length];
        for (int i = 0; i < selected.Length; i++)
            selected[i] = source[rows[i]];
        return new(selected, true);
    }

    /// <summary>Refuses weights that are not finite, or below 0, or all 0.</summary>
    /// <param name="weights">At least one weight.</param>
    /// <param name="parameter">What the caller calls them.</param>
    /// <returns>Their sum, above 0 and finite.</returns>
    public static double Checked(ReadOnlySpan<double> weights, string parameter)
    {
        double sum = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Row {row} has the weight {weights[row]}. A weight must be a finite number of at least 0: it is the number of times that the row counts. Correct it, or use 0 to leave the row out."),
                    parameter);
            }

            sum += weights[row];
        }

        if (sum == 0)
            throw new ArgumentException($"All {weights.Length} weights are 0, from row 0 on, so that no row counts. Give at least one row a weight above 0, or no weights at all.", parameter);
        return double.IsFinite(sum)
            ? sum
            : throw new ArgumentException("The weights add up to infinity. Divide all of them by the same number, so that a weight of 1 stands for one row.", parameter);
    }
}
