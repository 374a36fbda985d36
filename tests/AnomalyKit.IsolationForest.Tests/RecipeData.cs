namespace AnomalyKit.IsolationForest.Tests;

/// <summary>The data sets of make_sklearn_golden.py, drawn by the same recipe.</summary>
internal sealed class RecipeData
{
    private ulong _state;

    private RecipeData(ulong seed) => _state = seed;

    public static FeatureMatrix Clouds()
    {
        var recipe = new RecipeData(1);
        return Draw(500, 2, i => i % 20 == 3, (row, anomaly) => anomaly ? (12 * recipe.Uniform()) - 6 : (row % 2 == 1 ? 2.0 : -2.0) + (0.5 * recipe.Normal()));
    }

    public static FeatureMatrix Shifted()
    {
        var recipe = new RecipeData(2);
        return Draw(600, 8, i => i % 25 == 7, (_, anomaly) => recipe.Normal() + (anomaly ? 1.5 : 0));
    }

    public static FeatureMatrix Tails()
    {
        var recipe = new RecipeData(3);
        return Draw(400, 3, i => i % 16 == 5, (_, anomaly) => (anomaly ? 3.0 : 1.0) * recipe.Normal() / (0.2 + recipe.Uniform()));
    }

    /// <summary>Normal numbers, for tests that need any data.</summary>
    public static FeatureMatrix Normals(int rows, int columns, ulong seed = 9)
    {
        var recipe = new RecipeData(seed);
        return Draw(rows, columns, _ => false, (_, _) => recipe.Normal());
    }

    private static FeatureMatrix Draw(int rows, int columns, Func<int, bool> isAnomaly, Func<int, bool, double> cell)
    {
        var cells = new float[rows * columns];
        bool[] labels = [.. Enumerable.Range(0, rows).Select(isAnomaly)];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = (float)cell(i / columns, labels[i / columns]);
        return FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(columns), labels);
    }

    private double Uniform()
    {
        _state = unchecked((_state * 6364136223846793005) + 1442695040888963407);
        return (_state >> 11) * Math.Pow(2, -53);
    }

    private double Normal()
    {
        double sum = 0;
        for (int i = 0; i < 12; i++)
            sum += Uniform();
        return sum - 6;
    }
}
