using System.Text;

namespace AnomalyKit;

/// <summary>What a study fixes when it is created: whoever goes on with it must want the same.</summary>
/// <param name="Name">The study's name, unique in its store.</param>
/// <param name="Settings">What its trials depend on, in order: names and values as text, each name once.</param>
public sealed record StudyDefinition(string Name, IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    /// <summary>Says where two definitions differ.</summary>
    /// <param name="other">The other definition.</param>
    /// <returns>One line a difference, this definition's value first; empty where both are the same.</returns>
    public IReadOnlyList<string> DifferencesFrom(StudyDefinition other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var theirs = other.Settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);
        var differences = new List<string>();
        foreach (var (name, value) in Settings)
        {
            if (!theirs.Remove(name, out string? their))
                differences.Add($"{name} is '{value}' here and missing there");
            else if (their != value)
                differences.Add($"{name} is '{value}' here and '{their}' there");
        }

        differences.AddRange(other.Settings.Where(setting => theirs.ContainsKey(setting.Key)).Select(setting => $"{setting.Key} is missing here and '{setting.Value}' there"));
        return differences;
    }

    /// <inheritdoc/>
    public bool Equals(StudyDefinition? other) => other is not null && Name == other.Name && Settings.SequenceEqual(other.Settings);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Settings.Count);

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(Name).Append(": ").AppendJoin("; ", Settings.Select(setting => $"{setting.Key} {setting.Value}"));
        return true;
    }
}
