namespace AnomalyKit.Docs.Tests;

/// <summary>A fence of C# in a page.</summary>
/// <param name="Page">The page's path from the repository's root.</param>
/// <param name="Line">The line of the first line of code, from 1.</param>
/// <param name="Code">The code of the fence.</param>
/// <param name="Given">What comes before it: earlier fences and imagined code.</param>
/// <param name="Runs">Whether it is run.</param>
/// <param name="Prints">What it must print, or nothing.</param>
internal sealed record Snippet(string Page, int Line, string Code, string Given, bool Runs, string? Prints)
{
    public string Name => $"{Page}:{Line}";
}
