namespace AnomalyKit;

/// <summary>Names that Kubernetes takes.</summary>
internal static class KubernetesName
{
    private const int MaxLength = 63;

    public static string Check(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        bool fits = name.Length is > 0 and <= MaxLength && name[0] != '-' && name[^1] != '-'
            && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
        return fits ? name : throw new ArgumentException($"'{name}' is not a name that Kubernetes takes. Use lower-case letters, digits and inner hyphens, at most {MaxLength}.", parameter);
    }
}
