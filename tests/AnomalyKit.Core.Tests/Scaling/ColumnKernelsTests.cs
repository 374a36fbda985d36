using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Scaling;

public class ColumnKernelsTests
{
    public static TheoryData<int> Columns => [1, 2, 3, 7, 8, 9, 15, 16, 17, 30, 31, 33, 64, 65];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Sums_are_those_of_a_plain_loop_to_the_bit(int columns)
    {
        float[] rows = Rows(columns);
        var sums = new double[columns];
        var squares = new double[columns];
        double[] means = [.. Enumerable.Range(0, columns).Select(j => j * 0.5)];
        ColumnKernels.AddRows(rows, sums);
        ColumnKernels.AddSquaredDeviations(rows, means, squares);
        for (int j = 0; j < columns; j++)
        {
            double sum = 0;
            double square = 0;
            for (int i = j; i < rows.Length; i += columns)
            {
                sum += rows[i];
                square += (rows[i] - means[j]) * (rows[i] - means[j]);
            }

            Assert.Equal(sum, sums[j]);
            Assert.Equal(square, squares[j]);
        }
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void Extremes_are_those_of_a_plain_loop(int columns)
    {
        float[] rows = Rows(columns);
        var extremes = new double[2 * columns];
        extremes.AsSpan().Fill(double.PositiveInfinity);
        extremes[0] = -1e9;
        ColumnKernels.LowerExtremes(rows, extremes);
        for (int j = 0; j < columns; j++)
        {
            float[] column = [.. rows.Where((_, i) => i % columns == j)];
            Assert.Equal(j == 0 ? -1e9 : column.Min(), extremes[j]);
            Assert.Equal(-(double)column.Max(), extremes[columns + j]);
        }
    }

    private static float[] Rows(int columns)
    {
        var random = new CounterRandom(5);
        var rows = new float[columns * 37];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = (float)(random.NextGaussian() * Math.Pow(10, i % 7));
        return rows;
    }
}
