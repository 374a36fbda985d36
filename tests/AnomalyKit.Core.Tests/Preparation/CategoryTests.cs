using static AnomalyKit.Core.Tests.Preparation.Tables;

namespace AnomalyKit.Core.Tests.Preparation;

public sealed class CategoryTests
{
    private static readonly FeatureTable Colors = Of(Words("color", "red", "blue", "green", "red"), Numbers("n", 1, 2, 3, 4));

    public static TheoryData<CategoryEncoding> Encodings => new(Enum.GetValues<CategoryEncoding>());

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_word_means_the_same_in_any_batch(CategoryEncoding encoding)
    {
        var fitted = new TablePreparation { Categories = encoding }.Fit(Colors, acceptsCategories: true);
        float[] red = fitted.Apply(Colors).Cells(0).ToArray();
        Assert.Equal(red, fitted.Apply(Of(Words("color", "red"), Numbers("n", 1))).Cells(0).ToArray());
        Assert.Equal(red, fitted.Apply(Of(Words("color", "violet", "red"), Numbers("n", 1, 1))).Cells(1).ToArray());
        Assert.Equal(red, fitted.Apply(Of(Numbers("n", 1, 1), Words("color", "green", "red"))).Cells(1).ToArray());
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void The_order_of_the_rows_does_not_change_what_a_word_means(CategoryEncoding encoding)
    {
        var preparation = new TablePreparation { Categories = encoding };
        var turned = Colors.SelectRows([3, 2, 1, 0]);
        var expected = preparation.Fit(Colors, acceptsCategories: true);
        var actual = preparation.Fit(turned, acceptsCategories: true);
        for (int row = 0; row < 4; row++)
            Assert.Equal(expected.Apply(Colors).Cells(row).ToArray(), actual.Apply(Colors).Cells(row).ToArray());
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void An_unseen_word_is_never_taken_for_one_that_is_there(CategoryEncoding encoding)
    {
        var fitted = new TablePreparation { Categories = encoding }.Fit(Colors, acceptsCategories: true);
        float[] violet = fitted.Apply(Of(Words("color", "violet"), Numbers("n", 1))).Cells(0)[..^1].ToArray();
        foreach (string seen in new[] { "red", "blue", "green" })
            Assert.NotEqual(violet, fitted.Apply(Of(Words("color", seen), Numbers("n", 1))).Cells(0)[..^1].ToArray());
    }

    [Fact]
    public void One_hot_spreads_the_unseen_over_the_levels()
    {
        var fitted = new TablePreparation { Categories = CategoryEncoding.OneHot }.Fit(Colors);
        Assert.Equal(["color = blue", "color = green", "color = red", "color: is unseen", "n"], fitted.Output.ColumnNames);
        Assert.Equal([0f, 0, 1, 0, 1], fitted.Apply(Colors).Cells(0).ToArray());

        // The rarest level, of equal ones the last, has 1 of 4 rows: one with half its share has the distance 1 / 0.125 - 1 = 7 from the mean, where this one has 3.
        float[] violet = fitted.Apply(Of(Words("color", "violet"), Numbers("n", 9))).Cells(0).ToArray();
        double step = Math.Sqrt(7 / 3.0);
        Assert.Equal(0.25 * (1 - step), violet[0], 1e-4);
        Assert.Equal(0.25 + (0.75 * step), violet[1], 1e-4);
        Assert.Equal(0.5 * (1 - step), violet[2], 1e-4);
        Assert.Equal([0f, 9], violet[3..]);
        Assert.Equal(1.0, (double)violet[0] + violet[1] + violet[2]);
    }

    [Fact]
    public void Two_levels_become_one_cell_of_which_the_rarer_is_1()
    {
        string[] words = [.. Enumerable.Range(0, 100).Select(row => row < 3 ? "yes" : "no")];
        var table = Of(Words("hemolytic", words));
        var fitted = new TablePreparation().Fit(table);
        Assert.Equal(["hemolytic = yes"], fitted.Output.ColumnNames);
        Assert.Equal(words.Select(word => word == "yes" ? 1f : 0), Cells(fitted.Apply(table), "hemolytic = yes"));

        // An unseen level lies where one-hot levels have it.
        var oneHot = new TablePreparation { Categories = CategoryEncoding.OneHot }.Fit(table);
        var other = Of(Words("hemolytic", "unclear", "no"));
        Assert.Equal(Cells(oneHot.Apply(other), "hemolytic = yes"), Cells(fitted.Apply(other), "hemolytic = yes"));
        Assert.InRange(Cells(fitted.Apply(other), "hemolytic = yes")[0], 0.7, 0.8);
    }

    [Theory]
    [InlineData("yes", "yes")]
    [InlineData("yes", "no", "unclear")]
    public void Other_numbers_of_levels_become_a_cell_each(params string[] words)
    {
        var table = Of(Words("hemolytic", words));
        Assert.Equal(new TablePreparation { Categories = CategoryEncoding.OneHot }.Fit(table).Output.ColumnNames, new TablePreparation().Fit(table).Output.ColumnNames);
    }

    [Theory]
    [InlineData(0.125, 500, 500, 500, 500)]
    [InlineData(0.05, 900, 60, 30, 9, 1)]
    [InlineData(0.05, 999, 1)]
    [InlineData(0.25, 50, 50)]
    [InlineData(0.05, 470, 120, 120, 120, 120, 50)]
    public void An_unseen_level_is_as_far_out_as_one_of_a_bounded_share(double share, params int[] rows)
    {
        var words = rows.SelectMany((count, level) => Enumerable.Repeat($"level {level}", count)).ToArray();
        var fitted = new TablePreparation { Categories = CategoryEncoding.OneHot }.Fit(Of(Words("c", words)));
        var cells = fitted.Apply(Of(Words("c", "new"))).Cells(0)[..rows.Length].ToArray();
        Assert.Equal(1.0, cells.Sum(cell => (double)cell));
        // The squared Mahalanobis distance from the mean of the rows, of cells that add up to 1.
        double distance = cells.Select((cell, level) => cell * (double)cell * rows.Sum() / rows[level]).Sum() - 1;
        Assert.Equal((1 / share) - 1, distance, 0.02 / share);
    }

    [Fact]
    public void Listed_levels_without_rows_are_unseen()
    {
        var preparation = new TablePreparation
        {
            Columns = new Dictionary<string, ColumnPreparation> { ["color"] = new() { Categories = CategoryEncoding.OneHot, Levels = ["red", "violet", "blue", "green"] } },
        };
        var fitted = preparation.Fit(Colors);
        var rows = fitted.Apply(Of(Words("color", "violet", "black", "red"), Numbers("n", 1, 1, 1)));
        Assert.Equal(rows.Cells(1).ToArray(), rows.Cells(0).ToArray());
        Assert.Equal(0, rows.Cells(0)[1]);
        Assert.Equal([1f, 0, 0, 0, 0, 1], rows.Cells(2).ToArray());
    }

    [Fact]
    public void Where_all_rows_have_one_level_any_other_departs_from_it()
    {
        var fitted = new TablePreparation { Categories = CategoryEncoding.OneHot }.Fit(Of(Words("color", "red", "red"), Numbers("n", 1, 2)));
        Assert.Equal([0f, 1, 1], fitted.Apply(Of(Words("color", "violet"), Numbers("n", 1))).Cells(0).ToArray());
    }

    [Fact]
    public void Frequency_is_rarity_and_the_unseen_lies_a_little_beyond()
    {
        var fitted = new TablePreparation { Categories = CategoryEncoding.Frequency }.Fit(Colors);
        Assert.Equal((float)Math.Log(5 / 2.0), fitted.Apply(Colors).Cells(0)[0]);
        Assert.Equal((float)Math.Log(5), fitted.Apply(Colors).Cells(1)[0]);
        // Half as far beyond 1 of 4 rows as that lies beyond 2.
        Assert.Equal(Math.Log(5) + (Math.Log(2) / 2), fitted.Apply(Of(Words("color", "violet"), Numbers("n", 9))).Cells(0)[0], 1e-6);
    }

    [Fact]
    public void Ordinal_goes_by_the_order_that_is_given()
    {
        var preparation = new TablePreparation
        {
            Columns = new Dictionary<string, ColumnPreparation> { ["size"] = new() { Categories = CategoryEncoding.Ordinal, Levels = ["small", "middle", "large"] } },
        };
        var table = Of(Words("size", "large", "small", "middle"));
        var fitted = preparation.Fit(table);
        Assert.Equal([2f, 0, 1], Cells(fitted.Apply(table), "size: position"));
        Assert.Equal([4f], Cells(fitted.Apply(Of(Words("size", "huge"))), "size: position"));
    }

    [Fact]
    public void Automatic_follows_the_trainer_and_the_number_of_levels()
    {
        var few = new TablePreparation();
        Assert.Equal("color", few.Fit(Colors, acceptsCategories: true).Output.ColumnNames[0]);
        Assert.Equal("color = blue", few.Fit(Colors).Output.ColumnNames[0]);
        Assert.Equal("color: rarity", new TablePreparation { MaxOneHotLevels = 2 }.Fit(Colors).Output.ColumnNames[0]);
    }

    [Fact]
    public void Native_levels_have_codes_and_the_unseen_the_next()
    {
        var fitted = new TablePreparation { Categories = CategoryEncoding.Native }.Fit(Colors, acceptsCategories: true);
        Assert.Equal([2f, 0, 1, 2], Cells(fitted.Apply(Colors), "color"));
        Assert.Equal([3f], Cells(fitted.Apply(Of(Words("color", "violet"), Numbers("n", 1))), "color"));
        Assert.Contains("'color'", Assert.Throws<ArgumentException>(() => new TablePreparation { Categories = CategoryEncoding.Native }.Fit(Colors)).Message, StringComparison.Ordinal);
    }
}
