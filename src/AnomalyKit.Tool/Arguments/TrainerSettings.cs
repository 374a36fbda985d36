using System.Globalization;
using AnomalyKit.Tool.Running;

namespace AnomalyKit.Tool.Arguments;

/// <summary>The choice of a trainer as texts by name: what a command line says, and what parts of shards keep for the merge.</summary>
internal static class TrainerSettings
{
    private const string Detector = "detector";
    private const string Seed = "seed";
    private const string Set = "set.";
    private const string Threshold = "threshold";
    private const string Calibration = "calibration";
    private const string Missing = "missing";

    public static IReadOnlyDictionary<string, string> Of(string detector, ulong seed, IReadOnlyList<string> set, string? threshold, string? calibration, IReadOnlyList<string> missing)
    {
        var settings = new Dictionary<string, string> { [Detector] = detector, [Seed] = seed.ToString(CultureInfo.InvariantCulture) };
        for (int i = 0; i < set.Count; i++)
            settings[$"{Set}{i:0000}"] = set[i];
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[(Threshold, threshold), (Calibration, calibration)])
        {
            if (value is not null)
                settings[name] = value;
        }

        for (int i = 0; i < missing.Count; i++)
            settings[$"{Missing}.{i:0000}"] = missing[i];
        return settings;
    }

    /// <summary>The name of the detector.</summary>
    public static string NameOf(IReadOnlyDictionary<string, string> settings) =>
        settings.GetValueOrDefault(Detector) ?? throw new UsageException("The parts do not say which detector they are for: a program made them. Let it merge them, too.");

    /// <summary>The trainer with its preparation.</summary>
    public static TableTrainer Create(IReadOnlyDictionary<string, string> settings)
    {
        try
        {
            ulong seed = ulong.Parse(settings[Seed], CultureInfo.InvariantCulture);
            var trainer = DetectorTrainers.Create(NameOf(settings), seed);
            trainer = TrainerOptions.With(trainer, settings.Where(setting => setting.Key.StartsWith(Set, StringComparison.Ordinal)).OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => setting.Value));
            if (settings.TryGetValue(Threshold, out string? threshold))
                trainer = TrainerOptions.With(trainer, "Threshold", threshold);
            if (settings.TryGetValue(Calibration, out string? calibration))
                trainer = TrainerOptions.With(trainer, "Calibration", Seeded(calibration, seed));
            // Parts of before have one rule, under the name alone.
            var missing = settings.Where(setting => setting.Key == Missing || setting.Key.StartsWith(Missing + ".", StringComparison.Ordinal)).OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => setting.Value);
            return new TableTrainer(trainer) { Preparation = MissingRules.Preparation(missing) };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new UsageException(ErrorText.Of(e));
        }
    }

    /// <summary>A calibration that sets rows aside, with the seed of the command where it names none: the seed draws these rows, too.</summary>
    private static string Seeded(string calibration, ulong seed)
    {
        string[] parts = calibration.Split(':', 2);
        if (!parts[0].Trim().Equals("conformal", StringComparison.OrdinalIgnoreCase) || (parts.Length > 1 && (parts[1].Length == 0 || parts[1].Contains(',', StringComparison.Ordinal))))
            return calibration;
        return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}:{(parts.Length > 1 ? parts[1] : ScoreCalibration.Conformal().HeldOutFraction)},{seed}");
    }
}
