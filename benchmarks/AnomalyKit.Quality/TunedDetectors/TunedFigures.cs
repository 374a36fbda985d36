using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnomalyKit.Quality;

/// <summary>Figures by part, set and detector, kept in a JSON file that grows with each of them, so that a run that was stopped goes on where it was.</summary>
internal sealed class TunedFigures
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    private readonly SortedDictionary<string, Dictionary<string, double>> _all = new(StringComparer.Ordinal);
    private readonly string? _path;

    /// <param name="path">The file; null to keep figures in memory.</param>
    /// <exception cref="QualityException">The file is something else.</exception>
    public TunedFigures(string? path)
    {
        _path = path;
        if (path is null || !File.Exists(path))
            return;
        try
        {
            foreach (var (key, figures) in JsonNode.Parse(File.ReadAllText(path))!.AsObject())
                _all[key] = figures!.AsObject().ToDictionary(figure => figure.Key, figure => figure.Value?.GetValue<double>() ?? double.NaN);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            throw new QualityException($"'{path}' is no file of this program ({exception.Message}). Give another --out.", exception);
        }
    }

    /// <summary>The figures of a part, by what comes after its name: the set, and the detector if there is one.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, double>> Of(string part) =>
        _all.Where(pair => pair.Key.StartsWith(part + "/", StringComparison.Ordinal)).ToDictionary(pair => pair.Key[(part.Length + 1)..], pair => pair.Value);

    /// <summary>Measures what is not there yet, and keeps it.</summary>
    public void Fill(string key, Func<Dictionary<string, double>> measure)
    {
        if (_all.ContainsKey(key))
            return;
        _all[key] = measure();
        if (_path is null)
            return;
        var root = new JsonObject();
        foreach (var (name, figures) in _all)
            root[name] = new JsonObject(figures.Select(figure => KeyValuePair.Create(figure.Key, double.IsFinite(figure.Value) ? JsonValue.Create(figure.Value) : (JsonNode?)null)));
        File.WriteAllText(_path + ".partial", root.ToJsonString(Layout) + "\n");
        File.Move(_path + ".partial", _path, overwrite: true);
    }
}
