namespace AnomalyKit.Trainers;

/// <summary>The options of an ensemble itself; those of its members are <see cref="MemberOptions"/>.</summary>
internal static class EnsembleOptions
{
    private static readonly ValueText<ScoreCombiner> Combiners = new(ValueText.OneOf(ScoreCombiner.TextForms), ScoreCombiner.Parse, value => value.ToText());
    private static readonly ValueText<MemberWeighting> Weightings = new(ValueText.OneOf(MemberWeighting.TextForms), MemberWeighting.Parse, value => value.ToText());

    public static OptionTable<EnsembleTrainer> Table { get; } =
        new OptionTable<EnsembleTrainer>("ensemble", new() { Members = [new("isolation-forest", new IsolationForestTrainer())] })
        .With("Combiner", "How the members' scores become one.", Combiners, t => t.Combiner, (t, v) => t with { Combiner = v })
        .With("Weighting", "How the training scores change the members' weights, without labels.", Weightings, t => t.Weighting, (t, v) => t with { Weighting = v })
        .With("MemberCalibration", "How the members' scores are brought to one scale.", ValueText.Calibration, t => t.MemberCalibration, (t, v) => t with { MemberCalibration = v })
        .With("SkipFailingMembers", "Whether the ensemble goes on without members that cannot be fitted.", ValueText.Boolean, t => t.SkipFailingMembers, (t, v) => t with { SkipFailingMembers = v })
        .With("MaxConcurrentMembers", "The most members that are fitted at the same time; null for as many as there are threads.", ValueText.Int32("at least 1").OrNull(), t => t.MaxConcurrentMembers, (t, v) => t with { MaxConcurrentMembers = v })
        .With("MemoryBudget", "The most bytes that members may need at the same time; null for half of the memory.", ValueText.Int64("above 0").OrNull(), t => t.MemoryBudget, (t, v) => t with { MemoryBudget = v })
        .WithFrame<EnsembleTrainer, EnsembleDetector>();
}
