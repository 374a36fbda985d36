using AnomalyKit.TextValues;

namespace AnomalyKit.Configuration;

/// <summary>Finds what would be left out or misread without a word: misspelled keys, a value where a list or a section stands, a length of time with 24 hours or more.</summary>
internal static class MisreadKeys
{
    /// <summary>Looks through a section.</summary>
    /// <returns>One sentence or two per problem; values are not repeated, because they may be secrets.</returns>
    public static IReadOnlyList<string> Find(Microsoft.Extensions.Configuration.IConfigurationSection section, OptionKeys keys)
    {
        var problems = new List<string>();
        Add(problems, section, keys);
        return problems;
    }

    private static void Add(List<string> problems, Microsoft.Extensions.Configuration.IConfigurationSection section, OptionKeys keys)
    {
        if (section.Value is { Length: > 0 } value && ProblemOf(section.Path, value, keys) is { } problem)
            problems.Add($"{section.Path} {problem}");
        foreach (var child in section.GetChildren())
        {
            if (keys.Find(child.Key) is { } known)
                Add(problems, child, known);
            else
                problems.Add($"{child.Path} is not an option{Hint(child.Key, section.Path, keys)}");
        }
    }

    // An empty text stands for nothing: an empty list of JSON, a variable that is set to nothing.
    private static string? ProblemOf(string path, string value, OptionKeys keys) => keys.Form switch
    {
        OptionForm.Duration => DurationText.ProblemOf(value),
        OptionForm.List => $"is a list, and has a value of its own, which nobody would read. Number the entries from 0: {path}:0{(keys.Find("0") is { Form: OptionForm.Section } item ? $":{item.Names.First()}" : "")}.",
        OptionForm.Dictionary => $"has a value of its own, which nobody would read. Give each entry a name: {path}:NAME{(keys.Find("NAME") is { Form: OptionForm.Section } item ? $":{item.Names.First()}" : "")}.",
        OptionForm.Section => $"has a value of its own, which nobody would read. Its options are {string.Join(", ", keys.Names.Select(name => $"{path}:{name}").Order(StringComparer.Ordinal))}.",
        _ => null,
    };

    private static string Hint(string key, string section, OptionKeys keys) => Nearest.To(key, keys.Names) is { } name ? $"; did you mean '{name}'?"
        : keys.Names.Any() ? $". The options of {section} are {string.Join(", ", keys.Names.Order(StringComparer.Ordinal))}."
        : $". {section} is a single value.";
}
