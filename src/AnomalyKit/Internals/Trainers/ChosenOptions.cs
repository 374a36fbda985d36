namespace AnomalyKit.Trainers;

/// <summary>What fits have put in place of options that were <c>null</c>, as far as fitted detectors tell.</summary>
internal static class ChosenOptions
{
    public static IEnumerable<KeyValuePair<string, string>> Of(IAnomalyDetector detector) => detector switch
    {
        EnsembleDetector ensemble => ensemble.Members.SelectMany(member => Of(member.Detector).Select(option => KeyValuePair.Create($"{member.Name}.{option.Key}", option.Value))),
        LocalOutlierFactorDetector factor => [Option(nameof(LocalOutlierFactorTrainer.Neighbors), ValueText.Int32(string.Empty).Write(factor.Neighbors))],
        NearestNeighborsDetector nearest => [Option(nameof(NearestNeighborsTrainer.Neighbors), ValueText.Int32(string.Empty).Write(nearest.Neighbors))],
        IsolationForestDetector forest => [Option(nameof(IsolationForestTrainer.MaxDepth), ValueText.Int32(string.Empty).Write(forest.DepthLimit))],
        AutoencoderDetector network => [Option(nameof(AutoencoderTrainer.HiddenWidths), ValueText.Widths.Write(network.HiddenWidths))],
        _ => [],
    };

    private static KeyValuePair<string, string> Option(string name, string? value) => KeyValuePair.Create(name, value!);
}
