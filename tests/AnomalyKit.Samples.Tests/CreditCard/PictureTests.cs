using AnomalyKit.Samples.CreditCard.Reporting.Page;
using AnomalyKit.Samples.CreditCard.Reporting.Pictures;

namespace AnomalyKit.Samples.Tests.CreditCard;

public class PictureTests
{
    [Fact]
    public void The_font_is_bundled_so_that_pictures_have_their_text_on_machines_without_fonts()
    {
        Assert.True(BundledFont.Normal?.GlyphCount > 100);
        Assert.True(BundledFont.Bold?.GlyphCount > 100);
        Assert.Equal("Inter", BundledFont.Normal.FamilyName);
    }

    [Fact]
    public void Scores_close_together_lie_on_a_straight_axis()
    {
        var axis = ScoreAxis.For([0.3f, 0.4f, 0.5f, 0.6f, 0.7f]);
        Assert.False(axis.IsBent);
        Assert.Equal(0.25, axis.Position(0.25));
        Assert.Empty(axis.RoundScores());
    }

    [Fact]
    public void Scores_far_out_are_drawn_in_and_ticks_are_round_scores()
    {
        var axis = ScoreAxis.For([1, 2, 3, 4, 5, 1_000_000]);
        Assert.True(axis.IsBent);
        Assert.True(axis.Position(4) < axis.Position(5));
        Assert.True(axis.Greatest - axis.Least < 20);
        Assert.Equal(1_000_000, axis.RoundScores()[^1]);
    }

    [Fact]
    public void Equal_scores_have_an_axis_all_the_same()
    {
        var axis = ScoreAxis.For([2, 2, 2]);
        Assert.True(axis.Greatest > axis.Least);
    }

    [Fact]
    public void Ten_lines_differ_in_color_and_dashes_and_are_those_of_the_page()
    {
        using var stream = typeof(PageHead).Assembly.GetManifestResourceStream(typeof(PageHead), "report.css")!;
        using var reader = new StreamReader(stream);
        string style = reader.ReadToEnd();
        var colors = Enumerable.Range(0, Markup.SeriesCount).Select(PictureStyle.SeriesColor).ToList();
        Assert.Equal(10, colors.Distinct().Count());
        for (int i = 0; i < colors.Count; i++)
            Assert.Contains($"--c{i}:#{colors[i].Red:x2}{colors[i].Green:x2}{colors[i].Blue:x2}", style, StringComparison.OrdinalIgnoreCase);
        string[] dashes = [.. Enumerable.Range(0, 10).Select(PictureStyle.SeriesPattern).Select(pattern => pattern.Name)];
        Assert.Equal(9, dashes.Distinct().Count());
    }
}
