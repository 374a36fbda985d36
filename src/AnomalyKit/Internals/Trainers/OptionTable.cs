namespace AnomalyKit.Trainers;

/// <summary>The options of trainers of one kind, without their type.</summary>
internal abstract class OptionTable
{
    /// <summary>What such trainers are called in messages.</summary>
    public abstract string Kind { get; }

    /// <summary>The options' names, in the order in which people should see them.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Whether a trainer is one of these.</summary>
    public abstract bool Fits(IDetectorTrainer trainer);

    /// <summary>The options of a trainer.</summary>
    public abstract IEnumerable<TrainerOption> Read(IDetectorTrainer trainer);

    /// <summary>A trainer with another value of an option, or null where there is no option of that name.</summary>
    /// <exception cref="ArgumentException">The value cannot be used.</exception>
    /// <exception cref="FormatException">The value cannot be read.</exception>
    public abstract IDetectorTrainer? Write(IDetectorTrainer trainer, string name, string value);

    /// <summary>What can be written for an option.</summary>
    public abstract string AllowedOf(string name);
}
