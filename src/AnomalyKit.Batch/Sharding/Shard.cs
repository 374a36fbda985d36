using System.Globalization;

namespace AnomalyKit;

/// <summary>One of several equal parts of a table, such as 3 of 12: a rule that all machines agree on without talking.</summary>
/// <remarks>Shards count from 1. Shard i of n of a table of r rows has the rows from ⌊(i − 1) · r / n⌋ to before ⌊i · r / n⌋; of fewer rows than shards some are empty.</remarks>
public readonly record struct Shard
{
    /// <summary>The variable that tells a task of a Slurm array its number, which is taken as it is: use <c>--array=1-12</c>.</summary>
    public const string SlurmVariable = "SLURM_ARRAY_TASK_ID";

    /// <summary>The variable that tells a pod of an Indexed Job of Kubernetes its number, which counts from 0: shard 1 is index 0.</summary>
    public const string KubernetesVariable = "JOB_COMPLETION_INDEX";

    /// <summary>Names a shard.</summary>
    /// <param name="number">Its number, from 1 to <paramref name="count"/>.</param>
    /// <param name="count">How many shards there are, from 1 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Shard(int number, int count)
    {
        if (count is < 1 or > MaxCount)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"There are 1 to {MaxCount} shards.");
        if (number < 1 || number > count)
            throw new ArgumentOutOfRangeException(nameof(number), number, $"Shard {number} of {count} does not exist: shards count from 1 to {count}.");
        Number = number;
        Count = count;
    }

    /// <summary>The most shards.</summary>
    public const int MaxCount = 1_000_000;

    /// <summary>The number of the shard, from 1 to <see cref="Count"/>.</summary>
    public int Number { get; }

    /// <summary>How many shards there are.</summary>
    public int Count { get; }

    /// <summary>Reads a shard.</summary>
    /// <param name="text">
    /// <c>3/12</c>, or <c>env/12</c>, where the number comes from <see cref="SlurmVariable"/> or <see cref="KubernetesVariable"/>. Where <paramref name="count"/> is known, <c>3</c> and <c>env</c> will do.
    /// How many shards there are is never taken from a scheduler: a repeated array of two tasks would see two.
    /// </param>
    /// <param name="count">How many shards there are, for example by a plan; null if the text says it.</param>
    /// <param name="environment">Looks variables up; by default those of the process.</param>
    /// <returns>The shard.</returns>
    /// <exception cref="FormatException">The text is not a shard, or the variable is missing, not a number or out of range; the message says which and what to do.</exception>
    public static Shard Parse(string text, int? count = null, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        if (parts.Length > 2 || (parts.Length == 1 && count is null))
            throw new FormatException($"'{text}' is not a shard. Write 3/12 for the third of twelve, or env/12 to take the number from the scheduler.");
        int shards = parts.Length == 2 ? Parsed(parts[1], $"'{text}' is not a shard: '{parts[1]}' is not a valid number of shards.") : count!.Value;
        if (count is { } planned && planned != shards)
            throw new FormatException($"'{text}' is one of {shards} shards, but the plan has {planned}. Leave out the number of shards, or give the number of the plan.");
        int number = parts[0] == "env" ? FromEnvironment(environment ?? Environment.GetEnvironmentVariable) : Parsed(parts[0], $"'{text}' is not a shard: '{parts[0]}' is not a number.");
        if (shards is < 1 or > MaxCount)
            throw new FormatException($"'{text}' is not a shard: there are 1 to {MaxCount} shards.");
        if (number < 1 || number > shards)
        {
            string source = parts[0] == "env" ? $" (from the scheduler; {SlurmVariable} counts from 1, so submit --array=1-{shards}, and {KubernetesVariable} from 0)" : string.Empty;
            throw new FormatException($"Shard {number} of {shards} does not exist{source}: shards count from 1 to {shards}.");
        }

        return new Shard(number, shards);
    }

    /// <summary>The rows of the shard.</summary>
    /// <param name="totalRowCount">The rows of the table.</param>
    /// <returns>The number of its first row, and of the row behind its last one.</returns>
    public (long FirstRow, long EndRow) RowsOf(long totalRowCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalRowCount);
        if (Count == 0)
            throw new InvalidOperationException("The default shard is none. Make one of a number and a count.");
        return ((long)((Int128)(Number - 1) * totalRowCount / Count), (long)((Int128)Number * totalRowCount / Count));
    }

    /// <summary>Number and count.</summary>
    /// <returns>For example <c>3/12</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static int Parsed(string text, string error) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new FormatException($"{error} Write 3/12 for the third of twelve.");

    private static int FromEnvironment(Func<string, string?> environment)
    {
        string? slurm = environment(SlurmVariable);
        string? kubernetes = environment(KubernetesVariable);
        if (string.IsNullOrEmpty(slurm) && string.IsNullOrEmpty(kubernetes))
            throw new FormatException($"Neither {SlurmVariable} nor {KubernetesVariable} is set, so there is no number to take from the scheduler. Run it as an array, or write the number: 3/12.");
        if (!string.IsNullOrEmpty(slurm) && !string.IsNullOrEmpty(kubernetes))
            throw new FormatException($"{SlurmVariable} ({slurm}) and {KubernetesVariable} ({kubernetes}) are both set. Unset one, or write the number: 3/12.");
        string variable = string.IsNullOrEmpty(slurm) ? KubernetesVariable : SlurmVariable;
        string value = string.IsNullOrEmpty(slurm) ? kubernetes! : slurm;
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index == int.MaxValue)
            throw new FormatException($"{variable} is '{value}', which is not a task number.");
        return variable == KubernetesVariable ? index + 1 : index;
    }
}
