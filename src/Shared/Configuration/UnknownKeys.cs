using AnomalyKit.TextValues;

namespace AnomalyKit.Configuration;

/// <summary>Finds keys that nobody reads: a misspelled limit or list of keys must not be left out without a word.</summary>
internal static class UnknownKeys
{
    /// <summary>Looks through a section.</summary>
    /// <returns>One sentence or two per unknown key; values are not repeated, because they may be secrets.</returns>
    public static IReadOnlyList<string> Find(Microsoft.Extensions.Configuration.IConfigurationSection section, OptionKeys keys)
    {
        var problems = new List<string>();
        Add(problems, section, keys);
        return problems;
    }

    private static void Add(List<string> problems, Microsoft.Extensions.Configuration.IConfigurationSection section, OptionKeys keys)
    {
        foreach (var child in section.GetChildren())
        {
            if (keys.Find(child.Key) is { } known)
                Add(problems, child, known);
            else
                problems.Add($"{child.Path} is not an option{Hint(child.Key, section.Path, keys)}");
        }
    }

    private static string Hint(string key, string section, OptionKeys keys) => Nearest.To(key, keys.Names) is { } name ? $"; did you mean '{name}'?"
        : keys.Names.Any() ? $". The options of {section} are {string.Join(", ", keys.Names.Order(StringComparer.Ordinal))}."
        : $". {section} is a single value.";
}
