namespace AnomalyKit.Naming;

/// <summary>Aliases of versions, which can be told from numbers.</summary>
internal static class AliasName
{
    /// <summary>Refuses what is not an alias.</summary>
    public static void Check(string? alias)
    {
        if (string.IsNullOrEmpty(alias) || alias.Length > KeptNames.MaxLength || alias.All(char.IsAsciiDigit) || alias.Equals("latest", StringComparison.OrdinalIgnoreCase)
            || alias.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_')))
        {
            throw new ArgumentException(
                $"'{alias}' cannot be an alias: it takes 1 to {KeptNames.MaxLength} letters, digits, dashes and underscores, and is neither a number nor 'latest'.", nameof(alias));
        }
    }
}
