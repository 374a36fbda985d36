using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor.Tests;

/// <summary>Rows of many kinds, the same on every machine.</summary>
internal static class Sets
{
    public static IEnumerable<string> Names =>
        ["normal1", "normal3", "normal8", "normal30", "clusters30", "grid2", "ternary7", "copies3", "equal", "twins", "tails9", "huge5", "tiny5", "mixed6", "far3", "wide70"];

    public static FeatureMatrix Named(string name, int rows)
    {
        var (columns, cell) = Recipe(name);
        var random = new CounterRandom(11, (ulong)name.Length);
        var cells = new float[rows * columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = cell(ref random, i / columns, i % columns);
        return FeatureMatrix.Wrap(cells, columns);
    }

    private static (int Columns, Cell Cell) Recipe(string name) => name switch
    {
        "normal1" => (1, (ref random, _, _) => (float)random.NextGaussian()),
        "normal3" => (3, (ref random, _, _) => (float)random.NextGaussian()),
        "normal8" => (8, (ref random, _, _) => (float)random.NextGaussian()),
        "normal30" => (30, (ref random, _, _) => (float)random.NextGaussian()),
        "clusters30" => (30, (ref random, row, column) => (float)((row % 7 * (column % 5)) + (0.1 * random.NextGaussian() * (1 + (column % 3))))),
        "grid2" => (2, (ref _, row, column) => column == 0 ? row % 31 : row / 31),
        "ternary7" => (7, (ref random, _, _) => random.NextInt32(3)),
        "copies3" => (3, (ref random, row, column) => random.NextInt32(5) + (row % 4 == 0 ? 0.25f * column : 0)),
        "equal" => (4, (ref _, _, column) => column - 0.7f),
        "twins" => (5, (ref _, row, column) => (row / 2 * 0.37f) + (column * row / 2)),
        "tails9" => (9, (ref random, _, _) => (float)Math.Tan(3.14 * (random.NextDouble() - 0.5))),
        "huge5" => (5, (ref random, _, _) => 1e38f * (float)Math.Clamp(random.NextGaussian(), -3, 3)),
        "tiny5" => (5, (ref random, _, _) => 1e-38f * (float)random.NextGaussian()),
        "mixed6" => (6, (ref random, _, column) => (float)random.NextGaussian() * MathF.Pow(10, (12 * column) - 30)),
        "far3" => (3, (ref random, _, column) => (1 << (18 + column)) + (float)random.NextGaussian()),
        _ => (70, (ref random, _, column) => (float)(random.NextGaussian() * (1 + column))),
    };

    private delegate float Cell(ref CounterRandom random, int row, int column);
}
