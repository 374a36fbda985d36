namespace AnomalyKit.Docs.Tests.Prose;

/// <summary>What docs/toc.yml says: chapters, and the pages of each.</summary>
internal static class TableOfContents
{
    /// <summary>The pages of these chapters, as paths from the root of the repository.</summary>
    public static IEnumerable<string> PagesOf(params string[] chapters)
    {
        string chapter = string.Empty;
        foreach (string line in File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs/toc.yml")))
        {
            string[] parts = line.Trim().Split(':', 2, StringSplitOptions.TrimEntries);
            if (line.StartsWith("- name:", StringComparison.Ordinal))
                chapter = parts[1];
            else if (parts[0] == "href" && chapters.Contains(chapter))
                yield return Path.GetRelativePath(RepositoryRoot.Path, Path.GetFullPath(Path.Combine(RepositoryRoot.Path, "docs", parts[1])));
        }
    }
}
