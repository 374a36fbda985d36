using AnomalyKit.Persistence;

namespace AnomalyKit.Autoencoder;

/// <summary>The inputs of the network that had one value in all training rows. What the network makes of them says nothing of a row that keeps that value.</summary>
internal sealed class ConstantInputs(int[] columns, float[] values)
{
    public static ConstantInputs None { get; } = new([], []);

    public int Count => columns.Length;

    public static ConstantInputs Of(FeatureMatrix rows)
    {
        var first = rows.Cells(0);
        bool[] varies = new bool[first.Length];
        int left = first.Length;
        for (int start = 0; start < rows.RowCount && left > 0;)
        {
            var cells = rows.ContiguousCells(start, rows.RowCount - start);
            for (int position = 0; position < cells.Length && left > 0; position += first.Length)
            {
                for (int j = 0; j < first.Length; j++)
                {
                    if (!varies[j] && cells[position + j] != first[j])
                    {
                        varies[j] = true;
                        left--;
                    }
                }
            }

            start += cells.Length / first.Length;
        }

        int[] found = [.. Enumerable.Range(0, first.Length).Where(j => !varies[j])];
        float[] constants = first.ToArray();
        return new ConstantInputs(found, Array.ConvertAll(found, j => constants[j]));
    }

    /// <summary>Sets the squared errors of constant inputs to 0, where a row keeps the constant.</summary>
    /// <param name="image">The row as the network sees it.</param>
    /// <param name="squares">The squared error of each input.</param>
    /// <returns>The sum of what is left.</returns>
    public double LeaveOut(ReadOnlySpan<float> image, Span<double> squares)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (image[columns[i]] == values[i])
                squares[columns[i]] = 0;
        }

        double sum = 0;
        foreach (double square in squares)
            sum += square;
        return sum;
    }

    public void WriteTo(ModelWriter writer)
    {
        if (columns.Length == 0)
            return;
        writer.Add("columns", columns.AsMemory());
        writer.Add("values", values.AsMemory());
    }

    public static ConstantInputs Read(ModelReader reader, int columnCount)
    {
        if (!reader.HasArray("columns"))
            return None;
        int[] columns = reader.GetInt32s("columns", 0, columnCount - 1, -1);
        for (int i = 1; i < columns.Length; i++)
        {
            if (columns[i] <= columns[i - 1])
                throw ModelReader.FormatError("its constant inputs are not in order");
        }

        return new ConstantInputs(columns, reader.GetSingles("values", columns.Length));
    }
}
