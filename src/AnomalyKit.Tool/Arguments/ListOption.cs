using System.CommandLine;
using AnomalyKit.CommandWords;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Options that take a list: <c>--ignore A,B</c>, or the option once for each.</summary>
internal static class ListOption
{
    public static Option<string[]> Create(string name, string description, string helpName = "A,B") => new(name)
    {
        Description = description,
        HelpName = helpName,
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.SelectMany(token => CommaList.Split(token.Value))],
    };
}
