using System.CommandLine.Parsing;

namespace AnomalyKit.Tool.Arguments;

/// <summary>Arguments that are paths.</summary>
internal static class PathArgument
{
    /// <summary>Takes nothing that looks like an option with a typing error.</summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens)
        {
            if (token.Value.StartsWith("--", StringComparison.Ordinal))
                result.AddError($"There is no option '{token.Value}'. A file of that name is written './{token.Value}'.");
        }
    }
}
