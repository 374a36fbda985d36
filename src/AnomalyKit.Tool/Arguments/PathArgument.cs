using System.CommandLine.Parsing;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Arguments that are paths.</summary>
internal static class PathArgument
{
    /// <summary>Takes nothing that looks like an option with a typing error.</summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        var command = ((CommandResult)result.Parent!).Command;
        for (int i = 0; i < result.Tokens.Count; i++)
        {
            string text = result.Tokens[i].Value;
            if (!text.StartsWith("--", StringComparison.Ordinal))
                continue;
            string file = Path.Exists(text) ? $" The file of that name is written './{text}'." : "";
            result.AddError(UnknownOption.Text(command, text, i + 1 < result.Tokens.Count ? result.Tokens[i + 1].Value : null) + file);
        }
    }
}
