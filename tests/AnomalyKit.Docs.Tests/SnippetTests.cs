namespace AnomalyKit.Docs.Tests;

/// <summary>What the documentation shows compiles, and runs where it says so.</summary>
public sealed class SnippetTests
{
    public static TheoryData<string> All => new(MarkdownSnippets.All.Select(snippet => snippet.Name));

    public static TheoryData<string> Running => new(MarkdownSnippets.All.Where(snippet => snippet.Runs).Select(snippet => snippet.Name));

    [Theory]
    [MemberData(nameof(All))]
    public void A_snippet_compiles(string name) => Assert.Empty(SnippetCompiler.Compile(Named(name)).Errors);

    [Theory]
    [MemberData(nameof(Running))]
    public void A_snippet_runs_and_prints_what_the_page_says(string name)
    {
        var snippet = Named(name);
        var (errors, assembly) = SnippetCompiler.Compile(snippet);
        Assert.Empty(errors);
        string printed = SnippetRunner.Run(assembly);
        if (snippet.Prints is not null)
            Assert.Equal(snippet.Prints, printed);
    }

    [Fact]
    public void The_first_page_s_code_is_the_quick_start_s_word_for_word()
    {
        var first = MarkdownSnippets.All.First(snippet => snippet.Page == "README.md");
        Assert.True(first.Runs);
        Assert.Equal(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "samples/QuickStart/Program.cs")).ReplaceLineEndings("\n"), first.Code);
    }

    private static Snippet Named(string name) => MarkdownSnippets.All.Single(snippet => snippet.Name == name);
}
