using AnomalyKit.Feedback.Features;
using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Sessions;

/// <summary>What is kept of a session besides the detector and the rows.</summary>
/// <param name="Options">How it asks and learns.</param>
/// <param name="Space">Where rows lie.</param>
/// <param name="Rows">The rows that were ever answered, by key.</param>
/// <param name="History">What happened, in order; the current answers are what it leads to.</param>
internal sealed record SessionFile(FeedbackOptions Options, RowSpace Space, IReadOnlyDictionary<string, StoredRow> Rows, IReadOnlyList<FeedbackChange> History)
{
    private const string FormatName = "anomalykit.feedback";
    private const int MaxChanges = 1 << 20;

    public void Save(string path, string fingerprint)
    {
        string[] keys = [.. Rows.Keys.Order(StringComparer.Ordinal)];
        var writer = new ModelWriter();
        writer.Set("format", FormatName);
        writer.Set("version", 1);
        writer.Set("base", fingerprint);
        OptionsFormat.Write(writer.Scope("options"), Options);
        Space.WriteTo(writer.Scope("space"));
        writer.Set("rows", keys.Length);
        for (int i = 0; i < keys.Length; i++)
            writer.Set(FormattableString.Invariant($"row-{i}"), keys[i]);
        writer.Add<double>("priors", keys.Select(key => Rows[key].Prior).ToArray());
        writer.Add<float>("features", keys.SelectMany(key => Rows[key].Features).ToArray());
        ChangesFormat.Write(writer.Scope("changes"), History, keys);
        writer.Set("seal", Seal.Of(this));
        writer.Save(path);
    }

    public static SessionFile Load(string path, SessionRows scored)
    {
        var detector = scored.Base;
        using var stream = File.OpenRead(path);
        var reader = ModelReader.Open(stream);
        if (!reader.TryGetString("format", out string? format) || format != FormatName)
            throw new ModelFormatException($"'{path}' is no saved feedback session. Give a file that a session was saved to.");
        reader.GetInt32("version", 1, 1);
        if (reader.GetString("base") != scored.BaseFingerprint)
        {
            throw new ModelFormatException(
                $"The feedback session '{path}' was started from another detector than this one (kind '{detector.Detector.Info.Kind}'). Give the detector of then, or start a new session and give it the answers.");
        }

        var options = OptionsFormat.Read(reader.Scope("options"));
        var space = RowSpace.Read(reader.Scope("space"), detector.Detector.Schema, detector.MemberCount);
        var (keys, rows) = ReadRows(reader, space.FeatureCount);
        var history = ChangesFormat.Read(reader.Scope("changes"), keys, MaxChanges);
        string seal = reader.GetString("seal");
        reader.ThrowIfUnread();
        var file = new SessionFile(options, space, rows, history);
        return seal == Seal.Of(file) ? file : throw ModelReader.FormatError("its texts are not those that were saved");
    }

    private static (string[] Keys, Dictionary<string, StoredRow> Rows) ReadRows(ModelReader reader, int featureCount)
    {
        var keys = new string[reader.GetInt32("rows", 0, MaxChanges)];
        if ((long)keys.Length * featureCount > Array.MaxLength)
            throw ModelReader.FormatError($"{keys.Length} rows of {featureCount} features are more than it can hold");
        double[] priors = reader.GetDoubles("priors", keys.Length);
        float[] features = reader.GetSingles("features", keys.Length * featureCount);
        var rows = new Dictionary<string, StoredRow>(StringComparer.Ordinal);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = reader.GetString(FormattableString.Invariant($"row-{i}"));
            if (keys[i].Length == 0 || (i > 0 && string.CompareOrdinal(keys[i - 1], keys[i]) >= 0))
                throw ModelReader.FormatError($"its row {i} has the key '{keys[i]}', which is empty or does not follow the one before in ordinal order");
            rows.Add(keys[i], new StoredRow(features.AsSpan(i * featureCount, featureCount).ToArray(), priors[i]));
        }

        return (keys, rows);
    }
}
