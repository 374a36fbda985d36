namespace AnomalyKit.Tuning;

/// <summary>A trainer with all its options, and the preparation in front of it where rows are those of tables.</summary>
/// <param name="Trainer">The trainer.</param>
/// <param name="Preparation">The preparation; null where rows are those of matrices.</param>
internal sealed record Setting(IDetectorTrainer Trainer, TablePreparation? Preparation)
{
    /// <summary>The trainer behind its preparation, or behind the default one.</summary>
    public TableTrainer OnTables => new(Trainer) { Preparation = Preparation ?? new TablePreparation() };

    /// <summary>The same setting with the options of a point.</summary>
    public Setting At(SearchSpace space, SearchPoint point)
    {
        if (Preparation is null)
            return this with { Trainer = space.Apply(Trainer, point) };
        var trainer = space.Apply(OnTables, point);
        return new Setting(trainer.Trainer, trainer.Preparation);
    }

    /// <summary>Refuses a space of options that the trainer does not have, or of values that it refuses.</summary>
    public void Check(SearchSpace space)
    {
        if (Preparation is null)
            space.Check(Trainer);
        else
            space.Check(OnTables);
    }
}
