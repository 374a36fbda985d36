namespace AnomalyKit.Samples.CreditCard.Detectors;

/// <summary>A detector of this sample: its name, and how it is set up.</summary>
/// <param name="Name">The name on the command line and in the results.</param>
/// <param name="Reference">The parameters of the reference system.</param>
/// <param name="Recommended">Ours.</param>
internal sealed record DetectorEntry(
    string Name, Func<SettingsContext, DetectorSetup> Reference, Func<SettingsContext, DetectorSetup> Recommended)
{
    /// <summary>Whether a fit on half the rows takes about a second, so that it costs nothing to see what day two does to it.</summary>
    public bool IsQuick { get; init; }

    /// <summary>The detector with one of the two sets of options.</summary>
    public DetectorSetup Setup(DetectorSettings settings, SettingsContext context) =>
        settings == DetectorSettings.Reference ? Reference(context) : Recommended(context);
}
