namespace AnomalyKit;

/// <summary>One option of a search space: its name, and what it may be.</summary>
public abstract class SearchDimension
{
    private protected SearchDimension(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The option's name, as <see cref="TrainerOptions"/> has it.</summary>
    public string Name { get; }
}
