using System.Text.Json;

namespace AnomalyKit.Tuning.Tests.Support;

/// <summary>What Optuna and SciPy say; made by Goldens/make_goldens.py.</summary>
internal static class Goldens
{
    public static JsonElement Tpe { get; } = Read("tpe.json");

    public static JsonElement Sobol { get; } = Read("sobol.json");

    public static double[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];

    private static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Goldens", name))).RootElement;
}
