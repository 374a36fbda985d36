using AnomalyKit.Numerics;

namespace AnomalyKit.Onnx.Tests.Support;

/// <summary>Rows as tables have them: clusters, scales apart, a skewed column, whole numbers, copies, a column that follows from others, and one that never varies.</summary>
internal static class SampleRows
{
    public const int Columns = 7;

    public static readonly FeatureMatrix Training = FeatureMatrix.Wrap(Ordinary(400, seed: 1), new FeatureSchema(["a", "b", "c", "d", "e", "f", "g"]));

    /// <summary>Rows like the training rows; the last sixth are copies.</summary>
    public static float[] Ordinary(int count, ulong seed)
    {
        var random = new CounterRandom(seed);
        var cells = new float[count * Columns];
        for (int row = 0; row < count; row++)
        {
            var own = cells.AsSpan(row * Columns, Columns);
            if (row >= count - (count / 6))
            {
                cells.AsSpan(row % 5 * Columns, Columns).CopyTo(own);
                continue;
            }

            float cluster = row % 3 == 0 ? 4 : 0;
            own[0] = Normal(ref random) + cluster;
            own[1] = (1000 * Normal(ref random)) + 50_000;
            own[2] = (float)-Math.Log(1 - random.NextDouble());
            own[3] = (int)(random.NextDouble() * 6);
            own[4] = (0.01f * Normal(ref random)) + (0.02f * cluster);
            own[5] = own[3] * 2;
            own[6] = 3.5f;
        }

        return cells;
    }

    /// <summary>New rows: ordinary ones, training rows, far ones, and those that only tests think of.</summary>
    /// <param name="most">Rows with larger cells are left out.</param>
    public static float[] Mixed(float most = float.MaxValue)
    {
        var rows = new List<float>(Ordinary(90, seed: 2));
        rows.AddRange(Training.ContiguousCells(0, 60));
        foreach (float[] cells in Odd().Where(row => row.All(cell => Math.Abs(cell) <= most)))
            rows.AddRange(cells);
        return [.. rows];
    }

    private static IEnumerable<float[]> Odd()
    {
        float[] first = Training.ContiguousCells(0, 1).ToArray();
        for (int column = 0; column < Columns; column++)
        {
            foreach (float value in (float[])[0, -0f, float.Epsilon, -1e-40f, 1e6f, -1e9f, 1e20f, float.MaxValue, float.MinValue, MathF.BitIncrement(first[column]), MathF.BitDecrement(first[column])])
            {
                float[] row = [.. first];
                row[column] = value;
                yield return row;
            }
        }

        yield return new float[Columns];
        yield return [.. Enumerable.Repeat(float.MaxValue, Columns)];
        yield return [.. Enumerable.Repeat(float.MinValue, Columns)];
        yield return [.. Enumerable.Repeat(1e-42f, Columns)];
    }

    private static float Normal(ref CounterRandom random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
    }
}
