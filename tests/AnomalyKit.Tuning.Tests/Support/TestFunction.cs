namespace AnomalyKit.Tuning.Tests.Support;

/// <summary>The functions of the golden file, lower is better.</summary>
internal sealed record TestFunction(SearchSpace Space, Func<IReadOnlyList<double>, double> Value)
{
    private static readonly double[][] A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];
    private static readonly double[][] P = [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]];
    private static readonly double[] Alpha = [1, 1.2, 3, 3.2];
    private static readonly double[] Kinds = [0, 0.5, 1, 2];

    public static IReadOnlyDictionary<string, TestFunction> All { get; } = new Dictionary<string, TestFunction>
    {
        ["sphere"] = new(Reals(5, -5, 5), x => x.Sum(value => value * value)),
        ["rosenbrock"] = new(Reals(2, -2, 2), x => (100 * Square(x[1] - (x[0] * x[0]))) + Square(1 - x[0])),
        ["branin"] = new(
            new SearchSpace(SearchDimension.Real("x0", -5, 10), SearchDimension.Real("x1", 0, 15)),
            x => Square(x[1] - (5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0]) + (5 / Math.PI * x[0]) - 6) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x[0])) + 10),
        ["hartmann6"] = new(
            Reals(6, 0, 1),
            x => -Enumerable.Range(0, 4).Sum(i => Alpha[i] * Math.Exp(-Enumerable.Range(0, 6).Sum(j => A[i][j] * Square(x[j] - (P[i][j] * 1e-4)))))),
        ["mixed"] = new(
            new SearchSpace(
                SearchDimension.Real("rate", 1e-5, 1, isLogarithmic: true),
                SearchDimension.Integer("count", 1, 1024, isLogarithmic: true),
                SearchDimension.Integer("depth", 1, 21, step: 2),
                SearchDimension.Real("part", 0, 1, step: 0.05),
                SearchDimension.Choice("kind", "a", "b", "c", "d")),
            x => Math.Abs(Math.Log10(x[0]) + 2) + Math.Abs(Math.Log2(x[1]) - 6) + (0.1 * Math.Abs(x[2] - 7)) + Math.Abs(x[3] - 0.3) + Kinds[(int)x[4]]),
    };

    private static SearchSpace Reals(int count, double low, double high) =>
        new([.. Enumerable.Range(0, count).Select(i => SearchDimension.Real($"x{i}", low, high))]);

    private static double Square(double value) => value * value;
}
