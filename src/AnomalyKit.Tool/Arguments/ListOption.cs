using System.CommandLine;

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
        CustomParser = result => [.. result.Tokens.SelectMany(token => Split(token.Value))],
    };

    /// <summary>The parts between commas; a comma that is part of a name is written <c>\,</c>.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var part = new System.Text.StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is ',' or '\\')
            {
                part.Append(text[++i]);
            }
            else if (text[i] == ',')
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(text[i]);
            }
        }

        yield return part.ToString();
    }
}
