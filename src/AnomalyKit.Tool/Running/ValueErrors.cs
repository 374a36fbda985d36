using System.CommandLine;
using System.CommandLine.Parsing;

namespace AnomalyKit.Tool.Running;

/// <summary>Says what an option takes if it was given something else, without the names of types that the parser would give.</summary>
internal static class ValueErrors
{
    /// <returns>The sentence; null where the error is another one.</returns>
    public static string? Of(ParseError error)
    {
        if (error.SymbolResult is not OptionResult { Option: var option, Tokens: [var token] } || Takes(option) is not { } takes)
            return null;
        return $"Option '{option.Name}' takes {takes}, not '{token.Value}'.{(option.Name == "--row" ? " Name a row by a column with --where COLUMN=VALUE." : "")}";
    }

    private static string? Takes(Option option)
    {
        if (option.Name == "--row")
            return "a row number from 0";
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type == typeof(ulong) ? "a whole number from 0"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type == typeof(double) ? "a number with a decimal point"
            : type == typeof(bool) ? "true or false"
            : type.IsEnum ? string.Join(" or ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()))
            : null;
    }
}
