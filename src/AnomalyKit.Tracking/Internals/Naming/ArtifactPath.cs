namespace AnomalyKit.Naming;

/// <summary>Paths of artifacts: relative, with slashes, and the same on every system and in every address.</summary>
internal static class ArtifactPath
{
    public const int MaxLength = 500;

    // Percent signs, question marks and the like mean something else in an address than in a file's name.
    private static readonly System.Buffers.SearchValues<char> Odd = System.Buffers.SearchValues.Create("\\%?#;:*\"<>|");

    /// <summary>Refuses a path that leads out of the run, or that somebody could take for one.</summary>
    /// <exception cref="ArgumentException">It does; one line that says what is wrong.</exception>
    public static void Check(string? path)
    {
        if (ProblemOf(path) is { } problem)
            throw new ArgumentException($"The path of an artifact {problem}. Write it like model/detector.akm.", nameof(path));
    }

    /// <summary>Why a path cannot be used, to follow "the path"; null where it can.</summary>
    public static string? ProblemOf(string? path) => path switch
    {
        null or "" => "is empty",
        { Length: > MaxLength } => $"has {path.Length} characters, and at most {MaxLength} are allowed",
        _ when path.Any(char.IsControl) => "holds a control character",
        _ when path.AsSpan().IndexOfAny(Odd) is var at and >= 0 => $"'{path}' holds '{path[at]}'",
        _ when path[0] == '/' => $"'{path}' is absolute",
        _ when path.Split('/').Any(part => part is "" or "." or ".." || part[^1] is '.' or ' ' || part[0] == ' ') => $"'{path}' has a part that is empty, only dots, or begins or ends where it should not",
        _ => null,
    };
}
