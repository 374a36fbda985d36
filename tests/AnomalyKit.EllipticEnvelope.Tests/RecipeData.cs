namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>The data sets of make_sklearn_golden.py, drawn by the same recipe.</summary>
internal sealed class RecipeData
{
    private ulong _state;

    private RecipeData(ulong seed) => _state = seed;

    public static FeatureMatrix Named(string name) => name switch
    {
        "Clean" => Draw(1, 200, 4, 0, 0, tails: false),
        "Shifted" => Draw(2, 300, 6, 5, 8, tails: false),
        "Tails" => Draw(3, 250, 5, 10, 6, tails: true),
        "Small" => Draw(4, 40, 3, 4, 10, tails: false),
        "Many" => Draw(5, 900, 10, 6, 4, tails: true),
        "Wide" => Draw(6, 400, 60, 6, 2, tails: true),
        _ => throw new ArgumentException($"There is no set '{name}'.", nameof(name)),
    };

    /// <summary>Columns mixed by a running sum; every few rows one is moved away; with tails, rows are divided by 0.2 + uniform.</summary>
    public static FeatureMatrix Draw(ulong seed, int rows, int columns, int outliers, double shift, bool tails)
    {
        var recipe = new RecipeData(seed);
        var cells = new float[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            double radius = tails ? 1.0 / (0.2 + recipe.Uniform()) : 1.0;
            double total = 0;
            for (int j = 0; j < columns; j++)
            {
                total = (0.5 * total) + (radius * recipe.Normal());
                cells[(i * columns) + j] = (float)(total + (outliers > 0 && i % outliers == 0 ? shift : 0.0));
            }
        }

        return FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(columns));
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
