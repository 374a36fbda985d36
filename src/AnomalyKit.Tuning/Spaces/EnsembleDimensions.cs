namespace AnomalyKit;

/// <summary>
/// The space of an ensemble: how scores are combined, and of each member how much it counts and its first option. All options of all members would be more than forty trials can
/// tell apart; tune the members by themselves where they matter.
/// </summary>
internal static class EnsembleDimensions
{
    private static readonly string[] Combiners = ["mean", "maximum", "median", "trimmed-mean:0.2"];

    public static IEnumerable<SearchDimension> Of(EnsembleTrainer ensemble, string prefix, DataSize size)
    {
        yield return SearchDimension.Choice(prefix + "Combiner", Combiners);
        foreach (var member in ensemble.Members)
        {
            string name = $"{prefix}{member.Name}.";
            if (ensemble.Members.Count > 1)
                yield return SearchDimension.Real(name + "Weight", 0.1, 10, isLogarithmic: true);
            if (First(member.Trainer, name, size) is { } first)
                yield return first;
        }
    }

    /// <summary>A member's most important option. Members of a member that are all of one kind are changed together, by a star; other ensembles as they are combined.</summary>
    private static SearchDimension? First(IDetectorTrainer trainer, string name, DataSize size)
    {
        if (trainer is not EnsembleTrainer inner)
            return HasSpace(trainer) ? BuiltInSpaces.Of(trainer, name, size).First() : null;
        var first = inner.Members[0].Trainer;
        return HasSpace(first) && first is not EnsembleTrainer && inner.Members.All(member => member.Trainer.GetType() == first.GetType())
            ? BuiltInSpaces.Of(first, name + "*.", size).First()
            : SearchDimension.Choice(name + "Combiner", Combiners);
    }

    private static bool HasSpace(IDetectorTrainer trainer) => TrainerOptions.Read(trainer).Count > 0;
}
