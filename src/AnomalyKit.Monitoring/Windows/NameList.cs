using System.Collections.ObjectModel;

namespace AnomalyKit.Monitoring.Windows;

/// <summary>Different names of columns; lists of equal names are equal, so that options that hold them are.</summary>
internal sealed class NameList : ReadOnlyCollection<string>
{
    /// <param name="names">None null or blank; repeated ones are kept once.</param>
    /// <param name="option">What is set, for the message.</param>
    public NameList(IReadOnlyList<string> names, string option)
        : base(Checked(names, option))
    {
    }

    public static new NameList Empty { get; } = new([], nameof(Empty));

    /// <exception cref="ArgumentException">A name is not one of a column; the message lists those that are.</exception>
    public void ThrowIfUnknown(IReadOnlyList<ColumnProfile> columns, string option)
    {
        foreach (string name in this)
        {
            if (!columns.Any(column => column.Name == name))
                throw new ArgumentException($"There is no column '{name}' to ignore. The columns are: {string.Join(", ", columns.Select(column => column.Name))}. Correct the name ({option}) or leave it out.", option);
        }
    }

    public override bool Equals(object? obj) => obj is NameList other && this.SequenceEqual(other, StringComparer.Ordinal);

    public override int GetHashCode() => this.Aggregate(Count, (hash, name) => HashCode.Combine(hash, StringComparer.Ordinal.GetHashCode(name)));

    public override string ToString() => string.Join(", ", this);

    private static string[] Checked(IReadOnlyList<string> names, string option)
    {
        ArgumentNullException.ThrowIfNull(names, option);
        if (names.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException($"{option} has a blank name. Leave it out.", option);
        return [.. names.Distinct(StringComparer.Ordinal)];
    }
}
