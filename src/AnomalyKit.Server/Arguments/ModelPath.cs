namespace AnomalyKit.Server.Arguments;

/// <summary>What <c>--models</c> names: a folder of models, or the file of one.</summary>
internal static class ModelPath
{
    private static readonly string[] TableEndings = [".csv", ".csv.gz", ".parquet", ".arrow", ".jsonl", ".ndjson"];

    /// <summary>Sets the keys of the configuration.</summary>
    /// <param name="settings">Receives them.</param>
    /// <param name="path">The folder or file.</param>
    /// <returns>The name under which the model of a file is served; null for a folder.</returns>
    /// <exception cref="ServerUsageException">There is nothing at the path.</exception>
    /// <exception cref="IOException">The file is not a model.</exception>
    public static string? AddTo(Dictionary<string, string?> settings, string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            settings["AnomalyDetection:ModelFolder"] = full;
            return null;
        }

        if (!File.Exists(full))
            throw new ServerUsageException($"There is no folder and no file '{path}'. Create the folder, or name a model file.");
        if (!ModelHead.IsModel(full))
            throw new IOException(NoModel(path));
        string name = Path.GetFileNameWithoutExtension(full);
        settings[$"AnomalyDetection:Models:{name}:Path"] = full;
        return name;
    }

    private static string NoModel(string path) => TableEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        ? $"'{path}' is not a model file; by its name it is a table. 'anomalykit fit {path} --out MODEL' makes a model of it."
        : $"'{path}' is not a model file. 'anomalykit fit DATA --out MODEL' makes one.";
}
