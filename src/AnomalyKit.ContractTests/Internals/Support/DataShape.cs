using AnomalyKit.Numerics;

namespace AnomalyKit.ContractTests.Support;

/// <summary>A kind of training data: so many rows and columns, and how a cell comes about. The same cells on every machine.</summary>
internal sealed record DataShape(string Name, int Rows, int Columns, DataShape.Cell CellAt)
{
    /// <summary>The rows that are scored where training rows will not do: enough for two of the largest blocks and one more.</summary>
    public const int ProbeRows = 515;

    public delegate float Cell(ref CounterRandom random, int row, int column);

    public static IReadOnlyList<DataShape> All { get; } =
    [
        Normal(2, 1), Normal(2, 2), Normal(3, 8), Normal(17, 7), Normal(255, 2), Normal(256, 9), Normal(257, 1), Normal(257, 8), Normal(256, 33),
        Normal(1000, 30), Normal(1000, 7), Normal(5000, 2), Normal(4200, 17),
        new("300 × 7 of three values, many rows twice", 300, 7, (ref random, _, _) => random.NextInt32(3)),
        new("256 × 9 with constant columns", 256, 9, (ref random, _, column) => column % 2 == 1 ? 0.1f : Gauss(ref random)),
        new("100 × 3 of equal rows", 100, 3, (ref _, _, column) => column - 0.7f),
        new("1000 × 8 with heavy tails", 1000, 8, (ref random, _, _) => (float)Math.Tan(3.14 * (random.NextDouble() - 0.5))),
        new("257 × 5 around 1e30", 257, 5, (ref random, _, _) => 1e30f * Gauss(ref random)),
        new("257 × 5 around 1e-30", 257, 5, (ref random, _, _) => 1e-30f * Gauss(ref random)),
        new("300 × 6 of magnitudes from 1e-30 to 1e30", 300, 6, (ref random, _, column) => Gauss(ref random) * MathF.Pow(10, (12 * column) - 30)),
        new("64 × 4 of the ends of float32", 64, 4, (ref random, _, _) => Ends[random.NextInt32(Ends.Length)]),
        new("400 × 3 far from zero", 400, 3, (ref random, _, column) => (1 << (18 + column)) + Gauss(ref random)),
        new("400 × 3 in order", 400, 3, (ref _, row, column) => row * (column + 1)),
    ];

    private static float[] Ends => [float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 0f, -0f, 1f, float.BitDecrement(float.MaxValue)];

    /// <summary>Whether the cells are normal numbers, so that only rows and columns matter.</summary>
    public bool IsNormal { get; private init; }

    /// <summary>The scalings worth trying: all of them on awkward cells, one of a kind where only rows and columns matter.</summary>
    public IEnumerable<FeatureScaling> ScalingsToTry => (IsNormal ? Scalings.Kinds : Scalings.All).Values;

    /// <summary>One scaling of each kind of transform; of many rows those that transform each column by itself.</summary>
    public IEnumerable<FeatureScaling> KindsToTry => Rows > 1000 ? [FeatureScaling.None, FeatureScaling.Robust] : Scalings.Kinds.Values;

    /// <summary>The shape that most laws are checked on: 300 rows of 5 named columns.</summary>
    public static DataShape Usual { get; } = Normal(300, 5);

    public static DataShape Named(string name) => All.Single(shape => shape.Name == name);

    public static DataShape Normal(int rows, int columns) =>
        new($"{rows} × {columns} normal", rows, columns, (ref random, _, _) => Gauss(ref random)) { IsNormal = true };

    public FeatureMatrix Training() => Draw(Rows, stream: 0);

    /// <summary>Rows of the same kind that were not trained on.</summary>
    public FeatureMatrix Probes(int rows = ProbeRows) => Draw(rows, stream: 1);

    public float[] Cells(int rows, ulong stream)
    {
        var random = new CounterRandom(2026, stream);
        var cells = new float[rows * Columns];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = CellAt(ref random, i / Columns, i % Columns);
        return cells;
    }

    public override string ToString() => Name;

    private static float Gauss(ref CounterRandom random) => (float)random.NextGaussian();

    private FeatureMatrix Draw(int rows, ulong stream) =>
        FeatureMatrix.Wrap(Cells(rows, stream), new FeatureSchema(Enumerable.Range(0, Columns).Select(column => $"column {column}")));
}
