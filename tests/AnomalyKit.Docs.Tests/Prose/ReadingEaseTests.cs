namespace AnomalyKit.Docs.Tests.Prose;

/// <summary>The pages that people read first, Start and Guides of the site, are plain English: a reading ease of 50 or more each.</summary>
public sealed class ReadingEaseTests
{
    private const double Least = 50;

    public static TheoryData<string> Pages => new(TableOfContents.PagesOf("Start", "Guides"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_easy_to_read(string page)
    {
        double ease = ReadingEase.Of(PageProse.Of(File.ReadAllText(Path.Combine(RepositoryRoot.Path, page))));
        Assert.True(ease >= Least, FormattableString.Invariant($"{page} has a reading ease of {ease:0.0}. Make its sentences shorter and its words plainer until it has {Least}."));
    }

    [Fact]
    public void The_pages_are_found() => Assert.True(Pages.Count >= 15, $"docs/toc.yml names {Pages.Count} pages.");

    [Theory]
    [InlineData("cat", 1)]
    [InlineData("late", 1)]
    [InlineData("named", 1)]
    [InlineData("wanted", 2)]
    [InlineData("makes", 1)]
    [InlineData("boxes", 2)]
    [InlineData("table", 2)]
    [InlineData("whole", 1)]
    [InlineData("the", 1)]
    [InlineData("anomaly", 4)]
    [InlineData("calibration", 4)]
    [InlineData("2026", 1)]
    public void Syllables_are_counted_as_they_are_spoken(string word, int syllables) => Assert.Equal(syllables, ReadingEase.Syllables(word));

    [Fact]
    public void Long_words_and_long_sentences_are_harder()
    {
        // 12 words of one syllable in two sentences of six: 206.835 - 1.015 * 6 - 84.6.
        Assert.Equal(116.145, ReadingEase.Of("The cat sat on the mat. The dog lay on the rug."), 3);
        Assert.True(ReadingEase.Of("Multidimensional characterisation necessitates considerable computational infrastructure.") < 0);
    }

    [Fact]
    public void Only_prose_counts()
    {
        const string Page = "# A heading\n\nOne `Very.Long.Name` and [a link](to/somewhere.md).\n\n| a | table |\n| - | - |\n| of | cells |\n\n- An item\n\n```csharp\nint code;\n```\n";
        Assert.Equal("One code and a link.\nAn item\n", PageProse.Of(Page));
    }
}
