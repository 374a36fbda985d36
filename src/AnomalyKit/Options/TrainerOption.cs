namespace AnomalyKit;

/// <summary>An option of a trainer as text: for help texts, reports and stores of runs.</summary>
/// <param name="Name">The name of the trainer's property, for example <c>TreeCount</c>; of an ensemble's member with its name before it, <c>isolation-forest.TreeCount</c>.</param>
/// <param name="Value">The value; where <see cref="HasText"/> is false, what it is in words.</param>
/// <param name="Default">The default of the trainer's type. A catalog's trainer, or an ensemble, may have set another <paramref name="Value"/> on purpose.</param>
/// <param name="Description">What the option does, in one sentence.</param>
/// <param name="Allowed">What can be written, for example <c>from 1 to 1,000,000</c>.</param>
public sealed record TrainerOption(string Name, string Value, string Default, string Description, string Allowed)
{
    /// <summary>Whether <see cref="TrainerOptions.With{TTrainer}(TTrainer, string, string)"/> reads <see cref="Value"/> back.</summary>
    /// <value>True; false for values that only code can make, such as a scaling that was fitted before.</value>
    public bool HasText { get; init; } = true;
}
