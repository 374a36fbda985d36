using AnomalyKit.Trainers;

namespace AnomalyKit;

/// <summary>Says of a trainer what its models are made by: for <see cref="TableDetector.WithOrigin"/>.</summary>
public static class TrainerOrigin
{
    /// <summary>The origin of a trainer's models.</summary>
    /// <param name="trainer">The trainer. Of trainers of other people no options are known.</param>
    /// <param name="name">What the trainer is called, for example <c>recommended</c>; null where nobody knows.</param>
    /// <returns>The version of AnomalyKit, the name, and all options that have a text, as <see cref="TrainerOptions.With{TTrainer}(TTrainer, IEnumerable{string})"/> reads them.</returns>
    public static ModelOrigin Of(IDetectorTrainer trainer, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return new ModelOrigin
        {
            Program = $"AnomalyKit {typeof(TrainerOrigin).Assembly.GetName().Version?.ToString(3)}",
            Trainer = name,
            Settings = [.. OptionTables.Read(trainer).Where(option => option.HasText).Select(option => $"{option.Name}={option.Value}")],
        };
    }

    /// <summary>The origin of the models of a trainer behind a preparation.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="name">What the trainer is called, for example <c>recommended</c>; null where nobody knows.</param>
    /// <returns>That of the trainer within, and <c>preparation.Missing=…</c>, what becomes of missing cells, with <c>preparation.Missing.COLUMN=…</c> for columns that have a rule of their own; the rest of the preparation is in the file itself.</returns>
    public static ModelOrigin Of(TableTrainer trainer, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        var origin = Of(trainer.Trainer, name);
        string[] columns = [.. trainer.Preparation.Columns.Where(column => column.Value.Missing is not null).OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"preparation.Missing.{column.Key}={column.Value.Missing!.ToText()}")];
        return origin with { Settings = [.. origin.Settings, $"preparation.Missing={trainer.Preparation.Missing.ToText()}", .. columns] };
    }
}
