using System.CommandLine;
using AnomalyKit.TextValues;

namespace AnomalyKit.Tool.Arguments;

/// <summary>What is said of an option that a command does not have: first the option that may have been meant.</summary>
internal static class UnknownOption
{
    private const int SharedStart = 3;

    /// <summary>What other commands, or other programs, call it.</summary>
    private static readonly Dictionary<(string Command, string Option), string> Meant = new()
    {
        [("score", "--top")] = "--only top:N",
    };

    /// <param name="command">The command that was typed.</param>
    /// <param name="unknown">The option that it does not have.</param>
    /// <param name="next">What follows it; null for nothing.</param>
    /// <returns>A sentence or two, with the options that are near.</returns>
    public static string Text(Command command, string unknown, string? next)
    {
        string name = unknown.Split('=')[0];
        string? value = unknown.Contains('=', StringComparison.Ordinal) ? unknown[(name.Length + 1)..] : next;
        return $"There is no option '{name}'{Hint(command, name, value)}";
    }

    private static string Hint(Command command, string name, string? value)
    {
        if (Meant.TryGetValue((command.Name, name), out string? meant))
            return $"; did you mean '{(int.TryParse(value, out int number) ? meant.Replace("N", $"{number}", StringComparison.Ordinal) : meant)}'?";
        string[] names = [.. command.Options.Select(option => option.Name).Order(StringComparer.Ordinal)];
        string[] near = [.. names.Where(other => IsNear(name, other))];
        return near.Length > 0 ? $"; did you mean {string.Join(" or ", near.Select(other => $"'{other}'"))}?" : $"; there are {string.Join(", ", names)}.";
    }

    private static bool IsNear(string name, string other)
    {
        string start = name.TrimStart('-');
        return Nearest.To(name, [other]) is not null || (start.Length >= SharedStart && other.TrimStart('-').StartsWith(start[..SharedStart], StringComparison.OrdinalIgnoreCase));
    }
}
