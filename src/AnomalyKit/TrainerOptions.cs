using AnomalyKit.Trainers;

namespace AnomalyKit;

/// <summary>Reads and changes the options of trainers by name, with values as text: for command lines, files of settings and stores of runs.</summary>
/// <remarks>
/// <para>
/// Options have the names of the trainers' properties; case and dashes do not matter. Numbers are written with a point, enumerations as words (<c>Engine=brute-force</c>), and <c>null</c> stands for null.
/// Thresholds, calibrations, scalings and kernels are written as their <c>Parse</c> methods say, for example <c>Threshold=contamination:0.002</c>.
/// </para>
/// <para>
/// An ensemble has its own options, and those of its members: <c>isolation-forest.TreeCount=50</c>, <c>networks.network-1.MaxEpochs=5</c> for a member of a member, and <c>isolation-forest.Weight=2</c> for how much a member
/// counts. A star stands for all members: <c>networks.*.MaxEpochs=5</c>.
/// </para>
/// <para>The list is explicit: nothing is looked up by reflection. Trainers of other people have no options here.</para>
/// </remarks>
public static class TrainerOptions
{
    /// <summary>Reads all options of a trainer.</summary>
    /// <param name="trainer">A trainer of this package.</param>
    /// <returns>The options, those of the algorithm first, those of an ensemble's members last; none for a trainer of other people.</returns>
    public static IReadOnlyList<TrainerOption> Read(IDetectorTrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return [.. OptionTables.Read(trainer)];
    }

    /// <summary>A trainer with another value of an option.</summary>
    /// <typeparam name="TTrainer">The type of the trainer.</typeparam>
    /// <param name="trainer">A trainer of this package; it is not changed.</param>
    /// <param name="option">The option's name, for example <c>TreeCount</c>.</param>
    /// <param name="value">The value as text, for example <c>200</c>.</param>
    /// <returns>A new trainer of the same type.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such option, or the value cannot be used. The message is one line: the option, the value, what is allowed, and for an unknown name the nearest known one.
    /// </exception>
    public static TTrainer With<TTrainer>(TTrainer trainer, string option, string value)
        where TTrainer : class, IDetectorTrainer
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(option);
        ArgumentNullException.ThrowIfNull(value);
        return (TTrainer)OptionTables.Write(trainer, option.Trim(), value.Trim());
    }

    /// <summary>A trainer with other values of several options.</summary>
    /// <typeparam name="TTrainer">The type of the trainer.</typeparam>
    /// <param name="trainer">A trainer of this package; it is not changed.</param>
    /// <param name="settings">Options and values with an equals sign between, for example <c>TreeCount=200</c>; they are set in this order.</param>
    /// <returns>A new trainer of the same type.</returns>
    /// <exception cref="ArgumentException">A setting has no equals sign, there is no such option, or a value cannot be used. The message is one line.</exception>
    public static TTrainer With<TTrainer>(TTrainer trainer, IEnumerable<string> settings)
        where TTrainer : class, IDetectorTrainer
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(settings);
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new ArgumentException($"The setting '{setting}' has no option and value with an equals sign between; write for example {Example(trainer)}.");
            trainer = With(trainer, setting[..equals], setting[(equals + 1)..]);
        }

        return trainer;
    }

    /// <summary>The values that a fit has chosen for options that were left to it: those that are <c>null</c> in the settings that the model keeps (<see cref="ModelOrigin.Settings"/>).</summary>
    /// <param name="detector">A fitted detector.</param>
    /// <returns>
    /// Names as in the settings, and values as text: <c>Neighbors</c> of detectors on nearest neighbors, <c>MaxDepth</c> of forests, <c>HiddenWidths</c> of autoencoders, and those of an ensemble's members, for example
    /// <c>nearest-neighbors.Neighbors</c>. Options that the settings give a value are not among them. Empty where the model keeps no settings.
    /// </returns>
    public static IReadOnlyDictionary<string, string> ReadChosen(IAnomalyDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        var open = detector.Frame.Origin?.Settings.Where(setting => setting.EndsWith("=" + ValueText.Null, StringComparison.Ordinal)).Select(setting => setting[..^(ValueText.Null.Length + 1)]) ?? [];
        return ChosenOptions.Of(detector).IntersectBy(open, option => option.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    private static string Example(IDetectorTrainer trainer) => OptionTables.Read(trainer).FirstOrDefault() is { } option ? $"{option.Name}={option.Value}" : "Option=Value";
}
