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
    public void One_hot_has_a_cell_for_the_unseen()
    {
        var fitted = new TablePreparation { Categories = CategoryEncoding.OneHot }.Fit(Colors);
        Assert.Equal(["color = blue", "color = green", "color = red", "color: is unseen", "n"], fitted.Output.ColumnNames);
        Assert.Equal([0f, 0, 1, 0, 1], fitted.Apply(Colors).Cells(0).ToArray());
        Assert.Equal([0f, 0, 0, 1, 9], fitted.Apply(Of(Words("color", "violet"), Numbers("n", 9))).Cells(0).ToArray());
    }

    [Fact]
    public void Frequency_is_rarity_and_the_unseen_is_rarest()
    {
        var fitted = new TablePreparation { Categories = CategoryEncoding.Frequency }.Fit(Colors);
        Assert.Equal((float)Math.Log(5 / 2.0), fitted.Apply(Colors).Cells(0)[0]);
        Assert.Equal((float)Math.Log(5), fitted.Apply(Colors).Cells(1)[0]);
        Assert.Equal((float)Math.Log(10), fitted.Apply(Of(Words("color", "violet"), Numbers("n", 9))).Cells(0)[0]);
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
