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
    private const string Dates = "dates";

    public static IReadOnlyDictionary<string, string> Of(string detector, ulong seed, IReadOnlyList<string> set, string? threshold, string? calibration, IReadOnlyList<string> missing, IReadOnlyList<string> dates)
    {
        var settings = new Dictionary<string, string> { [Detector] = detector, [Seed] = seed.ToString(CultureInfo.InvariantCulture) };
        foreach (var (prefix, values) in (ReadOnlySpan<(string, IReadOnlyList<string>)>)[(Set, set), (Missing + ".", missing), (Dates + ".", dates)])
        {
            for (int i = 0; i < values.Count; i++)
                settings[$"{prefix}{i:0000}"] = values[i];
        }

        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[(Threshold, threshold), (Calibration, calibration)])
        {
            if (value is not null)
                settings[name] = value;
        }

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
            trainer = TrainerOptions.With(trainer, Listed(settings, Set));
            if (settings.TryGetValue(Threshold, out string? threshold))
                trainer = TrainerOptions.With(trainer, "Threshold", threshold);
            if (settings.TryGetValue(Calibration, out string? calibration))
                trainer = TrainerOptions.With(trainer, "Calibration", Seeded(calibration, seed));
            // Parts of before have one rule, under the name alone.
            string[] missing = settings.TryGetValue(Missing, out string? only) ? [only] : Listed(settings, Missing + ".");
            return new TableTrainer(trainer) { Preparation = PreparationRules.Preparation(missing, Listed(settings, Dates + ".")) };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new UsageException(ErrorText.Of(e));
        }
    }

    /// <summary>The values that were given once for each, in their order.</summary>
    private static string[] Listed(IReadOnlyDictionary<string, string> settings, string prefix) =>
        [.. settings.Where(setting => setting.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => setting.Value)];

    /// <summary>A calibration that sets rows aside, with the seed of the command where it names none: the seed draws these rows, too.</summary>
    private static string Seeded(string calibration, ulong seed)
    {
        string[] parts = calibration.Split(':', 2);
        if (!parts[0].Trim().Equals("conformal", StringComparison.OrdinalIgnoreCase) || (parts.Length > 1 && (parts[1].Length == 0 || parts[1].Contains(',', StringComparison.Ordinal))))
            return calibration;
        return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}:{(parts.Length > 1 ? parts[1] : ScoreCalibration.Conformal().HeldOutFraction)},{seed}");
    }
}
