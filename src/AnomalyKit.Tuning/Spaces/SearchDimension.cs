namespace AnomalyKit;

/// <summary>One option of a search space: its name, and the values that it may take.</summary>
/// <remarks>
/// Options of AnomalyKit's own trainers are set by name, with the names and texts of <see cref="TrainerOptions"/>: <c>TreeCount</c>, or <c>isolation-forest.TreeCount</c> for a member of an ensemble.
/// For trainers of other people, and for anything that has no text, use the forms with a type: they take the code that sets the option.
/// </remarks>
public abstract partial class SearchDimension
{
    private readonly OptionSetter _setter;

    private protected SearchDimension(string name, OptionSetter setter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        _setter = setter;
    }

    /// <summary>The option's name, as <see cref="TrainerOptions"/> has it.</summary>
    public string Name { get; }

    /// <summary>How many different values there are; null for a continuous range.</summary>
    public abstract long? ValueCount { get; }

    /// <summary>The name and the values in one line, in the same words for equal dimensions: a study keeps it and compares.</summary>
    /// <returns>For example <c>TreeCount: integer from 50 to 500, logarithmic</c>.</returns>
    public abstract override string ToString();

    /// <summary>The values that a trainer must accept for the whole dimension to make sense: both ends of a range, or every choice.</summary>
    internal abstract IEnumerable<double> Ends { get; }

    /// <summary>The value at a place between 0 and 1: equal stretches hold equally many values, or equally many orders of magnitude.</summary>
    internal abstract double FromUnit(double unit);

    /// <summary>Evenly spread values, all of them where there are at most so many.</summary>
    internal abstract IReadOnlyList<double> Spread(int points);

    internal abstract bool Contains(double value);

    /// <summary>A value as an option of a trainer is written.</summary>
    internal abstract string TextOf(double value);

    internal bool AppliesTo(object target) => _setter.Takes(target);

    internal T Apply<T>(T target, double value)
        where T : class => (T)_setter.Set(target, this, value);
}
