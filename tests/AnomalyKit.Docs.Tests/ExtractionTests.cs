namespace AnomalyKit.Docs.Tests;

/// <summary>The tests' own tools: what they cannot see they cannot hold.</summary>
public sealed class ExtractionTests
{
    [Fact]
    public void Errors_are_found_and_named_by_page_and_line()
    {
        var snippet = Single("""
            # Page

            ```csharp
            using AnomalyKit;

            var trainer = new IsolationForestTrainer();
            trainer.NoSuchThing();
            ```
            """);
        string error = Assert.Single(SnippetCompiler.Compile(snippet).Errors);
        Assert.StartsWith("page.md:7: CS1061", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fences_of_other_languages_are_left_alone() => Assert.Empty(MarkdownSnippets.Of("page.md", "```sh\nls\n```\n```\nint x = ;\n```\n"));

    [Fact]
    public void A_fence_can_continue_the_one_before_and_be_given_what_is_not_shown()
    {
        Snippet[] snippets =
        [
            .. MarkdownSnippets.Of("page.md", """
                <!-- given: int a = 1; -->
                ```csharp
                using System.Text;
                int b = a + 1;
                ```
                <!-- continues, run -->
                ```csharp
                using System.Globalization;
                Console.WriteLine((a + b).ToString(CultureInfo.InvariantCulture) + new StringBuilder("!"));
                ```

                ```text
                3!
                ```
                """),
        ];
        Assert.Equal(2, snippets.Length);
        Assert.All(snippets, snippet => Assert.Empty(SnippetCompiler.Compile(snippet).Errors));
        Assert.Equal([false, true], snippets.Select(snippet => snippet.Runs));
        Assert.Equal("3!\n", snippets[1].Prints);
        Assert.Equal("3!\n", SnippetRunner.Run(SnippetCompiler.Compile(snippets[1]).Assembly));
    }

    [Fact]
    public void What_is_missing_is_not_forgiven() =>
        Assert.Contains("CS0103", Assert.Single(SnippetCompiler.Compile(Single("```csharp\nint b = a + 1;\n```\n")).Errors), StringComparison.Ordinal);

    [Theory]
    [InlineData("```cs\nint a;\n```\n")]
    [InlineData("```csharp\nint a;\n")]
    [InlineData("<!-- runs -->\n```csharp\nint a;\n```\n")]
    public void Pages_that_would_slip_through_are_refused(string page) =>
        Assert.Throws<FormatException>(() => MarkdownSnippets.Of("page.md", page).Count());

    [Fact]
    public void Pages_are_found() => Assert.True(MarkdownSnippets.All.Select(snippet => snippet.Page).Distinct().Count() >= 6);

    private static Snippet Single(string markdown) => Assert.Single(MarkdownSnippets.Of("page.md", markdown));
}
