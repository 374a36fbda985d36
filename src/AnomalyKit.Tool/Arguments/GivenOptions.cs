using System.CommandLine;
using System.CommandLine.Parsing;

namespace AnomalyKit.Tool.Arguments;

/// <summary>The options that somebody typed, as opposed to those that have their defaults.</summary>
internal static class GivenOptions
{
    /// <summary>The names of all of them.</summary>
    public static string[] Of(ParseResult parsed) => [.. parsed.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit).Select(option => option.Option.Name)];

    /// <summary>Those among some names.</summary>
    public static string[] Of(ParseResult parsed, params ReadOnlySpan<string> names)
    {
        string[] among = names.ToArray();
        return [.. Of(parsed).Where(name => among.Contains(name))];
    }
}
