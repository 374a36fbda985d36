using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnomalyKit.Quality;

/// <summary>The figures of every set and detector, kept in a JSON file that every finished set is added to.</summary>
internal sealed class QualityResults
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    private readonly Dictionary<string, Dictionary<string, QualityFigures>> _sets = [];

    /// <summary>Reads a file written before; nothing where it is not there.</summary>
    /// <exception cref="QualityException">The file is something else.</exception>
    public static QualityResults Load(string path)
    {
        var results = new QualityResults();
        if (!File.Exists(path))
            return results;
        try
        {
            foreach (var (set, detectors) in JsonNode.Parse(File.ReadAllText(path))!.AsObject())
            {
                foreach (var (detector, figures) in detectors!.AsObject())
                    results.Set(set, detector, Parse(figures!.AsObject()));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            throw new QualityException(
                $"'{path}' is no file of this program ({exception.Message}). Give another --out, or --force to replace it.", exception);
        }

        return results;
    }

    /// <summary>The figures of a detector on a set, or nothing.</summary>
    public QualityFigures? Find(string set, string detector) => _sets.GetValueOrDefault(set)?.GetValueOrDefault(detector);

    /// <summary>Keeps figures.</summary>
    public void Set(string set, string detector, QualityFigures figures)
    {
        if (!_sets.TryGetValue(set, out var detectors))
            _sets[set] = detectors = [];
        detectors[detector] = figures;
    }

    /// <summary>Writes everything; the file appears whole or not at all.</summary>
    public void Save(string path)
    {
        var root = new JsonObject();
        foreach (var (set, detectors) in _sets)
            root[set] = new JsonObject([.. detectors.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Format(pair.Value)))]);
        string beside = path + ".partial";
        File.WriteAllText(beside, root.ToJsonString(Layout) + "\n");
        File.Move(beside, path, overwrite: true);
    }

    private static JsonObject Format(QualityFigures figures) => new()
    {
        ["roc_auc"] = figures.RocAuc,
        ["average_precision"] = figures.AveragePrecision,
        ["fit_seconds"] = figures.FitSeconds,
        ["score_seconds"] = figures.ScoreSeconds,
        ["seeds"] = figures.Seeds,
    };

    private static QualityFigures Parse(JsonObject figures) => new(
        figures["roc_auc"]!.GetValue<double>(),
        figures["average_precision"]!.GetValue<double>(),
        figures["fit_seconds"]!.GetValue<double>(),
        figures["score_seconds"]!.GetValue<double>(),
        figures["seeds"]?.GetValue<int>() ?? 0);
}
